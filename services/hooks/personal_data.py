"""Personal data of the hall: why it is stored, what is exported, and what is erased.

The hooks `purposes`, `personal_data` and `erasure`.
"""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import ErasurePlan, Section, anonymise_bookings, build_section
from circle.privacy.purposes import Basis, Purpose
from services.models import Booking


def hall_purposes() -> list[Purpose]:
    return [
        Purpose(
            code="bookings",
            title=_("Bookings at the one-stop hall"),
            why=_("To keep a time for you, to call you up and to count how many come."),
            what=_("Service item, time, who booked in whose name, what became of it."),
            basis=Basis.ASKED,
            columns={"services.Booking": ["resident", "booked_by", "mandate", "reason", "age_reason"]},
            ends=_("after the day of the booking; then it no longer names you"),
            rule="retention_bookings",
            stale=old_bookings,
            forget=anonymise_rows,
        )
    ]


def old_bookings(community: int, before: dt.datetime) -> QuerySet[Booking]:
    return Booking.objects.over_with_name(community).filter(day__lt=before.date())


def anonymise_rows(bookings: QuerySet[Booking], at: dt.datetime) -> int:
    return anonymise_bookings(bookings, reason="", age_reason="")


def personal_data(people: Sequence[Resident]) -> list[Section]:
    rows = Booking.objects.filter(resident__in=people).shown().select_related("community", "booked_by")
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "code": _("booking code"),
        "item.name": _("service item"),
        "slot.starts_at": _("time"),
        "status": _("status"),
        "via": _("made"),
        "booked_at": _("made at"),
        "reason": _("reason"),
        "age_reason": _("why outside the ages"),
    }
    return [build_section("bookings", _("Bookings at the one-stop hall"), rows, labels)]


def plan_erasure(resident: Resident) -> ErasurePlan:
    bookings = Booking.objects.filter(resident=resident)
    return ErasurePlan(
        open_matters=[_("a booking at the hall")] * bookings.live().exists(),
        wipe=partial(wipe_personal_data, resident),
    )


def wipe_personal_data(resident: Resident, at: dt.datetime) -> None:
    Booking.objects.filter(resident=resident).update(reason="", age_reason="")
