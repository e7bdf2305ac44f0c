"""When a session began and ended: as it was, to the minute, and not when somebody pressed a button."""

import datetime as dt

import pytest

from council import actions
from council.models import Meeting, Resolution
from tests import make_council as council
from tests.council.desk import again, code_of, do, url
from tests.make_council import ENDS, STARTS, minutes_in, refused

pytestmark = pytest.mark.django_db
SECONDS = dt.timedelta(seconds=42, microseconds=7)
NEXT_MORNING = council.AFTER


def times_of(meeting: Meeting) -> tuple:
    meeting.refresh_from_db()
    return meeting.opened_at, meeting.ended_at


def ready(**values) -> Meeting:
    """Everybody is there, and nothing is opened yet."""
    meeting = council.noticed(**values)
    council.seats(3, body=meeting.body)
    marks = council.marked(meeting, 3)
    actions.record_attendance(meeting=meeting, marks=marks, at=STARTS, by=council.secretary())
    return meeting


def test_session_is_counted_in_minutes():
    meeting, by = ready(), council.secretary()
    actions.open_session(meeting=meeting, at=STARTS + SECONDS, by=by)
    for item in meeting.items.all():
        council.resolution(item=item, yes=3, no=0, abstain=0, at=STARTS + SECONDS)
    actions.end_session(meeting=meeting, at=ENDS + SECONDS, by=by)
    assert times_of(meeting) == (STARTS, ENDS)
    assert Resolution.objects.get().voted_at == STARTS


def test_vote_of_the_opening_minute_can_be_saved_again():
    meeting, by = ready(), council.secretary()
    actions.open_session(meeting=meeting, at=STARTS + SECONDS, by=by)
    hands = {"yes": 3, "no": 0, "abstain": 0}
    found = council.resolution(item=meeting.items.get(), at=STARTS + SECONDS, **hands)
    council.resolution(item=found.item, at=ENDS, voted_at=STARTS, **hands)  # as the form says it
    found.refresh_from_db()
    assert (found.voted_at, found.revision) == (STARTS, 2)


def test_vote_of_a_session_that_was_opened_by_the_second_can_be_saved_again():
    """As sessions were opened up to now."""
    meeting = council.in_session()
    Meeting.objects.update(opened_at=STARTS + SECONDS)
    assert council.resolution(item=meeting.items.get(), voted_at=STARTS).voted_at == STARTS


def test_end_that_was_pressed_next_morning_says_when_it_was():
    meeting, by = council.in_session(), council.secretary()
    council.resolution(item=meeting.items.get())
    sent = {"meeting": meeting, "at": NEXT_MORNING, "by": by}
    assert refused(actions.end_session, **sent) == "session_times_wrong"
    actions.end_session(ended_at=ENDS, **sent)
    assert times_of(meeting) == (STARTS, ENDS)
    assert council.draft(meeting=meeting).sheet.ended == "2026-11-26T21:00:00+08:00"


def test_opening_that_was_pressed_late_says_when_it_was():
    meeting, by = ready(), council.secretary()
    actions.open_session(meeting=meeting, opened_at=STARTS, at=minutes_in(90), by=by)
    assert times_of(meeting) == (STARTS, None)


@pytest.mark.parametrize(
    ("opened", "at", "code"),
    [
        (STARTS - dt.timedelta(days=1), STARTS, "wrong_day"),
        (minutes_in(5), STARTS, "session_times_wrong"),
        (None, NEXT_MORNING, "wrong_day"),
    ],
)
def test_session_is_opened_on_its_day_and_not_in_advance(opened, at, code):
    meeting, by = ready(), council.secretary()
    assert refused(actions.open_session, meeting=meeting, opened_at=opened, at=at, by=by) == code


@pytest.mark.parametrize("state", ["in_session", "held"])
def test_times_are_mended_until_the_minutes_are_submitted(state):
    meeting, by = getattr(council, state)(), council.secretary()
    ended = minutes_in(100) if state == "held" else None
    sent = {"meeting": meeting, "opened_at": minutes_in(10), "ended_at": ended, "by": by}
    actions.set_session_times(at=NEXT_MORNING, **sent)
    assert times_of(meeting) == (minutes_in(10), ended)


