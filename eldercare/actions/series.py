"""Care that comes again: asked for, confirmed, and laid out as ordinary bookings by `tick`.

Whoever changes a series or its dates locks the series first, then what circle/booking/changes.py names.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.calendar.working_days import ONE_DAY, SHANGHAI
from circle.models import Community, Residence, Resident, User, Via
from circle.permissions.on_behalf import mandate_details, refuse_gone
from eldercare.actions.answers import Answers, checked_answers
from eldercare.actions.bookings import (
    Asked,
    book_day,
    book_place,
    check_person,
    day_of,
    refuse_closed_day,
    refuse_far_ahead,
    refuse_not_bookable,
    refuse_past,
)
from eldercare.actions.eligibility import refuse_unfit_person
from eldercare.actions.series_words import tell_of_series
from eldercare.models import Arrangement, CareBooking, CareKind, CareSeries, CareSlot, SeriesDate, SeriesPause
from eldercare.models.series import MOST_WEEKS, monday_of

Status, DateStatus = CareSeries.Status, SeriesDate.Status
LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True)
class Rhythm:
    """How often, and until when; the first day says the weekday."""

    last_day: dt.date
    every: int = 1  # weeks


@transaction.atomic
def ask_series(
    *,
    kind: CareKind,
    resident: Resident,
    answers: Answers,
    rhythm: Rhythm,
    via: str,
    at: dt.datetime,
    by: User,
    slot: CareSlot | None = None,
    day: dt.date | None = None,
    age_reason: str = "",
) -> CareSeries:
    """Ask for care again and again, from this time or day on. The first date is booked now, or it is refused;
    later ones that cannot be booked wait for the coordinator.

    Refuses: slot_missing, day_missing, series_too_short, series_too_long, series_rhythm, already_series, and
    what `book_slot` and `request_care` refuse.
    """
    first = first_day_of(kind, slot, day)
    refuse_bad_rhythm(rhythm, first)
    refuse_not_bookable(kind, Arrangement.BOOKING if slot else Arrangement.REQUEST)
    mandate = check_person(kind, resident, via, by)
    reason = refuse_unfit_person(kind, resident, via=via, at=at, reason=age_reason)
    if via == Via.ONLINE or slot is None:
        refuse_far_ahead(kind, first, at)
    series = CareSeries(
        community_id=kind.community_id,
        kind=kind,
        resident=resident,
        weekday=first.weekday(),
        starts=slot.starts_at.astimezone(SHANGHAI).time() if slot else None,
        part=kind.part_of(slot.starts_at if slot else None),
        every=rhythm.every,
        first_day=first,
        last_day=rhythm.last_day,
        address_on=day_of(at),
        status_at=at,
        age_reason=reason,
        via=via,
        booked_at=at,
        booked_by=by,
        mandate=mandate,
        **checked_answers(kind, answers),
    )
    insert_series(series)
    record_request(series, at, by)
    row = SeriesDate(community_id=series.community_id, series=series, week=monday_of(first), day=first)
    asked = Asked(kind, resident, mandate, answers, via, at, by, reason)
    set_booked(row, book_date(series, asked, first), at)
    lay_out_days(series, [], at)
    tell_of_series(series, "care_series_asked", at)
    return series


def record_request(series: CareSeries, at: dt.datetime, by: User) -> None:
    record(
        verb="series_asked",
        subject=series,
        community=series.community_id,
        at=at,
        actor=by,
        after=series.status,
        via=series.via,
        **mandate_details(series.mandate),
    )


def first_day_of(kind: CareKind, slot: CareSlot | None, day: dt.date | None) -> dt.date:
    if slot is not None:
        if slot.kind_id != kind.pk:
            raise ValidationError(_("This time is for another kind of care."), code="wrong_slot")
        return slot.day
    if kind.way == Arrangement.BOOKING:
        raise ValidationError(_("Choose a time."), code="slot_missing")
    if day is None:
        raise ValidationError(_("Choose the first day of the series."), code="day_missing")
    return day


def refuse_bad_rhythm(rhythm: Rhythm, first: dt.date) -> None:
    if not 1 <= rhythm.every <= MOST_WEEKS:
        raise ValidationError(_("Every week, or every two to four weeks."), code="series_rhythm")
    if rhythm.last_day < first + rhythm.every * 7 * ONE_DAY:
        raise ValidationError(
            _("Until that day it would come once only. Choose a later last day."), code="series_too_short"
        )
    if rhythm.last_day > first + LONGEST:
        raise ValidationError(
            _("A series lasts a year at most. After that we ask again."), code="series_too_long"
        )


def insert_series(series: CareSeries) -> None:
    try:
        with transaction.atomic():
            series.save(force_insert=True)
    except IntegrityError as clash:
        raise already_series_error() from clash


def already_series_error() -> ValidationError:
    return ValidationError(
        _("This care already comes to this person on that weekday."), code="already_series"
    )


@transaction.atomic
def confirm_series(*, series: CareSeries, at: dt.datetime, by: User) -> CareSeries:
    """Confirm it with all its dates that wait to be confirmed; the elder is told once.

    Refuses: already_running, not_possible.
    """
    lock_series(series)
    change_status(
        series, verb="series_confirmed", allowed=[Status.REQUESTED], to=Status.RUNNING, at=at, by=by
    )
    rows = CareBooking.objects.filter(series_date__series=series, status=CareBooking.Status.REQUESTED)
    for booking in rows.order_by("pk"):
        change_status(
            booking,
            verb="care_confirmed",
            allowed=[CareBooking.Status.REQUESTED],
            to=CareBooking.Status.CONFIRMED,
            at=at,
            by=by,
        )
    tell_of_series(series, "care_series_confirmed", at, once=at.isoformat())
    return series


def lock_series(series: CareSeries) -> None:
    """Until this transaction ends nobody else changes it, and no date is laid out; as it is then."""
    list(CareSeries.objects.select_for_update(no_key=True).filter(pk=series.pk).values_list("pk"))
    series.refresh_from_db(
        fields=["status", "weekday", "starts", "last_day", "building", "door", "address_on"]
    )


def lay_out_series(*, community: Community, at: dt.datetime) -> int:
    """Book the dates of all series that came within reach; returns the number of new dates.

    Three queries where there is nothing to do. Two machines at once make each date once.
    """
    today = day_of(at)
    live = CareSeries.objects.live().filter(community=community).select_related("kind")
    made = 0
    for series in live.prefetch_related("pauses", "dates").order_by("pk"):
        if missing_days(series, list(series.pauses.all()), {each.week for each in series.dates.all()}, today):
            made += lay_out_one(series.pk, at)
    return made


@transaction.atomic
def lay_out_one(pk: int, at: dt.datetime) -> int:
    series = CareSeries.objects.shown().get(pk=pk)
    lock_series(series)
    return lay_out_days(series, list(series.pauses.all()), at) if series.is_live else 0


def lay_out_days(series: CareSeries, pauses: Sequence[SeriesPause], at: dt.datetime) -> int:
    """Of a series that is locked."""
    weeks = set(series.dates.values_list("week", flat=True))
    days = missing_days(series, pauses, weeks, day_of(at))
    for day in days:
        row = SeriesDate(community_id=series.community_id, series=series, week=monday_of(day), day=day)
        fill_date(row, at)
    return len(days)


def missing_days(
    series: CareSeries, pauses: Sequence[SeriesPause], weeks: set[dt.date], today: dt.date
) -> list[dt.date]:
    """Within reach of the bookings of its kind, in weeks of which nothing is known yet."""
    reach = today + series.kind.days_ahead * ONE_DAY
    return [day for day in series.days(today, reach, pauses) if monday_of(day) not in weeks]


def fill_date(row: SeriesDate, at: dt.datetime) -> None:
    """Book it, or let it wait for the coordinator with the reason."""
    try:
        with transaction.atomic():
            set_booked(row, try_date(row, at), at)
    except ValidationError as refusal:
        row.status, row.status_at, row.cause = DateStatus.WAITING, at, str(refusal.code)
        row.save()


def try_date(row: SeriesDate, at: dt.datetime, slot: CareSlot | None = None) -> CareBooking:
    """Refuses: as `book_slot` and `request_care`, and no_time (none begins then), moved_home."""
    series = row.series
    kind, resident = series.kind, series.resident
    refuse_gone(resident)
    refuse_moved_home(series)
    refuse_not_bookable(kind, Arrangement.BOOKING if series.starts else Arrangement.REQUEST)
    reason = refuse_unfit_person(kind, resident, via=series.via, at=at, reason=series.age_reason)
    answers = Answers(series.needs, series.conditions, series.note, series.building, series.door)
    by: Any = series.booked_by
    asked = Asked(kind, resident, series.mandate, answers, series.via, at, by, reason)
    return book_date(series, asked, row.day, slot)


def book_date(series: CareSeries, asked: Asked, day: dt.date, slot: CareSlot | None = None) -> CareBooking:
    """Of a confirmed series it is confirmed."""
    is_confirmed = series.status == Status.RUNNING
    status = CareBooking.Status.CONFIRMED if is_confirmed else CareBooking.Status.REQUESTED
    made = {"status": status, "series": series.pk}
    if series.starts:
        return book_place(asked, slot or slot_of(series, day, asked.at), **made)
    refuse_past(day, asked.at)
    refuse_closed_day(asked.kind, day, asked.at)
    return book_day(asked, day, **made)


def slot_of(series: CareSeries, day: dt.date, at: dt.datetime) -> CareSlot:
    starts_at = dt.datetime.combine(day, series.starts or dt.time(), tzinfo=SHANGHAI)
    rows = CareSlot.objects.select_related("kind").filter(kind=series.kind_id, starts_at=starts_at)
    found: CareSlot | None = rows.first()
    if found is None or not found.is_open:
        refuse_closed_day(series.kind, day, at)
    if found is None:
        raise ValidationError(_("No time of this care begins then."), code="no_time")
    return found


def refuse_moved_home(series: CareSeries) -> None:
    """Somebody would come to the old address."""
    if series.building_id is None:
        return
    later = Q(moved_in_on__gt=series.address_on) | Q(moved_out_on__gt=series.address_on)
    if Residence.objects.filter(later, resident=series.resident_id).exists():
        raise ValidationError(
            _("The elder has moved since the address was given. Enter the new one."), code="moved_home"
        )


def set_booked(row: SeriesDate, booking: CareBooking, at: dt.datetime) -> None:
    row.status, row.status_at, row.booking, row.cause = DateStatus.BOOKED, at, booking, ""
    row.save()


def finish_series(*, at: dt.datetime) -> int:
    """End the series whose last day is over, and give up dates that waited in vain; returns their number."""
    today = day_of(at)
    vain = SeriesDate.objects.waiting().filter(day__lt=today)
    number = vain.update(status=DateStatus.SKIPPED, status_at=at)
    over = CareSeries.objects.live().filter(last_day__lt=today)
    for series in over.select_related("mandate").order_by("pk"):
        with transaction.atomic():
            lock_series(series)
            if series.is_live and series.last_day < today:
                change_status(
                    series, verb="series_over", allowed=CareSeries.LIVE, to=Status.ENDED, at=at, by=None
                )
                number += 1
    return number
