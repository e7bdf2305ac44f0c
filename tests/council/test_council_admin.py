"""The secretary's desk: the guided list, agenda, roll and results, all in the admin."""

import pytest

from council.backoffice.steps import steps_of
from council.models import AgendaItem, Attendance, Meeting, Membership, MinutesVersion, Resolution
from tests import make
from tests import make_council as council
from tests.council.desk import accept, again, agenda_of, approve, code_of, do, save, send_agenda, times, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# From plan to close ---------------------------------------------------------------------------------------


def test_secretary_does_all_of_it_in_the_admin(client, secretary, clock):
    """From the plan to the closed meeting, as the buttons lead; another person approves the minutes."""
    body, place = council.body(), make.facility()
    council.seats(3, body=body)
    client.post(url("meeting_add"), times() | {"body": body.pk, "part": 1, "place": place.pk})
    meeting = Meeting.objects.get()
    do(client, meeting, "open_call")
    topic = council.topic(meeting=meeting)
    accept(client, topic, public_text_zh="路灯", public_text_en="Lamps")
    line = {"new-1-title_zh": "路灯", "new-1-kind": "decision", "new-1-topics": [topic.pk]}
    send_agenda(client, meeting, agenda_of(client, meeting) | line)
    assert list(meeting.items.get().topics.all()) == [topic]
    clock.move_to(council.NOTICED)
    again(client, secretary)
    do(client, meeting, "publish_agenda")
    clock.move_to(council.STARTS)
    again(client, secretary)
    marks = {f"seat-{seat.pk}-status": "present" for seat in Membership.objects.all()}
    save(client, url("meeting_roll", meeting.pk), marks)
    do(client, meeting, "open_session")
    item = meeting.items.get()
    hands = {"text_zh": "装路灯。", "yes": 3, "no": 0, "abstain": 0}
    save(client, url("meeting_result", meeting.pk, item.pk), hands)
    clock.move_to(council.ENDS)
    again(client, secretary)
    do(client, meeting, "hold")
    do(client, meeting, "draft_minutes")
    minutes = MinutesVersion.objects.get()
    save(client, url("minutesversion_write", minutes.pk), {"item-1-zh": "都同意。", "item-1-en": ""})
    client.post(url("minutesversion_do", minutes.pk, "submit_minutes"))
    client.force_login(council.chair())
    approve(client, minutes)
    client.force_login(secretary)
    client.post(url("minutesversion_do", minutes.pk, "publish_minutes"))
    refused = do(client, meeting, "close_meeting")
    assert (refused.status_code, code_of(refused), topic.receipt in refused.text) == (422, "unanswered", True)
    client.post(url("topic_do", topic.pk, "answer"), {"answer_zh": "下月装好。"})
    assert do(client, meeting, "close_meeting").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, Resolution.objects.get().outcome) == ("closed", "adopted")
    assert client.get(meeting.get_absolute_url()).context["sheet"].points[0].minutes_zh == "都同意。"


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
    client.post(url("meeting_change", meeting.pk), sent)
    meeting.refresh_from_db()
    assert (meeting.ical_sequence, meeting.starts_at.minute) == (1, 30)


def test_item_is_changed_raised_and_taken_off(client, secretary):
    meeting = council.calling()
    first, second = council.item(meeting=meeting), council.item(meeting=meeting)
    send_agenda(client, meeting, agenda_of(client, meeting) | {f"item-{second.pk}-place": 1})
    second.refresh_from_db()
    assert second.number == 1
    sent = agenda_of(client, meeting) | {f"item-{second.pk}-drop": "on"}
    changed = {"title_zh": "新标题", "title_en": "New", "kind": "report"}
    sent |= {f"item-{first.pk}-{name}": value for name, value in changed.items()}
    response = send_agenda(client, meeting, sent)
    assert response.status_code == 302
    item = AgendaItem.objects.get()
    assert (item.pk, item.number, item.title_zh) == (first.pk, 1, "新标题")


def test_agenda_and_times_are_to_be_read_once_it_is_too_late(client, secretary):
    meeting = council.held()
    assert client.get(url("meeting_change", meeting.pk)).status_code == 200
    sent = agenda_of(client, meeting)
    page = client.get(url("meeting_agenda", meeting.pk))
    item = meeting.items.get()
    assert (page.status_code, item.title_zh in page.text) == (200, True)
    assert f"item-{item.pk}-title_zh" not in page.text
    refused = send_agenda(client, meeting, sent | {f"item-{item.pk}-title_zh": "改"})
    assert (refused.status_code, refused.context["refusal"].code) == (422, "not_possible")


