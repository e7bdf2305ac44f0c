"""Roll, quorum, hands: exact integers, and what the database refuses."""

import datetime as dt
from fractions import Fraction
from math import ceil, floor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from council import actions
from council.models import Attendance, Membership, Resolution, required_count, roll_of
from tests import make
from tests import make_council as council
from tests.make_council import refused

pytestmark = pytest.mark.django_db
Mark = actions.Mark


# Shares -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "num", "den", "is_strict", "least"),
    [
        (24, 2, 3, False, 16),
        (7, 2, 3, False, 5),
        (16, 1, 2, True, 9),
        (24, 1, 2, True, 13),
        (17, 1, 2, True, 9),
        (3, 1, 1, False, 3),
        (0, 1, 2, True, 1),
        (12, 1, 2, False, 6),
    ],
)
def test_share_of_a_number(count, num, den, is_strict, least):
    assert required_count(count, num, den, is_strict=is_strict) == least


def test_shares_agree_with_exact_fractions():
    for count in range(120):
        for den in range(1, 8):
            for num in range(1, den + 1):
                share = Fraction(count * num, den)
                assert required_count(count, num, den, is_strict=False) == ceil(share)
                assert required_count(count, num, den, is_strict=True) == floor(share) + 1


# Seats ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"seat": "observer", "is_voting": True},
        {"ends_on": dt.date(2025, 12, 31)},
    ],
)
def test_seat_that_cannot_be_is_refused_by_the_database(values):
    body = council.body()
    with pytest.raises(IntegrityError), transaction.atomic():
        council.seat(body=body, **values)


def test_person_has_one_open_seat_in_a_body():
    seat = council.seat()
    with pytest.raises(IntegrityError), transaction.atomic():
        council.seat(body=seat.body, resident=seat.resident, starts_on=dt.date(2026, 6, 1))
    Membership.objects.update(ends_on=dt.date(2026, 5, 31))
    council.seat(body=seat.body, resident=seat.resident, starts_on=dt.date(2026, 6, 1))


def test_community_has_one_residents_council():
    council.body()
    with pytest.raises(IntegrityError), transaction.atomic():
        council.body(code="second", sign="二")


def test_former_members_and_observers_do_not_count():
    meeting = council.noticed()
    current = council.seats(3, body=meeting.body)
    former = council.seat(body=meeting.body, ends_on=council.STARTS.date() - dt.timedelta(days=1))
    observer = council.seat(body=meeting.body, seat="observer", is_voting=False)
    marks = [Mark(seat.pk, "present") for seat in (*current[:2], observer)]
    by = council.secretary()
    actions.record_attendance(meeting=meeting, marks=marks, at=council.STARTS, by=by)
    roll = roll_of(meeting, council.STARTS)
    assert (roll.entitled, roll.present, roll.absent, roll.observers, roll.quorum) == (3, 2, 1, 1, 2)
    former_mark = [Mark(former.pk, "present")]
    code = refused(actions.record_attendance, meeting=meeting, marks=former_mark, at=council.STARTS, by=by)
    assert code == "unknown_seat"


# Opening ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("present", "opens"), [(16, True), (15, False)])
def test_scenario_1_24_seats_open_with_16_and_not_with_15(present, opens):
    meeting = council.noticed()
    council.seats(24, body=meeting.body)
    by = council.secretary()
    actions.record_attendance(
        meeting=meeting, marks=council.marked(meeting, present), at=council.STARTS, by=by
    )
    if opens:
        assert actions.open_session(meeting=meeting, at=council.STARTS, by=by).status == "in_session"
        return
    with pytest.raises(ValidationError) as refusal:
        actions.open_session(meeting=meeting, at=council.STARTS, by=by)
    assert refusal.value.code == "no_quorum"
    assert {"15", "24", "16"} <= set(refusal.value.params and map(str, refusal.value.params.values()))


def test_vacant_seats_count_where_the_rule_says_so():
    meeting = council.noticed(body=council.body(seats=30, quorum_base="seats"))
    council.seats(24, body=meeting.body)
    by = council.secretary()
    actions.record_attendance(meeting=meeting, marks=council.marked(meeting, 19), at=council.STARTS, by=by)
    assert refused(actions.open_session, meeting=meeting, at=council.STARTS, by=by) == "no_quorum"


def test_meeting_opens_on_its_day_only_and_once():
    meeting = council.in_session()
    by = council.secretary()
    assert refused(actions.open_session, meeting=meeting, at=council.STARTS, by=by) == "already_in_session"
    other = council.noticed(body=council.committee())
    assert refused(actions.open_session, meeting=other, at=council.NOTICED, by=by) == "wrong_day"


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ({"status": "absent", "left_at": council.ENDS}, "roll_times_wrong"),
        ({"status": "present", "arrived_at": council.ENDS, "left_at": council.STARTS}, "roll_times_wrong"),
    ],
)
def test_times_that_cannot_be_are_refused(mark, code):
    meeting = council.noticed()
    seat = council.seat(body=meeting.body)
    marks = [Mark(seat.pk, **mark)]
    by = council.secretary()
    assert refused(actions.record_attendance, meeting=meeting, marks=marks, at=council.STARTS, by=by) == code
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=meeting, membership=seat, **mark)


