"""Receivers of circle's signals."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from circle.backoffice.closure_warnings import closure_warning, rows_warning
from circle.booking.changes import lock_together
from circle.models import Alarm, Closure, Community, Consent, Facility, Resident, User, Via
from circle.signals import alarm_closed, consent_withdrawn, facility_closed, resident_died, timetable_changed
from eldercare.actions import (
    cancel_booking,
    cancel_enrolment,
    end_agreement,
    forget_answers,
    lay_out_sessions,
    lay_out_slots,
    leave_class_line,
    settle_not_home,
)
from eldercare.actions.alarms import bookings_of_alarm
from eldercare.actions.answers import CONSENT
from eldercare.actions.canteen import cancel_meals_of_dead, end_standing_of_dead
from eldercare.actions.care_rules import CARE
from eldercare.actions.series_changes import close_series_of, forget_series_answers, with_health_answers
from eldercare.actions.visit_news import NEWS, drop_news
from eldercare.models import (
    CareBooking,
    CareSeries,
    ClassWaiting,
    DayAgreement,
    Enrolment,
    MealOrder,
    MealProfile,
    SchoolClass,
)


@receiver(facility_closed)
def handle_facility_closure(*, closure: Closure, at: dt.datetime, **kwargs: Any) -> tuple[str, str] | None:
    """Close the times of these days; the number already booked goes back to who entered the closure."""
    lay_out_slots(community=closure.facility.community, at=at)
    for school_class in (
        SchoolClass.objects.current(localdate(at)).shown().filter(facility=closure.facility_id)
    ):
        lay_out_sessions(school_class=school_class, at=at)
    coming = Q(slot__starts_at__gt=at) | Q(slot=None, day__gte=localdate(at))
    hit = CareBooking.objects.live().filter(coming, kind__facility=closure.facility_id)
    return closure_warning(hit, closure, closure_words, stranded_list())


@receiver(facility_closed)
def handle_canteen_closure(*, closure: Closure, at: dt.datetime, **kwargs: Any) -> tuple[str, str] | None:
    """The number of meals ordered for these days goes back to who entered the closure."""
    hit = MealOrder.objects.to_come(localdate(at)).filter(dish__menu__facility=closure.facility_id)
    whole_days = hit if closure.from_time is None else hit.none()
    return closure_warning(whole_days, closure, closed_meal_words, stranded_meals())


def closed_meal_words(count: int) -> str:
    return ngettext(
        "%(count)s meal is ordered for these days: call it off.",
        "%(count)s meals are ordered for these days: call them off.",
        count,
    )


def stranded_meals() -> str:
    return reverse("admin:eldercare_mealorder_changelist", query={"attention": "closed"})


def closure_words(count: int) -> str:
    return ngettext(
        "%(count)s care booking falls into this closure: call it off.",
        "%(count)s care bookings fall into this closure: call them off.",
        count,
    )


@receiver(timetable_changed)
def handle_timetable_change(
    *, facility: Facility | None, at: dt.datetime, **kwargs: Any
) -> tuple[str, str] | None:
    """Lay the times out anew; returns a warning with the number of bookings whose time is now closed."""
    for community in [facility.community] if facility else Community.objects.all():
        lay_out_slots(community=community, at=at)
    stranded = CareBooking.objects.stranded(at)
    rows = stranded.filter(kind__facility=facility) if facility else stranded
    return rows_warning(rows, timetable_words, stranded_list())


def timetable_words(count: int) -> str:
    return ngettext(
        "%(count)s care booking is for a time that is closed: call it off.",
        "%(count)s care bookings are for times that are closed: call them off.",
        count,
    )


def stranded_list() -> str:
    return f"{reverse('admin:eldercare_carebooking_changelist')}?attention=stranded"


@receiver(resident_died)
def handle_resident_death(*, resident: Resident, at: dt.datetime, by: User, **kwargs: Any) -> None:
    """Cancel what was still to come for this resident; care that has begun waits for its outcome."""
    close_series_of(CareSeries.objects.filter(resident=resident), at, by)
    for agreement in DayAgreement.objects.live().filter(resident=resident):
        end_agreement(agreement=agreement, at=at, by=by)
    coming = CareBooking.objects.to_come().shown().filter(resident=resident)
    for booking in lock_together(CARE, coming):
        cancel_booking(booking=booking, at=at, via=Via.WINDOW, by=by)
    end_standing_of_dead(resident=resident.pk, at=at, by=by)
    cancel_meals_of_dead(resident=resident.pk, at=at, by=by, today=localdate(at))
    for enrolment in Enrolment.objects.live().shown().filter(resident=resident).order_by("school_class_id"):
        cancel_enrolment(enrolment=enrolment, at=at, via=Via.WINDOW, by=by)
    for row in ClassWaiting.objects.live().shown().filter(resident=resident).order_by("school_class_id"):
        leave_class_line(row=row, at=at, via=Via.WINDOW, by=by)


@receiver(alarm_closed)
def handle_alarm_closed(*, alarm: Alarm, at: dt.datetime, by: User, words: str, **kwargs: Any) -> None:
    """Whoever closes the alarm says how the elder is: that settles the visits that raised it."""
    for booking in bookings_of_alarm(alarm):
        settle_not_home(booking=booking, at=at, by=by, outcome=words)


@receiver(consent_withdrawn)
def handle_consent_withdrawal(*, consent: Consent, at: dt.datetime, by: User, **kwargs: Any) -> None:
    """Wipe the health answers, and cancel the care that would not be safe without them.

    Where a relative was to get a line after each visit, none that waits is sent.
    """
    if consent.purpose == NEWS:
        drop_news(consent)
    if consent.purpose != CONSENT:
        return
    series = CareSeries.objects.filter(resident=consent.resident)
    close_series_of(with_health_answers(series), at, by)
    forget_series_answers(series)
    MealProfile.objects.filter(resident=consent.resident).update(allergens=[])
    MealOrder.objects.filter(resident=consent.resident).update(eats_anyway=[])
    bookings = CareBooking.objects.filter(resident=consent.resident)
    coming = bookings.to_come().select_related("kind", "slot", "resident__login", "mandate__agent")
    for booking in lock_together(CARE, coming):
        if booking.needs or booking.conditions or booking.note:
            cancel_booking(booking=booking, via=Via.PHONE, at=at, by=by)
    forget_answers(bookings)
