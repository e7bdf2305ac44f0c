"""The secretary's desk: the guided list, agenda, roll, results, minutes and topics, all in the admin."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from circle.models import Record
from council import actions
from council.desk.queues import queues
from council.desk.steps import steps_of
from council.desk.verbs import minutes_verbs
from council.models import AgendaItem, Attendance, Meeting, Membership, MinutesVersion, Resolution, Topic
from tests import make
from tests import make_council as council

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(council.IN_CALL, tick=False) as traveller:
        yield traveller


@pytest.fixture
def secretary(client):
    found = council.secretary()
    client.force_login(found)
    return found


def url(name: str, *args) -> str:
    with translation.override("zh-hans"):
        return reverse(f"admin:council_{name}", args=args)


def do(client, meeting, verb: str, **sent):
    return client.post(url("meeting_do", meeting.pk, verb), sent)


def code_of(response) -> str:
    return response.context["question"].refusal.code


def again(client, user) -> None:
    """Days later: who left the desk has been signed out."""
    client.logout()
    client.force_login(user)


# The whole way ----------------------------------------------------------------------------------------------


def test_secretary_does_all_of_it_in_the_admin(client, secretary, clock):
    """From the plan to the closed meeting, as the buttons lead; another person approves the minutes."""
    body, place = council.body(), make.facility()
    council.seats(3, body=body)
    client.post(url("meeting_add"), times() | {"body": body.pk, "part": 1, "place": place.pk})
    meeting = Meeting.objects.get()
    do(client, meeting, "open_call")
    topic = council.topic(meeting=meeting)
    client.post(url("topic_do", topic.pk, "accept"), {"public_text_zh": "路灯", "public_text_en": "Lamps"})
    client.post(url("meeting_change", meeting.pk), times() | {"place": place.pk} | agenda(topics=[topic.pk]))
    assert list(meeting.items.get().topics.all()) == [topic]
    clock.move_to(council.NOTICED)
    again(client, secretary)
    do(client, meeting, "publish_agenda")
    clock.move_to(council.STARTS)
    again(client, secretary)
    marks = {f"seat-{seat.pk}-status": "present" for seat in Membership.objects.all()}
    client.post(url("meeting_roll", meeting.pk), marks)
    do(client, meeting, "open_session")
    item = meeting.items.get()
    hands = {"text_zh": "装路灯。", "yes": 3, "no": 0, "abstain": 0}
    client.post(url("meeting_result", meeting.pk, item.pk), hands)
    clock.move_to(council.ENDS)
    again(client, secretary)
    do(client, meeting, "hold")
    do(client, meeting, "draft_minutes")
    minutes = MinutesVersion.objects.get()
    client.post(url("minutesversion_write", minutes.pk), {"item-1-zh": "都同意。", "item-1-en": ""})
    client.post(url("minutesversion_do", minutes.pk, "submit_minutes"))
    client.force_login(council.chair())
    client.post(url("minutesversion_do", minutes.pk, "approve_minutes"))
    client.force_login(secretary)
    client.post(url("minutesversion_do", minutes.pk, "publish_minutes"))
    refused = do(client, meeting, "close_meeting")
    assert (refused.status_code, code_of(refused), topic.receipt in refused.text) == (422, "unanswered", True)
    client.post(url("topic_do", topic.pk, "answer"), {"answer_zh": "下月装好。"})
    assert do(client, meeting, "close_meeting").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, Resolution.objects.get().outcome) == ("closed", "adopted")
    assert client.get(meeting.get_absolute_url()).context["sheet"].points[0].minutes_zh == "都同意。"


def times(**values) -> dict:
    sent = {
        "starts_at_0": "2026-11-26",
        "starts_at_1": "19:00",
        "ends_at_0": "2026-11-26",
        "ends_at_1": "21:00",
        "call_opens_at_0": "2026-11-02",
        "call_opens_at_1": "08:00",
        "call_closes_at_0": "2026-11-23",
        "call_closes_at_1": "18:00",
    }
    return sent | values


def agenda(*rows, **values) -> dict:
    new = {"title_zh": "路灯", "title_en": "Lamps", "kind": "decision", "text_zh": "", "text_en": ""} | values
    return {"items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0} | {
        f"items-0-{name}": value for name, value in new.items()
    }


# Meetings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values", [{"ends_at_1": "18:00"}, {"call_closes_at_0": "2026-11-27"}, {"call_opens_at_0": "2026-11-24"}]
)
def test_times_in_the_wrong_order_are_said_beside_the_form(client, secretary, values):
    sent = times(**values) | {"body": council.body().pk, "part": 1, "place": make.facility().pk}
    response = client.post(url("meeting_add"), sent)
    assert (response.status_code, Meeting.objects.count()) == (200, 0)


def test_second_regular_meeting_of_a_month_is_said_beside_the_form(client, secretary):
    meeting = council.meeting()
    sent = times() | {"body": meeting.body.pk, "part": 1, "place": meeting.place.pk}
    assert client.post(url("meeting_add"), sent).context["errors"]


def test_meeting_is_moved_by_its_form(client, secretary):
    meeting = council.calling()
    sent = times(starts_at_1="18:30") | {"place": meeting.place.pk}
    sent |= {"items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0}
    client.post(url("meeting_change", meeting.pk), sent)
    meeting.refresh_from_db()
    assert (meeting.ical_sequence, meeting.starts_at.minute) == (1, 30)


def test_item_is_changed_raised_and_taken_off(client, secretary):
    meeting = council.calling()
    first, second = council.item(meeting=meeting), council.item(meeting=meeting)
    client.post(url("meeting_raise", meeting.pk, second.pk))
    second.refresh_from_db()
    assert second.number == 1
    sent = times() | {"place": meeting.place.pk, "items-TOTAL_FORMS": 2, "items-INITIAL_FORMS": 2}
    for number, item in enumerate((second, first)):
        row = {
            "id": item.pk,
            "title_zh": "新标题",
            "title_en": "New",
            "kind": "report",
            "meeting": meeting.pk,
        }
        sent |= {f"items-{number}-{name}": value for name, value in row.items()}
    sent["items-0-DELETE"] = "on"
    response = client.post(url("meeting_change", meeting.pk), sent)
    assert response.status_code == 302, response.context["errors"]
    item = AgendaItem.objects.get()
    assert (item.pk, item.number, item.title_zh) == (first.pk, 1, "新标题")


def test_agenda_and_times_are_to_be_read_once_it_is_too_late(client, secretary):
    meeting = council.held()
    response = client.get(url("meeting_change", meeting.pk))
    assert response.status_code == 200
    assert "items-0-title_zh" not in response.text


@pytest.mark.parametrize(
    ("make_it", "verbs"),
    [
        (council.meeting, {"open_call", "cancel_meeting"}),
        (council.calling, {"close_call", "cancel_meeting"}),
        (council.noticed, {"open_session", "cancel_meeting"}),
        (council.in_session, {"hold"}),
        (council.held, {"draft_minutes", "close_meeting"}),
    ],
)
def test_steps_offer_what_can_be_done_now(make_it, verbs):
    steps = steps_of(make_it(), council.IN_CALL)
    assert {verb.name for step in steps for verb in step.verbs} == verbs


def test_steps_offer_to_publish_the_agenda_after_the_call(clock):
    meeting = council.item().meeting
    verbs = {verb.name for step in steps_of(meeting, council.NOTICED) for verb in step.verbs}
    assert verbs == {"publish_agenda", "cancel_meeting"}


def test_meeting_called_off_has_one_step_with_its_reason(client, secretary):
    meeting = council.calling()
    assert code_of(do(client, meeting, "cancel_meeting", reason=" ")) == "reason_missing"
    do(client, meeting, "cancel_meeting", reason="停电")
    meeting.refresh_from_db()
    assert [step.words for step in steps_of(meeting, council.IN_CALL)] == ["停电"]


def test_asking_does_nothing(client, secretary):
    meeting = council.meeting()
    assert client.get(url("meeting_do", meeting.pk, "open_call")).status_code == 200
    meeting.refresh_from_db()
    assert meeting.status == "planned"
    assert client.get(url("meeting_do", meeting.pk, "nonsense")).status_code == 404


# Roll and results -------------------------------------------------------------------------------------------


def test_roll_keeps_who_came_later_and_left_earlier(client, secretary, clock):
    meeting = council.noticed()
    early, late = council.seats(2, body=meeting.body)
    clock.move_to(council.STARTS)
    client.force_login(secretary)
    sent = {f"seat-{early.pk}-status": "present", f"seat-{early.pk}-left_at": "20:15"}
    sent |= {f"seat-{late.pk}-status": "present", f"seat-{late.pk}-arrived_at": "19:20"}
    client.post(url("meeting_roll", meeting.pk), sent)
    left, arrived = (Attendance.objects.get(membership=seat) for seat in (early, late))
    assert (left.left_at, arrived.arrived_at) == (council.minutes_in(75), council.minutes_in(20))
    assert "20:15" in client.get(url("meeting_roll", meeting.pk)).text


def test_roll_that_cannot_be_is_refused_and_keeps_what_was_typed(client, secretary):
    meeting = council.noticed()
    seat = council.seat(body=meeting.body)
    sent = {f"seat-{seat.pk}-status": "absent", f"seat-{seat.pk}-left_at": "20:15"}
    response = client.post(url("meeting_roll", meeting.pk), sent)
    assert (response.status_code, response.context["refusal"].code) == (422, "roll_times_wrong")
    sent[f"seat-{seat.pk}-left_at"] = "half past"
    assert client.post(url("meeting_roll", meeting.pk), sent).status_code == 422


def test_hands_that_cannot_be_are_refused_with_the_form(client, secretary, clock):
    meeting = council.in_session()
    clock.move_to(council.HALF_PAST)
    client.force_login(secretary)
    item = meeting.items.get()
    hands = {"text_zh": "同意", "yes": 10, "no": 0, "abstain": 0}
    response = client.post(url("meeting_result", meeting.pk, item.pk), hands)
    [error] = response.context["form"].errors.as_data()["__all__"]
    assert (response.status_code, error.code) == (422, "too_many_hands")


def test_item_is_noted_or_put_off_by_a_button(client, secretary, clock):
    meeting = council.in_session(items=2)
    first, second = meeting.items.order_by("number")
    client.post(url("meeting_result", meeting.pk, first.pk), {"without": "note"})
    client.post(url("meeting_result", meeting.pk, second.pk), {"without": "defer"})
    assert [item.status for item in meeting.items.order_by("number")] == ["noted", "deferred"]


# Minutes ----------------------------------------------------------------------------------------------------


def test_drafter_who_may_approve_is_refused_and_noted(client):
    director = make.director()
    client.force_login(director)
    minutes = council.draft(by=director)
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=director)
    response = client.post(url("minutesversion_do", minutes.pk, "approve_minutes"))
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
    client.post(url("minutesversion_write", second.pk), {"item-1-zh": "大家都同意。", "item-1-en": ""})
    response = client.get(url("minutesversion_change", second.pk))
    assert len(response.context["differences"]) == 1
    assert minutes_verbs(first) == []


def test_text_sent_after_the_draft_was_submitted_is_refused(client, secretary):
    minutes = council.draft()
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=secretary)
    response = client.post(url("minutesversion_write", minutes.pk), {"item-1-zh": "改。", "item-1-en": ""})
    assert (response.status_code, response.context["refusal"].code) == (422, "not_possible")


# Topics -----------------------------------------------------------------------------------------------------


def slip(meeting, **values) -> dict:
    sent = {"meeting": meeting.pk, "text": "路灯不亮。", "via": "paper", "name": "", "phone": "", "once": "k"}
    return sent | values


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
    assert response.context["form"].has_error("__all__", "several")
    phone = make.mobile()
    client.post(url("topic_new"), slip(meeting, name="王奶奶", phone=phone, once="4"))
    assert Topic.objects.order_by("pk").last().raised_by.phone == phone


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
        ("decline", {"answer_zh": "请找物业。"}, "declined"),
    ],
)
def test_topic_is_taken_up_or_declined(client, secretary, verb, sent, status):
    topic = council.topic()
    assert client.get(url("topic_do", topic.pk, verb)).status_code == 200
    assert client.post(url("topic_do", topic.pk, verb), {}).status_code == 422
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


@pytest.mark.parametrize("page", [*PAGES, "minutesversion_changelist"])
def test_supervisor_looks_and_does_nothing(client, page):
    minutes = council.draft()
    client.force_login(make.post(role="supervisor").user)
    assert client.get(url(page)).status_code == 200
    for address in (
        url("meeting_do", minutes.meeting.pk, "close_meeting"),
        url("meeting_roll", minutes.meeting.pk),
        url("minutesversion_write", minutes.pk),
        url("topic_new"),
        url("meeting_add"),
    ):
        assert client.get(address).status_code == 403
    assert client.get(url("meeting_change", minutes.meeting.pk)).status_code == 200


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


def counted(user) -> list[int]:
    return [queue.count for queue in queues(user)]


def test_queues_count_what_waits(client, secretary, clock):
    assert counted(secretary) == [0, 0, 0, 0, 0]
    body = council.body()
    council.meeting(body=body)
    topic = council.topic(meeting=council.calling(part=2, body=body))
    assert counted(secretary) == [1, 0, 1, 0, 0]
    clock.move_to(council.CLOSES)
    assert counted(secretary) == [1, 1, 1, 0, 0]
    council.held(meeting=topic.meeting)
    assert counted(secretary) == [1, 0, 1, 1, 0]
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
