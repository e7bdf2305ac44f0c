"""Looking in on an elder: what was found, and the duties that it fulfils."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.actions import raise_alarm
from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.calendar.legal_parameters import rule_value
from circle.models import Alarm, Resident, User
from eldercare.actions.duties import DUTY_RULE
from eldercare.actions.visit_news import SAID, tell_relatives
from eldercare.models import Visit, VisitDuty
from eldercare.models.duties import looked_after_by
from eldercare.models.visits import NOTE_LENGTH

TRIES = 2  # times that nobody opened, until an alarm is raised


@dataclass(frozen=True)
class Found:
    """What somebody found who looked in."""

    outcome: str
    method: str = Visit.Method.SEEN
    note: str = ""


@transaction.atomic
def record_visit(*, resident: Resident, found: Found, at: dt.datetime, by: User) -> Visit:
    """Enter a look at an elder. Who was met is looked after: every duty of this time is done.

    Nobody there: the duty stays; the second time in one duty raises an alarm.
    Refuses: not_yours (no post, and not among the people of a volunteer), reason_missing, reason_too_long
    (what is needed), not_living.
    """
    if resident.died_on or resident.merged_into_id or resident.erased_at:
        raise ValidationError(_("This person is not looked after any more."), code="not_living")
    refuse_not_yours(resident, by)
    duties = VisitDuty.objects.due().filter(resident=resident, starts_on__lte=localdate(at), due_at__gt=at)
    visit = Visit.objects.create(
        community_id=resident.community_id,
        resident=resident,
        duty=duties.order_by("due_at").first(),
        by=by,
        at=at,
        method=found.method,
        outcome=found.outcome,
        note=checked_note(found),
        minutes=rule_value(DUTY_RULE, "minutes", on=localdate(at)),
    )
    record(
        verb="elder_visited",
        subject=visit,
        community=visit.community_id,
        at=at,
        actor=by,
        outcome=found.outcome,
        method=found.method,
    )
    if found.outcome == Visit.Outcome.NOT_HOME:
        raise_after_tries(visit)
    else:
        duties.update(status=VisitDuty.Status.DONE, done_at=at)
    tell_relatives(resident, SAID[Visit.Outcome(found.outcome)], at, f"visit:{visit.pk}")
    return visit


def checked_note(found: Found) -> str:
    if found.outcome == Visit.Outcome.NEEDS or found.note.strip():
        return checked_reason(found.note, NOTE_LENGTH)
    return ""


def refuse_not_yours(resident: Resident, by: User) -> None:
    if not Resident.objects.filter(looked_after_by(by), pk=resident.pk).exists():
        raise ValidationError(_("This person is not among yours."), code="not_yours")


def raise_after_tries(visit: Visit) -> None:
    """Of one duty; of looks without a duty, those of the same day."""
    tries = Visit.objects.filter(resident=visit.resident_id, outcome=Visit.Outcome.NOT_HOME)
    same = tries.filter(duty=visit.duty_id) if visit.duty_id else tries.filter(at__date=localdate(visit.at))
    if same.count() >= TRIES:
        raise_alarm(
            resident=visit.resident, source=Alarm.Source.NOT_HOME, at=visit.at, by=visit.by, subject=visit
        )
