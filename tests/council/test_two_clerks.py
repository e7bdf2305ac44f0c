"""Two clerks with the same form: the second to save is refused, and reads both texts."""

import pytest

from council import actions
from council.models import AgendaItem, Attendance, Meeting, MinutesVersion, Resolution
from tests import make_council as council
from tests.council.desk import agenda_of, approve, save, send_agenda, url
from tests.council.test_council_races import CLERKS, outcomes
from tests.make_council import refused

pytestmark = pytest.mark.django_db
AT = council.AFTER
HANDS = {"text_zh": "装路灯。", "yes": 5, "no": 3, "abstain": 1}


def post_old(client, address: str, sent: dict):
    """Posted from a form that was opened before the last one was saved."""
    revision = client.get(address).context["revision"] - 1
    return client.post(address, sent | {"revision": revision})


# Minutes ----------------------------------------------------------------------------------------------------


def test_second_text_is_refused_and_both_are_shown(client, secretary):
    minutes = council.draft()
    address = url("minutesversion_write", minutes.pk)
    save(client, address, {"item-1-zh": "第一位写的。"})
    response = post_old(client, address, {"item-1-zh": "第二位写的。"})
    assert (response.status_code, response.context["refusal"].code) == (422, "changed_meanwhile")
    assert "第一位写的。" in response.text
    assert "第二位写的。" in response.text
    minutes.refresh_from_db()
    assert minutes.sheet.points[0].minutes_zh == "第一位写的。"
    again = {"item-1-zh": "两位写的。", "revision": response.context["revision"]}
    assert client.post(address, again).status_code == 302


@pytest.mark.parametrize("revision", [{}, {"revision": "x"}, {"revision": "-1"}, {"revision": "9" * 40}])
def test_form_without_its_revision_is_refused(client, secretary, revision):
    minutes = council.draft()
    sent = {"item-1-zh": "改。"} | revision
    response = client.post(url("minutesversion_write", minutes.pk), sent)
    assert response.context["refusal"].code == "changed_meanwhile"


def test_each_save_has_a_revision_of_its_own():
    minutes = council.draft()
    seen = minutes.revision
    council.written(minutes, seen=seen)
    assert minutes.revision == seen + 1
    assert refused(council.written, minutes=minutes, seen=seen) == "changed_meanwhile"


# Roll and hands ---------------------------------------------------------------------------------------------


def test_second_roll_is_refused_and_both_are_shown(client, secretary):
    meeting = council.noticed()
    seat = council.seat(body=meeting.body)
    address = url("meeting_roll", meeting.pk)
    save(client, address, {f"seat-{seat.pk}-status": "excused"})
    response = post_old(client, address, {f"seat-{seat.pk}-status": "present"})
    assert (response.status_code, response.context["refusal"].code) == (422, "changed_meanwhile")
    [line] = response.context["lines"]
    assert (line.now, line.form["status"].value()) == ("有事请假", "present")
    assert line.now in response.text
    assert Attendance.objects.get().status == "excused"


def test_second_count_is_refused_and_both_are_shown(client, secretary):
    meeting = council.held()
    address = url("meeting_result", meeting.pk, meeting.items.get().pk)
    save(client, address, HANDS)
    response = post_old(client, address, HANDS | {"text_zh": "不装路灯。", "yes": 1, "no": 7})
    assert response.status_code == 422
    assert response.context["form"].has_error("__all__", "changed_meanwhile")
    assert "装路灯。" in response.text
    assert "不装路灯。" in response.text
    found = Resolution.objects.get()
    assert (found.text_zh, found.yes) == ("装路灯。", 5)


def test_two_first_counts_of_an_item_are_one():
    meeting = council.in_session()
    council.resolution(item=meeting.items.get(), seen=0)
    assert refused(council.resolution, item=meeting.items.get(), seen=0) == "changed_meanwhile"


