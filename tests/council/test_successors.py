"""Adjourned without a quorum, put off, planned again: exactly one successor."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from circle.models import Message
from council import actions
from council.models import AgendaItem, Meeting
from tests import make_council as council
from tests.council.desk import do, url
from tests.council.test_council_races import CLERKS, outcomes
from tests.make_council import refused

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)
LATER = {"starts_at": council.STARTS + WEEK, "ends_at": council.ENDS + WEEK}


def without_quorum(*, present: int = 7, **values) -> Meeting:
    """Twelve seats; eight would have to be there."""
    topic = council.accepted(**values)
    council.item(meeting=topic.meeting, topics=[topic], title_zh="路灯")
    meeting = council.noticed(meeting=topic.meeting)
    council.seats(12, body=meeting.body)
    by = council.secretary()
    actions.record_attendance(
        meeting=meeting, marks=council.marked(meeting, present), at=council.STARTS, by=by
    )
    return meeting


def adjourn(meeting, at=council.HALF_PAST, **values) -> Meeting:
    return actions.adjourn_meeting(meeting=meeting, at=at, by=council.secretary(), **LATER | values)


def test_meeting_without_a_quorum_goes_on_in_exactly_one_other():
    """Scenario 16, of the whole meeting."""
    meeting = without_quorum()
    successor = adjourn(meeting)
    assert adjourn(meeting) == successor
    meeting.refresh_from_db()
    assert (meeting.status, successor.status, successor.part) == ("adjourned", "call_open", 1)
    assert (successor.year, successor.month, successor.continues) == (2026, 12, meeting)
    old, new = meeting.items.order_by("number"), successor.items.order_by("number")
    assert [item.continues for item in new] == list(old)
    assert {item.status for item in old} == {"deferred"}
    topic = new[0].topics.get()
    assert (topic.meeting, list(old[0].topics.all())) == (successor, [topic])
    notice = {"meeting": successor, "at": council.STARTS + dt.timedelta(days=1), "by": council.secretary()}
    assert actions.publish_agenda(**notice).status == "noticed"
    assert Message.objects.filter(event="member_notice").count() == 12


def test_second_meeting_of_the_same_month_takes_the_next_number():
    meeting = without_quorum()
    day = dt.timedelta(days=1)
    successor = adjourn(meeting, starts_at=council.STARTS + day, ends_at=council.ENDS + day)
    assert (successor.slug, meeting.slug) == ("2026-11-2", "2026-11")


@pytest.mark.parametrize(
    ("present", "values", "code"),
    [
        (8, {}, "quorate"),
        (7, {"at": council.STARTS - dt.timedelta(minutes=1)}, "too_early"),
        (7, {"starts_at": council.STARTS, "ends_at": council.ENDS}, "times_wrong"),
        (7, {"ends_at": council.STARTS}, "times_wrong"),
    ],
)
def test_adjournment_that_cannot_be_is_refused(present, values, code):
    meeting = without_quorum(present=present)
    assert refused(adjourn, meeting=meeting, **values) == code
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("make_it", [council.meeting, council.calling, council.in_session, council.held])
def test_only_a_noticed_meeting_is_adjourned(make_it):
    assert refused(adjourn, meeting=make_it()) == "not_possible"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_clerks_adjourn_into_one_meeting(at_once):
    meeting = without_quorum()
    by = council.secretary()

    def press() -> Meeting:
        row = Meeting.objects.get(pk=meeting.pk)
        return actions.adjourn_meeting(meeting=row, at=council.HALF_PAST, by=by, **LATER)

    assert outcomes(at_once(*[press] * CLERKS)) == ["done"] * CLERKS
    assert (Meeting.objects.count(), AgendaItem.objects.count()) == (2, 4)


def test_database_knows_one_successor():
    successor = adjourn(without_quorum())
    other = council.meeting(body=successor.body, part=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=other.pk).update(continues=successor.continues_id)
    item = successor.items.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.exclude(pk__in=[item.pk, item.continues_id]).update(continues=item.continues_id)


def deferred() -> AgendaItem:
    meeting = council.in_session()
    item = actions.defer_item(item=meeting.items.get(), at=council.HALF_PAST, by=council.secretary())
    actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary())
    return item


def next_meeting(body) -> Meeting:
    return actions.plan_next_meeting(
        meeting=Meeting.objects.get(body=body), at=council.AFTER, by=council.secretary()
    )


def test_item_that_was_put_off_goes_on_once_though_pressed_twice():
    """Scenario 16, of one item."""
    item = deferred()
    later = next_meeting(item.meeting.body)
    values = {"meeting": later, "at": council.AFTER, "by": council.secretary()}
    assert refused(actions.take_over_items, **values) == "nothing_unfinished"  # it was there from the plan on
    actions.drop_item(item=later.items.get(), at=council.AFTER, by=council.secretary())
    actions.take_over_items(**values)
    assert refused(actions.take_over_items, **values) == "nothing_unfinished"
    found = later.items.get()
    assert (found.continues, found.number, found.title_zh, found.status) == (
        item,
        1,
        item.title_zh,
        "proposed",
    )


def test_item_taken_off_again_is_offered_again():
    item = deferred()
    later = next_meeting(item.meeting.body)
    values = {"meeting": later, "at": council.AFTER, "by": council.secretary()}
    actions.drop_item(item=later.items.get(), at=council.AFTER, by=council.secretary())
    actions.take_over_items(**values)
    assert later.items.get().continues == item


def test_item_whose_next_meeting_is_called_off_is_offered_again_once():
    item = deferred()
    by = council.secretary()
    later = next_meeting(item.meeting.body)
    lost = later.items.get()
    actions.cancel_meeting(meeting=later, reason="停电", at=council.AFTER, by=by)
    again = actions.plan_next_meeting(meeting=later, at=council.AFTER, by=by)
    assert (again.items.get().continues, again.items.get().times_put_off) == (lost, lost.times_put_off)
    values = {"meeting": again, "at": council.AFTER, "by": by}
    assert refused(actions.take_over_items, **values) == "nothing_unfinished"


def test_next_meeting_is_planned_in_one_press_from_the_last():
    meeting = council.noticed()
    found = next_meeting(meeting.body)
    assert (found.slug, found.place, found.status) == ("2026-12", meeting.place, "planned")
    shift = dt.timedelta(days=28)  # the fourth Thursday
    assert (found.starts_at, found.ends_at) == (council.STARTS + shift, council.ENDS + shift)
    assert (found.call_opens_at, found.call_closes_at) == (council.OPENS + shift, council.CLOSES + shift)
    again = {"meeting": meeting, "at": council.AFTER, "by": council.secretary()}
    assert refused(actions.plan_next_meeting, **again) == "already_planned"


@pytest.mark.parametrize(
    ("day", "following"),
    [("2026-11-26", "2026-12-24"), ("2026-10-29", "2026-11-26"), ("2026-12-01", "2027-01-05")],
)
def test_next_meeting_is_on_the_same_weekday_of_its_month(day, following):
    """The fifth one of a month is followed by the last one of the next."""
    shift = dt.date.fromisoformat(day) - council.STARTS.date()
    times = {"starts_at": council.STARTS, "ends_at": council.ENDS}
    times |= {"call_opens_at": council.OPENS, "call_closes_at": council.CLOSES}
    moved = {name: value + shift for name, value in times.items()}
    meeting = council.meeting(**moved)
    found = next_meeting(meeting.body)
    assert found.starts_at.astimezone(council.SHANGHAI).date().isoformat() == following


def test_secretary_adjourns_plans_and_takes_over_by_buttons(client, clock):
    meeting = without_quorum()
    clock.move_to(council.HALF_PAST)
    by = council.secretary()
    client.force_login(by)
    page = client.get(url("meeting_change", meeting.pk)).text
    assert url("meeting_do", meeting.pk, "adjourn_meeting") in page
    sent = {
        "starts_at_0": "2026-12-03",
        "starts_at_1": "19:00",
        "ends_at_0": "2026-12-03",
        "ends_at_1": "21:00",
    }
    assert do(client, meeting, "adjourn_meeting", **sent).status_code == 302
    successor = Meeting.objects.get(continues=meeting)
    page = client.get(url("meeting_change", meeting.pk))
    assert url("meeting_change", successor.pk) in page.text
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert successor.get_absolute_url() in client.get(meeting.get_absolute_url()).text


def test_secretary_plans_the_next_meeting_from_the_last(client, clock):
    meeting = council.held()
    clock.move_to(council.AFTER)
    client.force_login(council.secretary())
    assert do(client, meeting, "plan_next").status_code == 302
    assert (
        url("meeting_do", meeting.pk, "plan_next") not in client.get(url("meeting_change", meeting.pk)).text
    )
    assert Meeting.objects.filter(year=2026, month=12).exists()
