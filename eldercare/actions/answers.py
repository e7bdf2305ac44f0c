"""The answers given before a booking, and their checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from circle.models import Building
from circle.privacy.data_export import WIPED_TEXT
from eldercare.models import CareBooking, CareCheck, CareKind, CareQuestion, DrawnSignature, ServiceRecord
from eldercare.models.bookings import NOTE_LENGTH

DOOR_LENGTH = 20
CONSENT = "care_health"


@dataclass(frozen=True)
class Answers:
    """Codes of the ticked needs and of the conditions that hold, a note, and the address."""

    needs: Sequence[str] = ()
    conditions: Sequence[str] = ()
    note: str = ""
    building: Building | None = None
    door: str = ""
    consents: bool = False  # to the storage of these answers


def has_health_answers(answers: Answers) -> bool:
    """Whether anything here may say something about the elder's health."""
    return bool(answers.conditions or answers.needs or answers.note.strip())


def forget_answers(bookings: QuerySet[CareBooking]) -> None:
    """Wipe what was said about health; kind, time and outcome stay."""
    bookings.update(needs=[], conditions=[], note="")
    CareCheck.objects.filter(booking__in=bookings).update(
        systolic=None, diastolic=None, pulse=None, temperature=None, conditions=[]
    )
    records = ServiceRecord.objects.filter(booking__in=bookings)
    records.update(done=[])
    records.exclude(reason="").update(reason=WIPED_TEXT)
    records.exclude(dispute="").update(dispute=WIPED_TEXT)
    bookings.exclude(reason="").update(reason=WIPED_TEXT)
    bookings.exclude(age_reason="").update(age_reason=WIPED_TEXT)
    bookings.exclude(outcome="").update(outcome=WIPED_TEXT)


def forget_signatures(bookings: "QuerySet[CareBooking]") -> None:
    """The pictures of what was drawn; that it was signed stays."""
    DrawnSignature.objects.filter(record__booking__in=bookings).delete()


def checked_answers(kind: CareKind, answers: Answers) -> dict[str, Any]:
    """The columns of a booking that store the answers.

    Refuses: need_unknown, precondition (a condition does not hold, or was not answered), note_too_long,
    other_community (the building stands elsewhere), address_missing (see `needs_address`).
    """
    asked: dict[str, set[str]] = {sort: set() for sort in CareQuestion.Sort.values}
    before = kind.questions.filter(is_active=True, moment=CareQuestion.Moment.BOOKING)
    for sort, code in before.values_list("sort", "code"):
        asked[sort].add(code)
    if set(answers.needs) - asked[CareQuestion.Sort.NEED]:
        raise ValidationError(_("This is not asked for this kind of care."), code="need_unknown")
    if asked[CareQuestion.Sort.CONDITION] - set(answers.conditions):
        raise ValidationError(
            _("It would not be safe like this. Please phone %(phone)s: together we find another way."),
            code="precondition",
            params={"phone": kind.community.phone},
        )
    note = " ".join(answers.note.split())
    if len(note) > NOTE_LENGTH:
        raise ValidationError(
            _("Say it in at most %(length)s characters."),
            code="note_too_long",
            params={"length": NOTE_LENGTH},
        )
    return {
        "needs": sorted(answers.needs),
        "conditions": sorted(asked[CareQuestion.Sort.CONDITION]),
        "note": note,
    } | (checked_address(kind, answers) if needs_address(kind, answers) else {})


def needs_address(kind: CareKind, answers: Answers) -> bool:
    """Care at home does, and a need such as a meal that is brought home."""
    return kind.is_at_home or kind.questions.filter(asks_address=True, code__in=answers.needs).exists()


def checked_address(kind: CareKind, answers: Answers) -> dict[str, Any]:
    door = " ".join(answers.door.split())[:DOOR_LENGTH]
    if answers.building is None or not door:
        raise ValidationError(_("Say where we are to come: building and door."), code="address_missing")
    if answers.building.community_id != kind.community_id:
        raise ValidationError(_("This building stands in another community."), code="other_community")
    return {"building": answers.building, "door": door}
