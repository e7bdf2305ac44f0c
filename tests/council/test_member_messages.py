"""Members are told of their meeting: by message, or by a visit where no message reaches them."""

import datetime as dt

import pytest

from circle.models import Message
from circle.notifications import drop_untrue_in_person_messages
from council import actions
from council.hooks.message_events import EVENTS
from council.models import Meeting
from tests import make
from tests import make_council as council

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def told(event: str):
    return Message.objects.filter(event=event)


def with_members(count: int = 3, **values) -> Meeting:
    meeting = council.calling(**values)
    council.seats(count, body=meeting.body)
    return council.noticed(meeting=meeting)


def test_notice_reaches_every_member_once_and_nobody_else():
    meeting = council.calling()
    with_phone = council.seat(body=meeting.body, resident=make.resident(phone="13812340027"))
    without = council.seat(body=meeting.body, resident=make.resident())
    council.seat(body=meeting.body, ends_on=council.STARTS.date() - DAY)  # a former member
    council.seat(body=meeting.body, starts_on=council.STARTS.date() + DAY)  # not yet
    council.noticed(meeting=meeting)
    rows = {row.resident: row.channel for row in told("member_notice")}
    assert rows == {with_phone.resident: Message.Channel.SMS, without.resident: Message.Channel.DESK}


@pytest.mark.parametrize("make_it", [council.meeting, council.calling])
def test_nobody_is_told_before_the_notice(make_it):
    meeting = make_it()
    council.seats(3, body=meeting.body)
    actions.cancel_meeting(meeting=meeting, reason="停电", at=council.IN_CALL, by=council.secretary())
    assert not Message.objects.filter(event__startswith="member").exists()


def test_members_are_told_when_it_moves_and_when_it_is_called_off():
    meeting = with_members()
    same = {"place": meeting.place, "call_opens_at": council.OPENS, "call_closes_at": council.CLOSES}
    later = {"starts_at": meeting.starts_at + HOUR, "ends_at": meeting.ends_at + HOUR}
    changed = {"meeting": meeting, "at": council.NOTICED + HOUR, "by": council.secretary()}
    actions.move_meeting(**changed, **same, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
    assert told("member_meeting_moved").count() == 0
    actions.move_meeting(**changed, **same, **later)
    assert told("member_meeting_moved").count() == 3
    actions.cancel_meeting(**changed, reason="停电")
    assert told("member_meeting_cancelled").count() == 3


def untrue(event: str) -> int:
    rows = list(told(event))
    return len(EVENTS[event].find_untrue(rows, council.NOTICED + 2 * HOUR))


def test_notice_of_a_moved_or_cancelled_meeting_is_not_sent():
    meeting = with_members()
    assert untrue("member_notice") == 0
    Meeting.objects.update(starts_at=meeting.starts_at - HOUR)
    assert untrue("member_notice") == 3
    Meeting.objects.update(starts_at=meeting.starts_at)
    actions.cancel_meeting(meeting=meeting, reason="停电", at=council.NOTICED, by=council.secretary())
    assert (untrue("member_notice"), EVENTS["member_meeting_cancelled"].find_untrue) == (3, None)


def test_who_raised_a_topic_is_told_only_of_the_meeting_as_it_is_now():
    meeting = council.calling()
    council.item(meeting=meeting, topics=[council.accepted(meeting=meeting)])
    council.noticed(meeting=meeting)
    assert (told("topic_on_agenda").count(), untrue("topic_on_agenda")) == (1, 0)
    Meeting.objects.update(starts_at=meeting.starts_at - HOUR)
    assert untrue("topic_on_agenda") == 1
    Meeting.objects.update(starts_at=council.NOTICED + HOUR)  # has begun by then
    assert untrue("topic_on_agenda") == 1
    Meeting.objects.update(starts_at=meeting.starts_at)
    actions.cancel_meeting(meeting=meeting, reason="停电", at=council.NOTICED, by=council.secretary())
    assert (untrue("topic_on_agenda"), EVENTS["meeting_cancelled"].find_untrue) == (1, None)


def test_nobody_is_visited_for_a_meeting_that_has_begun():
    council.seat(body=(meeting := council.calling()).body, resident=make.resident())
    council.noticed(meeting=meeting)
    assert drop_untrue_in_person_messages(council.STARTS) == 0
    assert drop_untrue_in_person_messages(council.STARTS + dt.timedelta(minutes=1)) == 1


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (council.STARTS - 2 * DAY, 0),
        (council.STARTS - DAY - 10 * HOUR, 3),
        (council.STARTS - 10 * HOUR, 3),  # it was missed on the eve
        (council.STARTS, 0),
    ],
)
def test_reminder_comes_the_day_before_and_once(at, count):
    with_members()
    assert (actions.remind_members(at=at), told("member_reminder").count()) == (count > 0, count)
    assert (actions.remind_members(at=at), told("member_reminder").count()) == (0, count)


def test_no_reminder_right_after_the_notice_and_a_new_one_after_a_move():
    meeting = with_members()
    Meeting.objects.update(noticed_at=council.STARTS - DAY - 10 * HOUR)
    assert actions.remind_members(at=council.STARTS - DAY - 9 * HOUR) == 0
    Meeting.objects.update(noticed_at=council.NOTICED)
    assert actions.remind_members(at=council.STARTS - DAY - 9 * HOUR) == 1
    meeting.refresh_from_db()
    actions.move_meeting(
        meeting=meeting,
        place=meeting.place,
        starts_at=meeting.starts_at + 7 * DAY,
        ends_at=meeting.ends_at + 7 * DAY,
        call_opens_at=council.OPENS,
        call_closes_at=council.CLOSES,
        at=council.STARTS - DAY,
        by=council.secretary(),
    )
    assert actions.remind_members(at=council.STARTS + 6 * DAY) == 1


@pytest.mark.parametrize("make_it", [council.meeting, council.calling, council.in_session, council.held])
def test_only_a_noticed_meeting_is_reminded_of(make_it):
    make_it()
    assert actions.remind_members(at=council.STARTS - HOUR) == 0


def test_correction_is_told_once_to_who_was_there_and_to_who_raised_a_topic():
    topic = council.accepted()
    council.item(meeting=topic.meeting, topics=[topic], kind="report")
    meeting = council.in_session(meeting=topic.meeting, items=0, members=4, present=3)
    council.seat(body=meeting.body, resident=topic.raised_by)
    by = council.secretary()
    actions.note_item(item=meeting.items.get(), at=council.HALF_PAST, by=by)
    actions.end_session(meeting=meeting, at=council.ENDS, by=by)
    first = council.published(meeting=meeting)
    assert not told("minutes_corrected").exists()
    council.corrected(first)
    there = set(meeting.roll.filter(status="present").values_list("membership__resident", flat=True))
    assert sorted(told("minutes_corrected").values_list("resident", flat=True)) == sorted(
        there | {topic.raised_by_id}
    )


def test_correction_of_a_body_that_is_not_public_is_told_to_nobody():
    council.corrected(council.published(body=council.committee(visibility="closed"), members=3, present=3))
    assert not told("minutes_corrected").exists()
