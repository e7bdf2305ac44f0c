"""The secretary's desk: minutes and topics, who may what there, and what waits."""

import pytest

from circle.backoffice.row_actions import available_actions
from circle.models import Record
from council import actions
from council.backoffice.minutes import MINUTES_ACTIONS
from council.backoffice.queues import queues
from council.hooks.resident_card import card_section
from council.models import Meeting, Membership, MinutesVersion, Resolution, Topic
from tests import make
from tests import make_council as council
from tests.council.desk import approve, code_of, counted, save, slip, times, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# Minutes ----------------------------------------------------------------------------------------------------


def test_drafter_who_may_approve_is_refused_and_noted(client):
    director = make.director()
    client.force_login(director)
    minutes = council.draft(by=director)
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=director)
    response = approve(client, minutes)
    assert (response.status_code, code_of(response)) == (422, "same_person")
    assert Record.objects.get(verb="minutes_approved_refused").details == {"code": "same_person"}


def test_secretary_cannot_approve_and_chair_cannot_write(client, secretary):
    minutes = council.draft()
    assert client.get(url("minutesversion_do", minutes.pk, "approve_minutes")).status_code == 403
    client.force_login(council.chair())
    assert client.get(url("minutesversion_write", minutes.pk)).status_code == 403
    assert client.get(url("minutesversion_do", minutes.pk, "submit_minutes")).status_code == 403
    assert client.get(url("minutesversion_change", minutes.pk)).status_code == 200


def test_chair_returns_and_secretary_reads_why(client):
    minutes = council.draft()
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=council.secretary())
    client.force_login(council.chair())
    client.post(url("minutesversion_do", minutes.pk, "return_minutes"), {"reason": "太短"})
    client.force_login(council.secretary())
    assert "太短" in client.get(url("minutesversion_write", minutes.pk)).text


def test_correction_shows_what_it_changes(client, secretary):
    first = council.published()
    client.post(url("minutesversion_do", first.pk, "correct_minutes"), {"reason": "补记"})
    second = MinutesVersion.objects.get(version=2)
    save(client, url("minutesversion_write", second.pk), {"item-1-zh": "大家都同意。", "item-1-en": ""})
    response = client.get(url("minutesversion_change", second.pk))
    assert len(response.context["differences"]) == 1
    offered = available_actions(MINUTES_ACTIONS, first, council.AFTER)
    assert [action.name for action in offered] == ["ask_redaction"]


def test_text_sent_after_the_draft_was_submitted_is_refused(client, secretary):
    minutes = council.draft()
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=secretary)
    response = save(client, url("minutesversion_write", minutes.pk), {"item-1-zh": "改。", "item-1-en": ""})
    assert (response.status_code, response.context["refusal"].code) == (422, "not_possible")


# Topics -----------------------------------------------------------------------------------------------------


def test_unsigned_slip_is_typed_in_once(client, secretary):
    meeting = council.calling()
    answers = {client.post(url("topic_new"), slip(meeting))["Location"] for _ in range(2)}
    topic = Topic.objects.get()
    assert (len(answers), topic.raised_by, topic.via, topic.entered_by) == (1, None, "paper", secretary)


def test_signed_slip_finds_its_person_or_registers_them(client, secretary):
    meeting = council.calling()
    known = make.resident(name="王奶奶")
    client.post(url("topic_new"), slip(meeting, name="王奶奶", once="1"))
    client.post(url("topic_new"), slip(meeting, name="新居民", once="2"))
    assert [topic.raised_by.name for topic in Topic.objects.order_by("pk")] == ["王奶奶", "新居民"]
    assert Topic.objects.order_by("pk").first().raised_by == known
    make.resident(name="王奶奶")
    response = client.post(url("topic_new"), slip(meeting, name="王奶奶", once="3"))
    assert response.context["form"].has_error("person", "choose_person")
    phone = make.mobile()
    newcomer = slip(meeting, name="王奶奶", phone=phone, person="new", once="4")
    client.post(url("topic_new"), newcomer)
    assert Topic.objects.order_by("pk").last().raised_by.phone == phone


