"""For whom a kind of care is meant beyond the age: from an ability grade on, or by staff's word."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import Resident, Via
from circle.permissions.age_bands import band_on, checked_exception, refuse_unsuited
from eldercare.models import CareBooking, CareKind, CareProfile


def is_eligible(kind: CareKind, person: Resident) -> bool:
    """Whoever was not assessed yet is not."""
    if not kind.min_grade:
        return True
    return CareProfile.objects.filter(resident=person, grade__gte=kind.min_grade).exists()


def refuse_ineligible(kind: CareKind, person: Resident, *, via: str, reason: str = "") -> str:
    """The reason for which staff make an exception; empty where the grade suffices.

    Refuses: not_eligible (online, or without a reason), reason_too_long.
    """
    if is_eligible(kind, person):
        return ""
    if via != Via.ONLINE and (said := checked_exception(reason)):
        return said
    raise ValidationError(
        _(
            "This is for people who were assessed with an ability grade of %(grade)s or more. Please phone "
            "%(phone)s: we assess it, or find another way."
        ),
        code="not_eligible",
        params={"grade": kind.min_grade, "phone": kind.community.phone},
    )


def refuse_unfit_person(kind: CareKind, person: Resident, *, via: str, at: dt.datetime, reason: str) -> str:
    """Age and grade; the reason of an exception from either.

    Refuses: not_for_age, not_eligible, reason_too_long.
    """
    by_age = refuse_unsuited(kind.age_bands, person, via=via, at=at, reason=reason)
    return refuse_ineligible(kind, person, via=via, reason=reason) or by_age


def exception_made(booking: CareBooking, day: dt.date) -> dict[str, str]:
    """The details for the audit record: the reason itself stands in the row."""
    if not booking.age_reason:
        return {}
    band = band_on(booking.kind.age_bands, day)
    return {"exception": "grade" if band is None or band.suits(booking.resident, day) else "age"}
