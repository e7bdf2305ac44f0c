"""Receivers of circle's signals: a place closes, a resident dies."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from circle.backoffice.closure_warnings import closure_warning
from circle.booking.changes import lock_together
from circle.models import Closure, Community, Facility, Resident, User, Via
from circle.signals import facility_closed, resident_died, timetable_changed
from services.actions import (
    cancel_booking,
    cancel_loan,
    end_entry,
    lay_out_slots,
    leave_line,
    withdraw_case,
)
from services.actions.hall_rules import HALL
from services.backoffice.stranded import stranded_warning
from services.models import AgencyCase, AidLoan, Booking, HallWaiting, RegisterEntry
from services.models.case_states import WITHDRAWABLE


@receiver(facility_closed)
def handle_facility_closure(*, closure: Closure, at: dt.datetime, **kwargs: Any) -> tuple[str, str] | None:
    """Close the slots of these days; returns a warning with the number of bookings that fall into them."""
    lay_out_slots(community=closure.facility.community, at=at)
    rows = Booking.objects.stranded(at).filter(slot__counter__facility=closure.facility_id)
    url = reverse("admin:services_booking_changelist")
    where = f"?attention=stranded&slot__counter__facility={closure.facility_id}"
    return closure_warning(rows, closure, closure_words, f"{url}{where}")


def closure_words(count: int) -> str:
    return ngettext(
        "%(count)s booking falls into this closure: move it or call it off.",
        "%(count)s bookings fall into this closure: move them or call them off.",
        count,
    )


@receiver(timetable_changed)
def handle_timetable_change(
    *, facility: Facility | None, at: dt.datetime, **kwargs: Any
) -> tuple[str, str] | None:
    """Lay the slots out anew; returns a warning with the number of bookings that no longer take place."""
    for community in [facility.community] if facility else Community.objects.all():
        lay_out_slots(community=community, at=at)
    bookings = Booking.objects.all()
    return stranded_warning(bookings.filter(slot__counter__facility=facility) if facility else bookings, at)


@receiver(resident_died)
def handle_resident_death(*, resident: Resident, at: dt.datetime, by: User, **kwargs: Any) -> None:
    """Withdraw their errands, cancel reservations and coming bookings; what began has its end as usual."""
    for entry in RegisterEntry.objects.live().filter(resident=resident):
        end_entry(entry=entry, reason=gettext("The person has died."), at=at, by=by)
    for case in AgencyCase.objects.filter(resident=resident, status__in=WITHDRAWABLE):
        withdraw_case(case=case, reason=gettext("The person has died."), via=Via.WINDOW, at=at, by=by)
    for loan in AidLoan.objects.reserved().filter(resident=resident).select_related("stock"):
        cancel_loan(loan=loan, via=Via.WINDOW, at=at, by=by)
    lines = HallWaiting.objects.live().shown().filter(resident=resident)
    lines = lines.select_for_update(no_key=True, of=("self",))
    coming = Booking.objects.shown().filter(
        resident=resident, status=Booking.Status.BOOKED, slot__starts_at__gte=at
    )
    offered = [row.slot for row in lines.filter(status=HallWaiting.Status.OFFERED).order_by("pk") if row.slot]
    bookings = lock_together(HALL, coming, *offered)
    for row in lines:
        leave_line(row=row, at=at, via=Via.WINDOW, by=by)
    for booking in bookings:
        cancel_booking(booking=booking, at=at, via=Via.WINDOW, by=by)