# Hands ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "yes", "no", "outcome"),
    [
        ({}, 9, 7, "adopted"),
        ({}, 8, 8, "rejected"),
        ({"pass_base": "members"}, 12, 4, "rejected"),
        ({"pass_base": "members"}, 13, 3, "adopted"),
        ({"pass_base": "cast"}, 3, 2, "adopted"),
        ({"pass_base": "cast"}, 0, 0, "rejected"),
        ({"pass_num": 2, "pass_den": 3, "pass_is_strict": False}, 11, 5, "adopted"),
        ({"pass_num": 2, "pass_den": 3, "pass_is_strict": False}, 10, 6, "rejected"),
    ],
)
def test_rule_decides_the_outcome(rule, yes, no, outcome):
    meeting = council.in_session(body=council.body(**rule), members=24, present=16)
    found = council.resolution(item=meeting.items.get(), yes=yes, no=no, abstain=16 - yes - no)
    assert (found.entitled, found.present, found.quorum, found.outcome) == (24, 16, 16, outcome)
    assert found.item.status == "decided"


def test_resolution_is_numbered_by_month_and_keeps_its_number_when_put_down_again():
    meeting = council.in_session(items=2)
    first, second = (council.resolution(item=item) for item in meeting.items.order_by("number"))
    assert [first.number, second.number] == ["议〔2026〕11-01", "议〔2026〕11-02"]
    again = council.resolution(item=first.item, yes=1, no=8, abstain=0)
    assert (again.pk, again.number, again.outcome) == (first.pk, first.number, "rejected")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"yes": 10, "no": 0, "abstain": 0}, "too_many_hands"),
        ({"yes": -1}, "hands_wrong"),
        ({"text_zh": " "}, "text_missing"),
        ({"voted_at": council.STARTS - dt.timedelta(minutes=1)}, "vote_outside"),
        ({"voted_at": council.ENDS}, "vote_outside"),
    ],
)
def test_resolution_that_cannot_be_is_refused(values, code):
    meeting = council.in_session()
    assert refused(council.resolution, item=meeting.items.get(), **values) == code
    assert not Resolution.objects.exists()


def test_report_is_not_voted_on():
    meeting = council.calling()
    council.item(meeting=meeting, kind="report")
    meeting = council.in_session(meeting=meeting, items=0)
    assert refused(council.resolution, item=meeting.items.get()) == "not_a_decision"


def test_hands_are_not_counted_before_the_meeting():
    meeting = council.noticed()
    assert refused(council.resolution, item=meeting.items.get()) == "not_possible"


def test_quorum_lost_when_one_leaves_refuses_the_hands():
    meeting = council.in_session(members=24, present=16)
    seat = Membership.objects.filter(body=meeting.body).order_by("pk").first()
    by = council.secretary()
    left = [Mark(seat.pk, "present", left_at=council.minutes_in(10))]
    actions.record_attendance(meeting=meeting, marks=left, at=council.minutes_in(11), by=by)
    at = council.minutes_in(12)
    assert refused(council.resolution, item=meeting.items.get(), at=at) == "no_quorum"
    early = council.resolution(item=meeting.items.get(), voted_at=council.minutes_in(9), at=at)
    assert early.present == 16


def test_roll_put_down_anew_counts_the_hands_anew():
    meeting = council.in_session(members=12, present=9)
    council.resolution(item=meeting.items.get(), yes=5, no=3, abstain=0)
    by = council.secretary()
    actions.record_attendance(meeting=meeting, marks=council.marked(meeting, 10), at=council.ENDS, by=by)
    found = Resolution.objects.get()
    assert (found.present, found.needed, found.outcome) == (10, 6, "rejected")
    fewer = council.marked(meeting, 7)
    code = refused(actions.record_attendance, meeting=meeting, marks=fewer, at=council.ENDS, by=by)
    found.refresh_from_db()
    assert (code, found.present) == ("no_quorum", 10)


@pytest.mark.parametrize(
    "values",
    [
        {"present": 13},
        {"yes": 9},
        {"quorum": 10},
        {"outcome": "rejected"},
        {"yes": 4, "needed": 5},
    ],
)
def test_database_refuses_figures_that_contradict_each_other(values):
    meeting = council.in_session()
    council.resolution(item=meeting.items.get())
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.update(**values)


# The end ----------------------------------------------------------------------------------------------------


def test_meeting_ends_when_every_item_has_its_result():
    meeting = council.in_session(items=3)
    first, second, third = meeting.items.order_by("number")
    by, at = council.secretary(), council.ENDS
    council.resolution(item=first)
    with pytest.raises(ValidationError) as refusal:
        actions.end_session(meeting=meeting, at=at, by=by)
    assert (refusal.value.code, refusal.value.params) == ("items_open", {"numbers": "2, 3"})
    actions.note_item(item=second, at=at, by=by)
    actions.defer_item(item=third, at=at, by=by)
    assert actions.end_session(meeting=meeting, at=at, by=by).status == "held"
    assert refused(actions.end_session, meeting=meeting, at=at, by=by) == "already_held"
    assert [item.status for item in meeting.items.order_by("number")] == ["decided", "noted", "deferred"]


def test_item_with_a_resolution_is_not_put_off():
    meeting = council.in_session()
    item = council.resolution(item=meeting.items.get()).item
    by = council.secretary()
    assert refused(actions.defer_item, item=item, at=council.ENDS, by=by) == "has_resolution"


def test_members_of_another_body_are_unknown():
    meeting = council.noticed()
    stranger = council.seat(body=council.committee(community=make.here()))
    marks = [Mark(stranger.pk, "present")]
    by = council.secretary()
    code = refused(actions.record_attendance, meeting=meeting, marks=marks, at=council.STARTS, by=by)
    assert code == "unknown_seat"
