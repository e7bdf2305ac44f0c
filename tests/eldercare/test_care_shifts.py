"""Shifts of a kind of care: on a weekday or one date, for a while, past midnight; else the place counts."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.forms import inlineformset_factory
from django.test.utils import CaptureQueriesContext

from circle.backoffice.shifts import ShiftFormSet
from circle.calendar.working_days import SHANGHAI
from eldercare.actions import lay_out_slots
from eldercare.models import CareKind, CareShift, CareSlot
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT = make.MORNING  # a Tuesday
TODAY = AT.date()
ONE_DAY = dt.timedelta(days=1)


def starts(at: dt.datetime = AT) -> list[str]:
    lay_out_slots(community=make.here(), at=at)
    found = CareSlot.objects.open().order_by("starts_at").values_list("starts_at", flat=True)
    return [f"{each.astimezone(SHANGHAI):%d %H}" for each in found]


def test_shift_of_one_date_is_given_on_that_date_alone():
    kind = care.kind(days_ahead=9)
    care.shift(kind=kind, weekday=None, date=TODAY + ONE_DAY, opens=dt.time(14), closes=dt.time(16))
    assert starts() == ["25 14", "25 15"]


def test_shift_counts_from_its_first_day_until_its_last():
    care.shift(kind=care.kind(days_ahead=15), valid_from=TODAY + ONE_DAY, valid_until=TODAY + 10 * ONE_DAY)
    assert starts() == ["01 09", "01 10", "01 11"]  # a week later, not today and not in two weeks


def test_shift_past_midnight_is_laid_out_and_its_night_is_not_closed_at_midnight():
    kind = care.kind(days_ahead=1)
    care.shift(kind=kind, opens=dt.time(22), closes=dt.time(2))
    assert starts() == ["24 22", "24 23", "25 00", "25 01"]
    assert starts(make.moment(1, 0, 1)) == ["24 22", "24 23", "25 00", "25 01"]


def test_without_shifts_the_place_s_hours_count_where_the_kind_has_places():
    place = make.facility(hours="9:00-11:00 14:00-15:00")
    kind = care.kind(days_ahead=0, facility=place, minutes=60, places=3)
    assert starts() == ["24 09", "24 10", "24 14"]
    assert set(CareSlot.objects.values_list("capacity", flat=True)) == {3}
    care.shift(kind=kind, opens=dt.time(9), closes=dt.time(10))
    assert starts() == ["24 09"]


@pytest.mark.parametrize("values", [{"places": 0}, {"places": 2, "minutes": None}])
def test_without_places_or_length_nothing_is_laid_out(values):
    care.kind(**values)
    assert starts() == []


def test_closure_of_some_hours_closes_the_times_within_it():
    kind = care.kind(days_ahead=1)
    care.shift(kind=kind)
    make.closure(
        facility=kind.facility,
        starts_on=TODAY,
        ends_on=TODAY,
        from_time=dt.time(10),
        until_time=dt.time(11),
    )
    assert starts() == ["24 09", "24 11"]


def test_on_a_holiday_the_shifts_for_holidays_count_alone():
    make.calendar_day(TODAY)
    kind = care.kind(days_ahead=1, facility=make.facility(hours="8:00-20:00", follows_workdays=True))
    care.shift(kind=kind)
    care.shift(kind=kind, weekday=7, opens=dt.time(15), closes=dt.time(16))
    assert starts() == ["24 15"]


def idle_queries() -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert lay_out_slots(community=make.here(), at=AT) == 0
    return len(asked)


def test_laying_out_again_takes_six_queries_for_any_number_of_kinds():
    care.shift(kind=care.kind())
    starts()
    assert idle_queries() <= 6
    for _ in range(5):
        care.shift(kind=care.kind())
    starts()
    assert idle_queries() <= 6


def test_change_of_a_shift_is_laid_out_although_nothing_else_changed():
    shift = care.shift(kind=care.kind(days_ahead=1))
    assert len(starts()) == 3
    CareShift.objects.filter(pk=shift.pk).update(closes=dt.time(10))
    assert starts() == ["24 09"]


@pytest.mark.parametrize(
    "values",
    [
        {"weekday": None},
        {"date": TODAY},
        {"valid_from": TODAY, "valid_until": TODAY - ONE_DAY},
        {"opens": dt.time(9), "closes": dt.time(9, 30)},
    ],
    ids=["neither", "both", "ends before it begins", "twice"],
)
def test_database_refuses_a_shift_that_cannot_be(values):
    kind = care.kind()
    care.shift(kind=kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        care.shift(**{"kind": kind, "opens": dt.time(14), "closes": dt.time(15)} | values)


def sent(*shifts: dict[str, str]) -> dict[str, str]:
    data = {"shifts-TOTAL_FORMS": str(len(shifts)), "shifts-INITIAL_FORMS": "0"}
    for number, shift in enumerate(shifts):
        said = {"slot_minutes": "60", "places": "2"} | shift
        data |= {f"shifts-{number}-{name}": value for name, value in said.items()}
    return data


TWO = [("9:00", "12:00", "11:00", "14:00", True), ("9:00", "12:00", "12:00", "14:00", False)]


@pytest.mark.parametrize(("opens", "closes", "then", "until", "is_refused"), TWO)
def test_page_refuses_shifts_that_overlap(opens, closes, then, until, is_refused):
    kind = care.kind()
    formset = inlineformset_factory(CareKind, CareShift, formset=ShiftFormSet, fields="__all__")
    one = {"weekday": "1", "opens": opens, "closes": closes}
    two = {"weekday": "1", "opens": then, "closes": until}
    forms = formset(sent(one, two), instance=kind)
    assert forms.is_valid() != is_refused
    codes = [error.code for error in forms.non_form_errors().as_data() if isinstance(error, ValidationError)]
    assert codes == ["overlapping"] * is_refused