def test_slip_of_one_of_several_is_theirs_who_was_chosen(client, secretary):
    meeting = council.calling()
    first, second = (make.resident(name="王奶奶") for _ in range(2))
    page = client.post(url("topic_new"), slip(meeting, name="wnn")).text
    assert [f'value="{person.code}"' in page for person in (first, second)] == [True, True]
    sent = slip(meeting, name="wnn", person=str(second.code))
    assert {client.post(url("topic_new"), sent).status_code for _ in range(2)} == {302}
    assert [topic.raised_by for topic in Topic.objects.all()] == [second]
    stranger = make.resident(name="钱大妈", community=make.community())
    forged = slip(meeting, name="wnn", person=str(stranger.code), once="2")
    response = client.post(url("topic_new"), forged)
    assert response.context["form"].has_error("person", "choose_person")


def test_slip_for_a_closed_call_is_refused_with_the_text_kept(client, secretary, clock):
    meeting = council.calling()
    clock.move_to(council.CLOSES)
    response = client.post(url("topic_new"), slip(meeting))
    assert response.context["form"].has_error("__all__", "call_closed")
    assert "路灯不亮。" in response.text
    in_time = slip(meeting, came_at="2026-11-23T17:59", once="2")
    assert client.post(url("topic_new"), in_time).status_code == 302


def test_page_without_a_call_says_so(client, secretary):
    make.here()
    assert "<textarea" not in client.get(url("topic_new")).text


@pytest.mark.parametrize(
    ("verb", "sent", "status"),
    [
        ("accept", {"public_text_zh": "路灯"}, "accepted"),
        ("decline", {"public_text_zh": "邻里噪音", "reason_zh": "请找物业。"}, "declined"),
    ],
)
def test_topic_is_taken_up_or_declined(client, secretary, verb, sent, status):
    topic = council.topic()
    assert client.get(url("topic_do", topic.pk, verb)).status_code == 200
    assert client.post(url("topic_do", topic.pk, verb), {}).status_code == 422
    sent |= {"seen": topic.words_digest} if verb == "accept" else {}
    assert client.post(url("topic_do", topic.pk, verb), sent).status_code == 302
    topic.refresh_from_db()
    assert topic.status == status
    assert client.post(url("topic_do", topic.pk, "answer"), {"answer_zh": "好"}).status_code == (
        302 if status == "accepted" else 422
    )


def test_topic_is_handed_on(client, secretary):
    topic = council.topic()
    later = council.meeting(body=topic.meeting.body, part=2)
    client.post(url("topic_do", topic.pk, "hand_on"), {"meeting": later.pk})
    topic.refresh_from_db()
    assert topic.meeting == later
    assert client.get(url("topic_do", topic.pk, "nonsense")).status_code == 404


# Who may what -----------------------------------------------------------------------------------------------

PAGES = ["body_changelist", "membership_changelist", "meeting_changelist", "topic_changelist"]


@pytest.mark.parametrize("role", ["supervisor", "council_chair"])
@pytest.mark.parametrize("made", [council.topic, council.accepted])
def test_name_and_words_are_read_by_the_secretary_only(client, role, made):
    """As the form promises: the others read the public words and how it stands."""
    words = "三单元的老人摔了。"
    topic = made(text=words)
    change = url("topic_change", topic.pk)
    pages = [change, url("topic_changelist"), f"/council/topics/{topic.receipt}/"]
    client.force_login(make.post(role=role).user)
    private = [words, topic.raised_by.name, topic.raised_by.masked_phone]
    found = [client.get(page) for page in [*pages, url("topic_do", topic.pk, "assign")]]
    assert [each for each in private if any(each in page.text for page in found)] == []
    assert topic.receipt in found[0].text
    assert topic.public_text in found[0].text
    client.force_login(council.secretary())
    assert [each for each in private if each not in client.get(change).text] == []


def test_card_of_a_resident_shows_what_they_raised_to_the_secretary_only():
    topic = council.topic()
    person = topic.raised_by
    assert card_section(person, council.secretary()).rows
    for user in (council.chair(), make.post(role="supervisor").user):
        assert card_section(person, user) is None


@pytest.mark.parametrize("page", [*PAGES, "minutesversion_changelist"])
def test_supervisor_looks_and_does_nothing(client, page):
    minutes = council.draft()
    client.force_login(make.post(role="supervisor").user)
    assert client.get(url(page)).status_code == 200
    for address in (
        url("meeting_do", minutes.meeting.pk, "close_meeting"),
        url("minutesversion_write", minutes.pk),
        url("topic_new"),
        url("meeting_add"),
    ):
        assert client.get(address).status_code == 403
    assert client.get(url("meeting_change", minutes.meeting.pk)).status_code == 200


