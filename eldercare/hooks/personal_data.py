"""Personal data of elder care: export, retention and erasure.

The hooks `purposes`, `personal_data` and `erasure`.
"""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.images.drawings import png_uri
from circle.models import Resident
from circle.privacy.data_export import (
    ErasurePlan,
    RetentionReason,
    Section,
    anonymise_bookings,
    build_section,
)
from circle.privacy.purposes import Basis, Purpose
from eldercare.actions import forget_answers
from eldercare.actions.answers import CONSENT, forget_signatures
from eldercare.hooks.day_care_data import DAY_CARE, day_care_sections, wipe_day_care
from eldercare.hooks.meal_data import MEAL_PURPOSES, has_open_meals, meal_sections, wipe_meals
from eldercare.hooks.right_data import RIGHT_PURPOSES, right_sections, wipe_right_data
from eldercare.hooks.school_data import SCHOOL_PURPOSES, has_open_classes, school_sections
from eldercare.hooks.series_data import SERIES, series_sections, wipe_series_data
from eldercare.hooks.visit_data import VISIT_PURPOSES, visit_sections, wipe_visit_data
from eldercare.models import CareBooking, CareCheck, CareSeries, ServiceRecord


def old_bookings(community: int, before: dt.datetime) -> QuerySet[CareBooking]:
    return CareBooking.objects.over_with_name(community).filter(status_at__lt=before)


def anonymise_rows(bookings: QuerySet[CareBooking], at: dt.datetime) -> int:
    """The rows stay for the figures, without person, address and answers."""
    forget_answers(bookings)
    forget_signatures(bookings)
    bookings.update(building=None)
    return anonymise_bookings(bookings, door="")


def personal_data(people: Sequence[Resident]) -> list[Section]:
    rows = CareBooking.objects.filter(resident__in=people).shown().prefetch_related("kind__questions")
    labels = {
        "resident.name": pgettext_lazy("of a person", "name"),
        "code": _("booking code"),
        "kind.name": _("kind of care"),
        "day": _("day"),
        "starts_at": _("from"),
        "needs": _("needs"),
        "conditions": _("conditions that hold"),
        "note": _("note"),
        "building": _("building"),
        "door": _("entrance and door"),
        "assigned_to": _("assigned to"),
        "assistant": _("second carer"),
        "status": _("status"),
        "began_at": _("began at"),
        "home_by": _("home by"),
        "outcome": _("what was found"),
        "reason": _("reason"),
        "age_reason": _("why outside the ages"),
        "booked_at": _("made at"),
    }
    return [
        build_section("care", _("Elder care"), rows, labels),
        build_checks(people),
        build_records(people),
        *series_sections(people),
        *day_care_sections(people),
        *visit_sections(people),
        *school_sections(people),
        *meal_sections(people),
        *right_sections(people),
    ]


def build_checks(people: Sequence[Resident]) -> Section:
    rows = CareCheck.objects.filter(booking__resident__in=people).select_related(
        "booking__resident", "taken_by"
    )
    labels = {
        "booking.resident.name": pgettext_lazy("of a person", "name"),
        "booking.code": _("booking code"),
        "taken_at": _("taken at"),
        "taken_by": _("taken by"),
        "systolic": _("upper blood pressure, mmHg"),
        "diastolic": _("lower blood pressure, mmHg"),
        "pulse": _("pulse, beats per minute"),
        "temperature": _("temperature, °C"),
        "conditions": _("conditions that hold"),
        "is_passed": _("passed"),
    }
    return build_section("care_checks", _("Checks before elder care"), rows, labels)