@pytest.mark.parametrize(
    ("make_it", "verbs"),
    [
        (council.meeting, {"open_call", "cancel_meeting", "remove_plan"}),
        (council.calling, {"close_call", "cancel_meeting"}),
        (council.noticed, {"open_session", "cancel_meeting", "late_item"}),
        (council.in_session, {"hold", "session_times", "late_item"}),
        (council.held, {"session_times", "draft_minutes", "close_meeting", "plan_next"}),
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
    save(client, url("meeting_roll", meeting.pk), sent)
    left, arrived = (Attendance.objects.get(membership=seat) for seat in (early, late))
    assert (left.left_at, arrived.arrived_at) == (council.minutes_in(75), council.minutes_in(20))
    assert "20:15" in client.get(url("meeting_roll", meeting.pk)).text


def test_roll_begins_empty_and_one_press_makes_no_quorum(client, secretary):
    meeting = council.noticed()
    seats = council.seats(3, body=meeting.body)
    address = url("meeting_roll", meeting.pk)
    lines = client.get(address).context["lines"]
    assert [line.form["status"].value() for line in lines] == [""] * 3
    sent = {f"seat-{seats[0].pk}-status": "excused"} | {f"seat-{seat.pk}-status": "" for seat in seats[1:]}
    save(client, address, sent)
    assert list(Attendance.objects.values_list("membership", "status")) == [(seats[0].pk, "excused")]
    save(client, address, sent | {"rest": "present"})
    marks = Attendance.objects.order_by("membership").values_list("status", flat=True)
    assert list(marks) == ["excused", "present", "present"]


def test_time_without_a_mark_is_asked_about(client, secretary):
    meeting = council.noticed()
    seat = council.seat(body=meeting.body)
    sent = {f"seat-{seat.pk}-status": "", f"seat-{seat.pk}-left_at": "20:15"}
    response = save(client, url("meeting_roll", meeting.pk), sent)
    assert response.status_code == 422
    assert response.context["lines"][0].form.has_error("status", "mark_missing")
    assert not Attendance.objects.exists()


def test_roll_with_a_seat_that_ended_since_it_was_shown_is_refused_and_the_rest_stays(client, secretary):
    meeting = council.noticed()
    ended, held = council.seats(2, body=meeting.body)
    sent = {f"seat-{ended.pk}-status": "present", f"seat-{held.pk}-status": "excused"}
    Membership.objects.filter(pk=ended.pk).update(ends_on=council.STARTS.date().replace(day=25))
    page = save(client, url("meeting_roll", meeting.pk), sent)
    assert (page.status_code, page.context["refusal"].code) == (422, "line_gone")
    assert [line.form["status"].value() for line in page.context["lines"]] == ["excused"]
    assert not Attendance.objects.exists()
    del sent[f"seat-{ended.pk}-status"]
    assert save(client, url("meeting_roll", meeting.pk), sent).status_code == 302
    assert Attendance.objects.get().membership == held


def test_roll_that_cannot_be_is_refused_and_keeps_what_was_typed(client, secretary):
    meeting = council.noticed()
    seat = council.seat(body=meeting.body)
    sent = {f"seat-{seat.pk}-status": "absent", f"seat-{seat.pk}-left_at": "20:15"}
    response = save(client, url("meeting_roll", meeting.pk), sent)
    assert (response.status_code, response.context["refusal"].code) == (422, "roll_times_wrong")
    sent[f"seat-{seat.pk}-left_at"] = "half past"
    assert save(client, url("meeting_roll", meeting.pk), sent).status_code == 422


def test_hands_that_cannot_be_are_refused_with_the_form(client, secretary, clock):
    meeting = council.in_session()
    clock.move_to(council.HALF_PAST)
    client.force_login(secretary)
    item = meeting.items.get()
    hands = {"text_zh": "同意", "yes": 10, "no": 0, "abstain": 0}
    response = save(client, url("meeting_result", meeting.pk, item.pk), hands)
    [error] = response.context["form"].errors.as_data()["__all__"]
    assert (response.status_code, error.code) == (422, "too_many_hands")


def test_item_is_noted_or_put_off_by_a_button(client, secretary, clock):
    meeting = council.in_session(items=2)
    first, second = meeting.items.order_by("number")
    save(client, url("meeting_result", meeting.pk, first.pk), {"without": "note"})
    save(client, url("meeting_result", meeting.pk, second.pk), {"without": "defer"})
    assert [item.status for item in meeting.items.order_by("number")] == ["noted", "deferred"]