@pytest.mark.parametrize("kind", ["report", "decision"])
def test_second_result_is_refused_and_both_are_shown(client, secretary, clock, kind):
    meeting = council.calling()
    council.item(meeting=meeting, kind=kind)
    meeting = council.in_session(meeting=meeting, items=0)
    client.force_login(secretary)
    item = meeting.items.get()
    address = url("meeting_result", meeting.pk, item.pk)
    assert save(client, address, {"without": "defer"}).status_code == 302
    for old in ({"seen_result": "published"}, {}):
        response = client.post(address, {"without": "note"} | old)
        assert (response.status_code, response.context["refusal"].code) == (422, "changed_meanwhile")
        for status in (AgendaItem.Status.DEFERRED, AgendaItem.Status.NOTED):
            assert str(status.label) in response.text
    item.refresh_from_db()
    assert item.status == "deferred"
    assert save(client, address, {"without": "note"}).status_code == 302


def test_count_upon_an_item_that_was_put_off_meanwhile_is_refused():
    meeting, by = council.in_session(), council.secretary()
    item = meeting.items.get()
    actions.defer_item(item=item, at=council.HALF_PAST, by=by, seen_result="published")
    sent = {"item": item, "seen": 0, "seen_result": "published"}
    assert refused(council.resolution, **sent) == "changed_meanwhile"
    council.resolution(item=item, seen=0, seen_result="deferred")
    sent = {"item": item, "at": council.HALF_PAST, "by": by, "seen_result": "deferred"}
    assert refused(actions.note_item, **sent) == "changed_meanwhile"


# Approval ---------------------------------------------------------------------------------------------------


def test_approval_is_of_the_text_that_was_shown(client):
    minutes = council.draft()
    by, chair = council.secretary(), council.chair()
    actions.submit_minutes(minutes=minutes, at=AT, by=by)
    client.force_login(chair)
    address = url("minutesversion_do", minutes.pk, "approve_minutes")
    response = client.get(address)
    assert "大家都发了言。" in response.text
    [(name, digest)] = response.context["question"].hidden
    actions.return_minutes(minutes=minutes, reason="改一处", at=AT, by=chair)
    council.written(minutes, "会上有人反对。", by=by)
    actions.submit_minutes(minutes=minutes, at=AT, by=by)
    response = client.post(address, {name: digest})
    assert (response.status_code, response.context["question"].refusal.code) == (422, "changed_meanwhile")
    assert "会上有人反对。" in response.text
    assert client.post(address, {}).status_code == 422
    minutes.refresh_from_db()
    assert minutes.status == "in_review"
    assert approve(client, minutes).status_code == 302


