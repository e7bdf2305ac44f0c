"""Reminders of visits to the nursery."""

import datetime as dt

from django.db.models import Q

from childcare.actions.visit_rules import VISITS
from childcare.models import NurseryVisit
from circle.booking.changes import remind
from circle.booking.reminders import due_reminders


def send_visit_reminders(*, at: dt.datetime) -> int:
    """Of tomorrow's, and of today's where the eve was missed; their number.

    Once each, and not of what was made or moved on the eve or later.
    """
    due = Q()
    for day, arranged_before in due_reminders(at):
        due |= Q(day=day, status_at__lt=arranged_before)
    rows = NurseryVisit.objects.live().filter(
        due, slot__starts_at__gt=at, reminded_at=None, resident__died_on=None
    )
    rows = rows.exclude(NurseryVisit.stranded_at(at)).select_related(
        "community", "resident__login", "mandate", "slot", "plan__facility"
    )
    return sum(remind(VISITS, visit, at) for visit in rows)
