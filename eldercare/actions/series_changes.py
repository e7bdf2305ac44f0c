"""A series is paused, gets another weekday or time, loses its later dates, or ends; the elder is told once.

Online a booking whose deadline is over stays as it is: whoever asks is told to phone.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.changes import lock_together
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.working_days import ONE_DAY, SHANGHAI
from circle.models import Mandate, User, Via
from circle.permissions.on_behalf import lock_mandate, mandate_details, mandate_to_represent
from circle.privacy.data_export import WIPED_TEXT
from eldercare.actions.bookings import cancel_booking, day_of, revoke_booking
from eldercare.actions.care_rules import CARE
from eldercare.actions.moving import move_booking, same_time_error
from eldercare.actions.series import (
    DateStatus,
    Status,
    already_series_error,
    fill_date,
    lay_out_days,
    lock_series,
    slot_of,
)
from eldercare.actions.series_words import noon, tell_of_series
from eldercare.models import CareBooking, CareSeries, SeriesDate, SeriesPause
from eldercare.models.bookings import TO_COME
from eldercare.models.series import CareSeriesQuerySet


def mandate_for_series(series: CareSeries, via: str, by: User, at: dt.datetime) -> Mandate | None:
    """Of who changes it online in the elder's name; locked.

    Refuses: not_allowed.
    """
    if via != Via.ONLINE:
        return None
    mandate = mandate_to_represent(by, series.resident, series.kind.scope_of(by, series.resident))
    lock_mandate(mandate, at)
    return mandate


def refuse_ended(series: CareSeries) -> None:
    if not series.is_live:
        raise ValidationError(
            _("That is not possible any more: it is %(status)s."),
            code="not_possible",
            params={"status": series.get_status_display()},
        )


@transaction.atomic
def end_series(
    *, series: CareSeries, at: dt.datetime, via: str, by: User, from_day: dt.date | None = None
) -> CareSeries:
    """End it at the elder's wish: all that is to come, or from that day on; what is booked then is cancelled.

    Refuses: not_allowed, not_possible.
    """
    mandate = mandate_for_series(series, via, by, at)
    lock_series(series)
    refuse_ended(series)
    first = max(from_day or day_of(at), day_of(at))
    details = {"via": via} | mandate_details(mandate)
    if first <= max(series.first_day, day_of(at)):
        change_status(
            series,
            verb="series_ended",
            allowed=CareSeries.LIVE,
            to=Status.ENDED,
            at=at,
            by=by,
            details=details,
        )
    elif first <= series.last_day:
        series.last_day, series.told_end_at = first - ONE_DAY, at
        series.save(update_fields=["last_day", "told_end_at"])
        record_change(series, "series_shortened", at, by, details)
    else:
        return series  # it comes on none of these days
    drop_dates(series, Q(day__gte=first), at, via=via, by=by)
    tell_of_series(series, "care_series_ended", at, once=at.isoformat())
    return series


@transaction.atomic
def revoke_series(*, series: CareSeries, at: dt.datetime, by: User, reason: str) -> CareSeries:
    """End it from our side, with all that is to come; the elder is told the reason.

    Refuses: reason_missing, reason_too_long, already_revoked, not_possible.
    """
    reason = checked_reason(reason)
    lock_series(series)
    change_status(
        series,
        verb="series_revoked",
        allowed=CareSeries.LIVE,
        to=Status.REVOKED,
        at=at,
        by=by,
        reason=reason,
    )
    for booking in coming_bookings(series, Q(day__gte=day_of(at)), at, via=Via.WINDOW):
        revoke_booking(booking=booking, at=at, by=by, reason=reason, is_told=False)
    give_up(series.dates.filter(day__gte=day_of(at)), at)
    tell_of_series(series, "care_series_revoked", at)
    return series


def close_series_of(rows: CareSeriesQuerySet, at: dt.datetime, by: User) -> None:
    """Of somebody who died or withdrew the consent; the bookings are cancelled by the caller."""
    for series in rows.live().shown().order_by("pk"):
        lock_series(series)
        if series.is_live:
            change_status(series, verb="series_ended", allowed=CareSeries.LIVE, to=Status.ENDED, at=at, by=by)
            give_up(series.dates.all(), at)


def with_health_answers(rows: CareSeriesQuerySet) -> CareSeriesQuerySet:
    return rows.exclude(needs=[], conditions=[], note="")


def forget_series_answers(rows: "QuerySet[CareSeries]") -> None:
    """Wipe what was said about health; kind and days stay."""
    rows.update(needs=[], conditions=[], note="")
    rows.exclude(reason="").update(reason=WIPED_TEXT)
    rows.exclude(age_reason="").update(age_reason=WIPED_TEXT)
    SeriesDate.objects.filter(series__in=rows).exclude(reason="").update(reason=WIPED_TEXT)


def drop_dates(series: CareSeries, which: Q, at: dt.datetime, *, via: str, by: User) -> None:
    """Cancel what is booked on these dates, and give up those that wait; nobody is told of each."""
    for booking in coming_bookings(series, which, at, via=via):
        cancel_booking(booking=booking, at=at, via=via, by=by, is_told=False)
    give_up(series.dates.filter(which), at)


def give_up(dates: "QuerySet[SeriesDate]", at: dt.datetime) -> None:
    dates.filter(status=DateStatus.WAITING).update(status=DateStatus.SKIPPED, status_at=at)


def coming_bookings(series: CareSeries, which: Q, at: dt.datetime, *, via: str) -> list[CareBooking]:
    """To come and, online, not too late to be changed; locked in the one order of locks."""
    dates = series.dates.filter(which, booking__status__in=TO_COME).values("booking")
    own = CareBooking.objects.shown().select_related("mandate__agent", "resident__login").filter(pk__in=dates)
    locked = lock_together(CARE, own)
    return [row for row in locked if via != Via.ONLINE or at <= row.cancellable_until(at)]


@transaction.atomic
def pause_series(
    *, series: CareSeries, starts_on: dt.date, ends_on: dt.date, at: dt.datetime, via: str, by: User
) -> SeriesPause:
    """It does not come on these days, and comes again afterwards by itself. A second time changes nothing.

    Refuses: not_allowed, not_possible, pause_backwards, day_past.
    """
    mandate = mandate_for_series(series, via, by, at)
    lock_series(series)
    refuse_ended(series)
    if ends_on < starts_on:
        raise ValidationError(_("The last day comes before the first."), code="pause_backwards")
    if ends_on < day_of(at):
        raise ValidationError(_("This day is over. Please choose another."), code="day_past")
    pause, is_new = SeriesPause.objects.get_or_create(
        series=series,
        starts_on=starts_on,
        ends_on=ends_on,
        defaults={"community_id": series.community_id, "said_at": at, "said_by": by},
    )
    if not is_new:
        return pause
    first = max(starts_on, day_of(at))
    record_change(series, "series_paused", at, by, {"via": via, "pause": pause.pk} | mandate_details(mandate))
    for booking in coming_bookings(series, Q(booking__day__range=(first, ends_on)), at, via=via):
        cancel_booking(booking=booking, at=at, via=via, by=by, is_told=False)
        # As if it had not been laid out: where the pause ends early, it comes again.
        SeriesDate.objects.filter(booking=booking, day__range=(first, ends_on)).delete()
    series.dates.waiting().filter(day__range=(first, ends_on)).delete()
    pause_days: dict[str, Any] = {"from_at": noon(starts_on), "starts_at": noon(ends_on), "has_time": 0}
    tell_of_series(series, "care_series_paused", at, once=str(pause.pk), more=pause_days)
    return pause


@transaction.atomic
def resume_series(
    *, series: CareSeries, pause: SeriesPause, at: dt.datetime, via: str, by: User
) -> CareSeries:
    """End a pause before its last day; what comes from today on is booked again.

    Refuses: not_allowed, not_possible (also for a pause of another series).
    """
    mandate = mandate_for_series(series, via, by, at)
    lock_series(series)
    refuse_ended(series)
    if pause.series_id != series.pk:
        raise ValidationError(_("This pause is of another series."), code="not_possible")
    if pause.starts_on >= day_of(at):
        pause.delete()
    elif pause.ends_on >= day_of(at):
        pause.ends_on = day_of(at) - ONE_DAY
        pause.save(update_fields=["ends_on"])
    record_change(series, "series_resumed", at, by, {"via": via} | mandate_details(mandate))
    lay_out_days(series, list(series.pauses.all()), at)
    return series


@transaction.atomic
def move_series(
    *,
    series: CareSeries,
    weekday: int,
    at: dt.datetime,
    via: str,
    by: User,
    starts: dt.time | None = None,
    from_day: dt.date | None = None,
) -> CareSeries:
    """Another weekday or time, for all of it or from that day on; each date moves within its week.

    What was moved alone stays where it is. A date without a free time waits for the coordinator. Moved online
    it waits to be confirmed once more.
    Refuses: not_allowed, not_possible, same_slot, slot_missing, already_series.
    """
    mandate = mandate_for_series(series, via, by, at)
    lock_series(series)
    refuse_ended(series)
    if series.starts and starts is None:
        raise ValidationError(_("Choose a time."), code="slot_missing")
    if (weekday, starts) == (series.weekday, series.starts):
        raise same_time_error()
    first = max(from_day or day_of(at), day_of(at))
    moved = [row for row in series.dates.shown().filter(day__gte=first) if is_where_laid_out(row)]
    try:
        with transaction.atomic():
            change_status(
                series,
                verb="series_moved",
                allowed=CareSeries.LIVE,
                to=Status.REQUESTED if via == Via.ONLINE else Status.RUNNING,
                at=at,
                by=by,
                details={"via": via} | mandate_details(mandate),
                weekday=weekday,
                starts=starts,
                part=series.kind.part_of(moment_at(starts)),
            )
    except IntegrityError as clash:
        raise already_series_error() from clash
    lock_together(CARE, CareBooking.objects.shown().filter(series_date__in=moved))
    for row in moved:
        row.series = series
        move_date(row, at, via=via, by=by)
    tell_of_series(series, "care_series_moved", at, once=at.isoformat())
    return series


def moment_at(starts: dt.time | None) -> dt.datetime | None:
    """At this hour of any day."""
    return dt.datetime.combine(dt.date(2000, 1, 1), starts, tzinfo=SHANGHAI) if starts else None


def is_where_laid_out(row: SeriesDate) -> bool:
    """Waiting, or booked for the day of its series and still to come."""
    if row.booking is None:
        return bool(row.status == DateStatus.WAITING)
    return row.booking.status in TO_COME and row.booking.day == row.day


def move_date(row: SeriesDate, at: dt.datetime, *, via: str, by: User) -> None:
    """To the series' new weekday of the same week. One that would lie in the past stays."""
    series, booking = row.series, row.booking
    day = row.week + series.weekday * ONE_DAY
    if day <= day_of(at) or (booking and via == Via.ONLINE and at > booking.cancellable_until(at)):
        return
    row.day = day
    if booking is None:
        fill_date(row, at)
        return
    said: dict[str, Any] = {"booking": booking, "at": at, "via": via, "by": by, "is_told": False}
    try:
        with transaction.atomic():
            if booking.slot_id:
                move_booking(**said, slot=slot_of(series, day, at))
            else:
                move_booking(**said, day=day)
    except ValidationError as refusal:
        booking.refresh_from_db()
        cancel_booking(**said)
        row.booking, row.status, row.cause = None, DateStatus.WAITING, str(refusal.code)
    row.status_at = at
    row.save()


def record_change(
    series: CareSeries, verb: str, at: dt.datetime, by: User | None, details: dict[str, Any]
) -> None:
    record(verb=verb, subject=series, community=series.community_id, at=at, actor=by, **details)


def refuse_not_waiting(row: SeriesDate) -> None:
    if row.status != DateStatus.WAITING:
        raise ValidationError(_("This date does not wait any more."), code="not_possible")