# All at once ------------------------------------------------------------------------------------------------


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_texts_is_saved(at_once):
    minutes, by = council.draft(members=3, present=3), council.secretary()
    seen = minutes.revision

    def write(number: int) -> MinutesVersion:
        row = MinutesVersion.objects.get(pk=minutes.pk)
        return actions.write_minutes(minutes=row, texts={1: (f"第{number}位", "")}, at=AT, by=by, seen=seen)

    answers = at_once(*[lambda number=number: write(number) for number in range(CLERKS)])
    assert outcomes(answers) == ["changed_meanwhile"] * (CLERKS - 1) + ["done"]
    minutes.refresh_from_db()
    [saved] = [answer for answer in answers if isinstance(answer, MinutesVersion)]
    assert (minutes.body, minutes.revision) == (saved.body, seen + 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_rolls_and_counts_is_saved(at_once):
    meeting, by = council.held(members=3, present=3), council.secretary()
    meeting.refresh_from_db()
    item, seen = meeting.items.get(), meeting.roll_revision
    marks = council.marked(meeting, 3)
    rolls = [
        lambda: actions.record_attendance(meeting=meeting, marks=marks, at=AT, by=by, seen=seen)
    ] * CLERKS
    assert outcomes(at_once(*rolls)) == ["changed_meanwhile"] * (CLERKS - 1) + ["done"]
    revision = Resolution.objects.get().revision
    hands = {"yes": 1, "no": 1, "abstain": 1, "at": AT, "seen": revision}
    counts = [lambda: council.resolution(item=item, by=by, **hands)] * CLERKS
    assert outcomes(at_once(*counts)) == ["changed_meanwhile"] * (CLERKS - 1) + ["done"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_results_is_saved(at_once):
    meeting, by = council.in_session(), council.secretary()
    item = meeting.items.get()
    values = {"item": item, "at": council.HALF_PAST, "by": by}
    acts = [actions.note_item, actions.defer_item] * (CLERKS // 2)
    seen = [lambda act=act: act(**values, seen_result="published") for act in acts]
    assert outcomes(at_once(*seen)) == ["changed_meanwhile"] * (len(acts) - 1) + ["done"]


@pytest.mark.race
@pytest.mark.planted
@pytest.mark.django_db(transaction=True)
def test_without_a_revision_the_later_roll_silently_wins(at_once):
    """The negative control: the same clerks, none of whom says which roll they have seen."""
    meeting, by = council.held(members=3, present=3), council.secretary()
    marks = council.marked(meeting, 3)
    rolls = [lambda: actions.record_attendance(meeting=meeting, marks=marks, at=AT, by=by)] * CLERKS
    assert outcomes(at_once(*rolls)) == ["done"] * CLERKS
    assert Meeting.objects.get(pk=meeting.pk).roll_revision == CLERKS + 1


# Public words and the agenda --------------------------------------------------------------------------------


def test_second_public_words_are_refused_and_both_are_shown(client, secretary, clock):
    topic = council.topic()
    address = url("topic_do", topic.pk, "accept")
    seen = client.get(address).context["form"]["seen"].value()
    assert client.post(address, {"public_text_zh": "装一盏灯", "seen": seen}).status_code == 302
    response = client.post(address, {"public_text_zh": "装两盏灯", "seen": seen})
    assert (response.status_code, response.context["question"].refusal.code) == (422, "changed_meanwhile")
    assert "装一盏灯" in response.text
    assert "装两盏灯" in response.text
    assert client.post(address, {"public_text_zh": "装两盏灯"}).status_code == 422
    topic.refresh_from_db()
    assert topic.public_text_zh == "装一盏灯"


def test_second_agenda_item_is_refused_and_both_are_shown(client, secretary, clock):
    item = council.item(title_zh="路灯", text_zh="第一行\n第二行")
    first = agenda_of(client, item.meeting)
    second = dict(first)
    first[f"item-{item.pk}-title_zh"] = "装一盏灯"
    assert send_agenda(client, item.meeting, first).status_code == 302
    second[f"item-{item.pk}-title_zh"] = "装两盏灯"
    response = send_agenda(client, item.meeting, second)
    assert response.status_code == 422
    assert "装一盏灯" in response.text
    assert "装两盏灯" in response.text
    item.refresh_from_db()
    assert item.title_zh == "装一盏灯"


def test_item_that_the_second_clerk_left_alone_stays_as_the_first_saved_it(client, secretary, clock):
    first = council.item(text_zh="第一行\n第二行", topics=[])
    second = council.item(meeting=first.meeting)
    sent = agenda_of(client, first.meeting)
    first.title_zh = "改过的"
    actions.save_item(item=first, topics=[], at=council.IN_CALL, by=secretary)
    sent |= {f"item-{second.pk}-title_zh": "第二项"}
    assert send_agenda(client, first.meeting, sent).status_code == 302
    titles = list(first.meeting.items.order_by("number").values_list("title_zh", flat=True))
    assert titles == ["改过的", "第二项"]
    assert second.meeting_id == first.meeting_id


def test_item_is_saved_upon_what_was_seen():
    item, by = council.item(), council.secretary()
    seen = item.digest(item.topics.all())
    item.title_zh = "甲"
    actions.save_item(item=item, topics=[], seen=seen, at=council.IN_CALL, by=by)
    item.title_zh = "乙"
    code = refused(actions.save_item, item=item, topics=[], seen=seen, at=council.IN_CALL, by=by)
    assert code == "changed_meanwhile"