def build_records(people: Sequence[Resident]) -> Section:
    own = ServiceRecord.objects.filter(booking__resident__in=people)
    rows = own.select_related("booking__resident", "drawing")
    labels = {
        "booking.resident.name": pgettext_lazy("of a person", "name"),
        "booking.code": _("booking code"),
        "began_at": _("began at"),
        "ended_at": _("ended at"),
        "done": _("what was done"),
        "signature": _("the elder's word"),
        "drawn": _("drawn signature"),
        "signed_at": _("agreed at"),
        "reason": _("reason"),
        "disputed_at": _("disputed at"),
        "dispute": _("what the elder disputes"),
    }
    return build_section("care_records", _("Records of elder care"), rows, labels, {"drawn": drawn_uri})


def drawn_uri(found: ServiceRecord) -> str:
    return png_uri(found.drawing.image) if hasattr(found, "drawing") else ""


def plan_erasure(resident: Resident) -> ErasurePlan:
    bookings = CareBooking.objects.filter(resident=resident)
    waits = bookings.live().exists() or bookings.nobody_home().exists()
    waits = waits or CareSeries.objects.live().filter(resident=resident).exists()
    return ErasurePlan(
        open_matters=[_("elder care that is arranged or not settled")] * waits
        + [_("a class of the senior school")] * has_open_classes(resident)
        + [_("meals that are ordered")] * has_open_meals(resident),
        holds=[RetentionReason("care_counts", _("That care was given stays as a number, without you."))]
        * bookings.exists(),
        wipe=partial(wipe_personal_data, resident),
    )


def wipe_personal_data(resident: Resident, at: dt.datetime) -> None:
    bookings = CareBooking.objects.filter(resident=resident)
    forget_answers(bookings)
    forget_signatures(bookings)
    bookings.update(building=None, door="")
    wipe_series_data(resident)
    wipe_day_care(resident, at)
    wipe_visit_data(resident, at)
    wipe_right_data(resident)
    wipe_meals(resident)


CARE = Purpose(
    code="care",
    title=_("Elder care"),
    why=_("To come to the right door at the right time, and to look after whoever does not open."),
    what=_(
        "Kind of care, time, building and door, who booked in whose name, who came, how it ended, and what "
        "you signed; the drawn signature is seen by who coordinates the care, and each look is recorded."
    ),
    basis=Basis.ASKED,
    columns={
        "eldercare.CareBooking": [
            "resident", "building", "door", "booked_by", "mandate", "reason", "age_reason", "outcome",
        ],
        "eldercare.ServiceRecord": ["done", "reason", "dispute"],
        "eldercare.DrawnSignature": ["image"],
        "circle.Busy": ["resident", "worker"],
    },
    ends=_("after the care has ended; then it no longer names you"),
    rule="retention_care",
    stale=old_bookings,
    forget=anonymise_rows,
)  # fmt: skip

HEALTH_ANSWERS = Purpose(
    code=CONSENT,
    title=_("Health answers before elder care"),
    why=_("So that a bath, a walk or a doctor's visit is safe, and whoever comes is ready for it."),
    what=_(
        "Which conditions hold, which needs were ticked, the note to whoever comes; before a bath blood "
        "pressure, pulse and temperature. What you must not eat."
    ),
    basis=Basis.CONSENT,
    columns={
        "eldercare.CareBooking": ["needs", "conditions", "note"],
        "eldercare.CareSeries": ["needs", "conditions", "note"],
        "eldercare.MealProfile": ["allergens"],
        "eldercare.CareCheck": ["systolic", "diastolic", "pulse", "temperature", "conditions"],
    },
    ends=_("after the care has ended; at once if the consent is withdrawn"),
    rule="retention_care",
    consent=_(
        "I agree that the elder-care station uses these health answers to prepare and give this "
        "care. I can withdraw this at any time."
    ),
    is_sensitive=True,
)


def care_purposes() -> list[Purpose]:
    return [
        CARE,
        SERIES,
        DAY_CARE,
        HEALTH_ANSWERS,
        *VISIT_PURPOSES,
        *SCHOOL_PURPOSES,
        *MEAL_PURPOSES,
        *RIGHT_PURPOSES,
    ]
