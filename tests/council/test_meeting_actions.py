"""A meeting from plan to close, each step and each refusal."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from circle.models import Message, Record
from council import actions
from council.models import AgendaItem, Meeting, Topic
from tests import make
from tests import make_council as council
from tests.make_council import refused

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def sent_events() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("event", flat=True))


# Planning ---------------------------------------------------------------------------------------------------


def test_meeting_belongs_to_the_month_in_which_it_begins():
    meeting = council.meeting()
    assert (meeting.slug, meeting.status, meeting.ical_sequence) == ("2026-11", "planned", 0)
    assert meeting.get_absolute_url() == "/council/2026-11/"


def test_meeting_of_another_body_has_its_name_in_the_address():
    meeting = council.meeting(body=council.committee())
    assert meeting.get_absolute_url() == "/council/committee/2026-11/"


def test_second_regular_meeting_of_a_month_is_refused_and_a_further_one_counts_on():
    meeting = council.meeting()
    same = {"body": meeting.body, "place": meeting.place}
    assert refused(council.meeting, **same) == "already_planned"
    assert council.meeting(**same, part=2).slug == "2026-11-2"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ends_at": council.STARTS}, "times_wrong"),
        ({"call_closes_at": council.OPENS}, "call_times_wrong"),
        ({"call_closes_at": council.STARTS + SECOND}, "call_times_wrong"),
    ],
)
def test_times_in_the_wrong_order_are_refused(values, code):
    assert refused(council.meeting, **values) == code


def test_place_of_another_community_is_refused():
    elsewhere = make.facility(community=make.community())
    body = council.body(community=make.community())
    assert refused(council.meeting, body=body, place=elsewhere) == "other_community"


# The call ---------------------------------------------------------------------------------------------------


def test_call_opens_once():
    meeting = council.calling()
    assert meeting.status == "call_open"
    assert refused(actions.open_call, meeting=meeting, at=council.OPENS) == "already_call_open"


def test_call_opened_early_takes_topics_from_now_on():
    meeting = council.meeting()
    early = council.OPENS - dt.timedelta(days=2)
    actions.open_call(meeting=meeting, at=early, by=council.secretary())
    assert Meeting.objects.calling(early).get() == meeting


def test_call_that_would_be_over_is_not_opened():
    assert refused(actions.open_call, meeting=council.meeting(), at=council.CLOSES) == "call_over"


def test_the_clock_opens_calls_that_are_due():
    meeting = council.meeting()
    assert [
        actions.open_due_calls(at=at) for at in (council.OPENS - SECOND, council.OPENS, council.OPENS)
    ] == [
        0,
        1,
        0,
    ]
    meeting.refresh_from_db()
    assert meeting.status == "call_open"
    assert Record.objects.about(meeting).filter(verb="call_opened").get().actor is None


def test_call_closed_early_takes_no_more_topics():
    meeting = council.calling()
    by = council.secretary()
    actions.close_call(meeting=meeting, at=council.IN_CALL, by=by)
    assert not Meeting.objects.calling(council.IN_CALL).exists()
    again = refused(actions.close_call, meeting=meeting, at=council.IN_CALL + SECOND, by=by)
    assert again == "call_not_running"


# The agenda -------------------------------------------------------------------------------------------------


def test_items_are_numbered_as_they_come_and_may_change_places():
    meeting = council.calling()
    first, second, third = (council.item(meeting=meeting) for _ in range(3))
    actions.raise_item(item=third, at=council.IN_CALL, by=council.secretary())
    assert list(meeting.items.order_by("number")) == [first, third, second]
    actions.drop_item(item=first, at=council.IN_CALL, by=council.secretary())
    assert list(meeting.items.order_by("number").values_list("number", "pk")) == [
        (1, third.pk),
        (2, second.pk),
    ]


def test_first_item_stays_first():
    item = council.item()
    assert actions.raise_item(item=item, at=council.IN_CALL, by=council.secretary()).number == 1


def test_item_takes_only_topics_taken_up_for_its_meeting():
    meeting = council.calling()
    received = council.topic(meeting=meeting)
    assert refused(council.item, meeting=meeting, topics=[received]) == "topic_not_taken_up"
    assert not AgendaItem.objects.exists()


def test_item_without_a_title_is_refused():
    assert refused(council.item, title_zh="  ") == "title_missing"


def test_agenda_is_published_once_and_fixed():
    topic = council.accepted()
    item = council.item(meeting=topic.meeting, topics=[topic])
    meeting = council.noticed(meeting=topic.meeting, items=0)
    item.refresh_from_db()
    assert (meeting.status, item.status, sent_events()[-1]) == ("noticed", "published", "topic_on_agenda")
    by, at = council.secretary(), council.NOTICED
    assert refused(actions.publish_agenda, meeting=meeting, at=at, by=by) == "already_noticed"
    assert refused(actions.save_item, item=item, topics=[], at=at, by=by) == "not_possible"
    assert refused(actions.drop_item, item=item, at=at, by=by) == "not_possible"
    assert refused(actions.raise_item, item=item, at=at, by=by) == "not_possible"


@pytest.mark.parametrize(
    ("items", "at", "code"),
    [(1, council.CLOSES - SECOND, "call_running"), (0, council.CLOSES, "agenda_empty")],
)
def test_agenda_waits_for_the_call_and_for_an_item(items, at, code):
    meeting = council.calling()
    for _ in range(items):
        council.item(meeting=meeting)
    assert refused(actions.publish_agenda, meeting=meeting, at=at, by=council.secretary()) == code


# Moved and called off ---------------------------------------------------------------------------------------


def move(meeting, **values):
    names = ("place", "starts_at", "ends_at", "call_opens_at", "call_closes_at")
    same = {name: getattr(meeting, name) for name in names}
    return actions.move_meeting(
        meeting=meeting, **same | {"at": council.NOTICED, "by": council.secretary()} | values
    )


def test_moved_meeting_keeps_its_address_and_its_calendar_entry():
    topic = council.accepted()
    council.item(meeting=topic.meeting, topics=[topic])
    before = council.noticed(meeting=topic.meeting, items=0)
    day = dt.timedelta(days=1)
    meeting = move(before, starts_at=council.STARTS + day, ends_at=council.ENDS + day)
    assert (meeting.slug, meeting.ical_uid, meeting.ical_sequence) == ("2026-11", before.ical_uid, 1)
    assert sent_events()[-1] == "meeting_moved"


def test_meeting_whose_call_alone_changes_has_not_moved():
    topic = council.topic()
    meeting = move(topic.meeting, call_closes_at=council.CLOSES + dt.timedelta(days=1))
    assert (meeting.ical_sequence, "meeting_moved" in sent_events()) == (0, False)


def test_meeting_cannot_move_before_its_call_is_over():
    early = council.CLOSES - dt.timedelta(hours=1)
    assert refused(move, meeting=council.calling(), starts_at=early) == "call_times_wrong"


def test_meeting_called_off_says_why_and_tells_those_who_raised_something():
    topic = council.topic()
    by = council.secretary()
    assert refused(actions.cancel_meeting, meeting=topic.meeting, reason=" ", at=council.IN_CALL, by=by) == (
        "reason_missing"
    )
    meeting = actions.cancel_meeting(meeting=topic.meeting, reason="停电", at=council.IN_CALL, by=by)
    assert (meeting.status, meeting.ical_sequence, sent_events()[-1]) == ("cancelled", 1, "meeting_cancelled")
    again = refused(actions.cancel_meeting, meeting=meeting, reason="停电", at=council.IN_CALL, by=by)
    assert (again, refused(move, meeting=meeting)) == ("already_cancelled", "not_possible")


def test_meeting_in_session_is_not_called_off():
    meeting = council.in_session()
    code = refused(
        actions.cancel_meeting, meeting=meeting, reason="停电", at=council.STARTS, by=council.secretary()
    )
    assert code == "not_possible"


# Closing ----------------------------------------------------------------------------------------------------


def closing(meeting):
    return refused(actions.close_meeting, meeting=meeting, at=council.AFTER, by=council.secretary())


def test_meeting_without_published_minutes_is_not_closed():
    meeting = council.held()
    assert closing(meeting) == "minutes_missing"
    council.draft(meeting=meeting)
    assert closing(meeting) == "minutes_missing"


def test_meeting_is_not_closed_while_a_topic_has_no_answer():
    meeting = council.calling()
    waiting = council.topic(meeting=meeting)
    taken_up = council.accepted(meeting=meeting)
    declined = council.topic(meeting=meeting)
    by = council.secretary()
    actions.decline_topic(topic=declined, reason_zh="请找物业", at=council.IN_CALL, by=by)
    council.published(meeting=council.held(meeting=meeting))
    with pytest.raises(ValidationError) as refusal:
        actions.close_meeting(meeting=meeting, at=council.AFTER, by=by)
    assert refusal.value.code == "unanswered"
    assert f"{waiting.receipt}, {taken_up.receipt}" in refusal.value.messages[0]
    assert declined.receipt not in refusal.value.messages[0]

    actions.accept_topic(topic=waiting, public_text_zh="路灯", at=council.AFTER, by=by)
    for topic in Topic.objects.unanswered():
        actions.answer_topic(topic=topic, answer_zh="会上已答复。", at=council.AFTER, by=by)
    closed = actions.close_meeting(meeting=meeting, at=council.AFTER, by=by)
    assert (closed.status, closing(closed)) == ("closed", "already_closed")