@pytest.mark.parametrize("role", ["supervisor", "council_chair"])
def test_who_may_read_meetings_reads_roll_and_results_and_writes_neither(client, role):
    minutes = council.draft(members=3, present=3)
    meeting = minutes.meeting
    client.force_login(make.post(role=role).user)
    page = client.get(url("meeting_change", meeting.pk)).text
    name = Membership.objects.first().resident.name
    item = meeting.items.get()
    for address, words in (
        (url("meeting_roll", meeting.pk), name),
        (url("meeting_result", meeting.pk, item.pk), Resolution.objects.get().number),
    ):
        assert address in page
        response = client.get(address)
        assert (response.status_code, words in response.text) == (200, True)
        assert 'method="post"' not in response.text.partition('id="content-main"')[2]
        assert client.post(address, {}).status_code == 403
    assert client.get(url("meeting_annul", meeting.pk, item.pk)).status_code == 403


@pytest.mark.parametrize("page", [*PAGES, "minutesversion_changelist"])
def test_hall_clerk_has_no_business_here(client, page):
    council.meeting()
    client.force_login(make.clerk())
    assert client.get(url(page)).status_code == 403


def test_another_community_is_out_of_reach(client):
    minutes = council.draft()
    topic = council.topic(meeting=council.calling(body=minutes.meeting.body, part=3))
    elsewhere = make.community()
    client.force_login(council.secretary(community=elsewhere))
    meeting = minutes.meeting
    item = meeting.items.get()
    for address in (
        url("meeting_do", meeting.pk, "close_meeting"),
        url("meeting_roll", meeting.pk),
        url("meeting_result", meeting.pk, item.pk),
        url("minutesversion_write", minutes.pk),
        url("minutesversion_do", minutes.pk, "submit_minutes"),
        url("topic_do", topic.pk, "accept"),
    ):
        assert client.get(address).status_code == 404
    assert not client.get(url("meeting_changelist")).context["cl"].queryset.exists()
    sent = times() | {"body": meeting.body.pk, "part": 2, "place": meeting.place.pk}
    assert client.post(url("meeting_add"), sent).status_code == 200
    assert Meeting.objects.filter(part=2).count() == 0


def test_seat_of_a_person_of_another_community_is_refused(client, secretary):
    stranger = make.resident(community=make.community())
    sent = {"body": council.body().pk, "resident": stranger.pk, "seat": "resident", "starts_on": "2026-01-01"}
    assert client.post(url("membership_add"), sent).status_code == 200
    assert not Membership.objects.exists()


def test_nothing_is_deleted_here(client):
    client.force_login(make.director())
    minutes = council.published()
    for name, row in (("meeting", minutes.meeting), ("minutesversion", minutes)):
        assert client.get(url(f"{name}_delete", row.pk)).status_code == 403
    response = client.post(
        url("minutesversion_changelist"), {"action": "delete_selected", "_selected_action": minutes.pk}
    )
    assert MinutesVersion.objects.filter(pk=minutes.pk).exists(), response.status_code


# What waits -------------------------------------------------------------------------------------------------


def test_queues_count_what_waits(client, secretary, clock):
    assert counted(secretary) == [0, 0, 0, 0, 0, 0]
    body = council.body()
    council.meeting(body=body)
    topic = council.topic(meeting=council.calling(part=2, body=body))
    assert counted(secretary) == [1, 0, 1, 0, 0, 0]
    clock.move_to(council.CLOSES)
    assert counted(secretary) == [1, 1, 1, 0, 0, 0]
    council.held(meeting=topic.meeting)
    assert counted(secretary) == [1, 0, 1, 0, 1, 0, 1]
    for queue in queues(secretary):
        assert client.get(queue.url).context["cl"].queryset.count() == queue.count


def test_chair_sees_minutes_to_approve(client):
    minutes = council.draft()
    chair = council.chair()
    assert counted(chair) == [0]
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=council.secretary())
    assert counted(chair) == [1]


def test_meeting_page_takes_few_queries_for_any_agenda(client, secretary, queries_of):
    meeting = council.calling()
    council.item(meeting=meeting)
    few = queries_of(url("meeting_change", meeting.pk))
    assert few <= 40
    for _ in range(4):
        council.item(meeting=meeting)
    assert queries_of(url("meeting_change", meeting.pk)) <= few + 8


@pytest.mark.parametrize("address", ["meeting_roll", "minutesversion_write"])
def test_wrong_verb_is_refused(client, secretary, address):
    assert client.delete(url(address, 1)).status_code == 405