def test_times_of_submitted_minutes_stand_until_a_correction_is_begun():
    minutes, by = council.published(), council.secretary()
    sent = {"meeting": minutes.meeting, "opened_at": STARTS, "ended_at": minutes_in(100), "by": by}
    assert refused(actions.set_session_times, at=NEXT_MORNING, **sent) == "minutes_fixed"
    correction = actions.correct_minutes(published=minutes, reason="散会时间", at=NEXT_MORNING, by=by)
    actions.set_session_times(at=NEXT_MORNING, **sent)
    council.written(correction)
    assert correction.sheet.ended == "2026-11-26T20:40:00+08:00"


@pytest.mark.parametrize(
    ("opened", "ended", "code"),
    [
        (ENDS, STARTS, "session_times_wrong"),
        (STARTS, STARTS + dt.timedelta(hours=11), "session_times_wrong"),
        (STARTS, None, "session_times_wrong"),
        (STARTS - dt.timedelta(days=1), ENDS, "wrong_day"),
        (minutes_in(40), ENDS, "vote_outside"),
        (STARTS, minutes_in(20), "vote_outside"),
    ],
)
def test_times_that_cannot_be_are_refused(opened, ended, code):
    """The hands were counted at half past seven."""
    meeting, by = council.held(), council.secretary()
    sent = {"meeting": meeting, "opened_at": opened, "ended_at": ended, "at": NEXT_MORNING, "by": by}
    assert refused(actions.set_session_times, **sent) == code
    assert times_of(meeting) == (STARTS, ENDS)


def test_opening_is_not_mended_to_a_moment_without_a_quorum():
    meeting, by = council.held(members=3, present=3), council.secretary()
    late = [actions.Mark(seat.membership_id, "present", minutes_in(20)) for seat in meeting.roll.all()]
    actions.record_attendance(meeting=meeting, marks=late, at=ENDS, by=by)
    sent = {"meeting": meeting, "ended_at": ENDS, "at": ENDS, "by": by}
    assert refused(actions.set_session_times, opened_at=minutes_in(10), **sent) == "no_quorum"
    actions.set_session_times(opened_at=minutes_in(20), **sent)


def test_second_clerk_does_not_silently_change_the_times_of_the_first():
    meeting, by = council.held(), council.secretary()
    meeting.refresh_from_db()
    sent = {"meeting": meeting, "opened_at": STARTS, "at": NEXT_MORNING, "by": by}
    seen = meeting.roll_revision
    actions.set_session_times(ended_at=minutes_in(100), seen=seen, **sent)
    second = refused(actions.set_session_times, ended_at=minutes_in(110), seen=seen, **sent)
    assert (second, times_of(meeting)[1]) == ("changed_meanwhile", minutes_in(100))


# At the desk ------------------------------------------------------------------------------------------------


def test_clerk_says_next_morning_when_it_ended(client, secretary, clock):
    clock.move_to(STARTS)
    meeting = council.in_session()
    council.resolution(item=meeting.items.get(), at=STARTS)
    clock.move_to(NEXT_MORNING)
    again(client, secretary)
    form = client.get(url("meeting_do", meeting.pk, "hold")).context["form"]
    assert form["ended_at"].value() == ENDS.time()
    assert code_of(do(client, meeting, "hold", ended_at="")) == "session_times_wrong"
    assert do(client, meeting, "hold", ended_at="20:50").status_code == 302
    assert times_of(meeting) == (STARTS, minutes_in(110))


def test_session_ends_after_midnight(client, secretary, clock):
    clock.move_to(STARTS)
    meeting = council.in_session()
    council.resolution(item=meeting.items.get(), at=STARTS)
    clock.move_to(NEXT_MORNING)
    again(client, secretary)
    do(client, meeting, "hold", ended_at="00:30")
    assert times_of(meeting) == (STARTS, minutes_in(330))


def test_clerk_mends_the_times(client, secretary, clock):
    meeting = council.held()
    clock.move_to(NEXT_MORNING)
    again(client, secretary)
    form = client.get(url("meeting_do", meeting.pk, "session_times")).context["form"]
    assert (form["opened_at"].value(), form["ended_at"].value()) == (STARTS.time(), ENDS.time())
    sent = {"opened_at": "19:05", "ended_at": "20:55"}
    assert code_of(do(client, meeting, "session_times", **sent)) == "changed_meanwhile"
    sent["seen"] = form["seen"].value()
    assert do(client, meeting, "session_times", **sent).status_code == 302
    assert times_of(meeting) == (minutes_in(5), minutes_in(115))
    assert code_of(do(client, meeting, "session_times", **sent)) == "changed_meanwhile"
