"""Visits hit by a closure, by other hours or by a nursery that receives nobody: the hook `appointments`."""

import datetime as dt

from django.urls import reverse

from childcare.actions import move_to_next_time, revoke_visit
from childcare.models import NurseryVisit
from childcare.models.visits import CHANGE, VisitQuerySet
from circle.backoffice.row_actions import pass_row_as
from circle.booking.affected import Appointments
from circle.booking.change_rules import format_day_and_time


def visit_appointments() -> list[Appointments]:
    return [
        Appointments(
            name="nursery_visit",
            stranded=stranded_visits,
            describe=describe_visit,
            place_of=lambda visit: visit.plan.facility,
            starts_at=lambda visit: visit.starts_at,
            permission=CHANGE,
            queue=f"{reverse('admin:childcare_nurseryvisit_changelist')}?attention=stranded",
            call_off=pass_row_as("booking", revoke_visit),
            move=pass_row_as("booking", move_to_next_time),
        )
    ]


def stranded_visits(at: dt.datetime) -> VisitQuerySet:
    rows = NurseryVisit.objects.stranded(at).shown().order_by("slot__starts_at", "pk")
    return rows.select_related(
        "community", "plan__facility__community", "slot", "resident__login", "mandate__agent", "application"
    )


def describe_visit(visit: NurseryVisit) -> str:
    return f"{format_day_and_time(visit.starts_at)} · {visit.resident} · {visit.plan} · {visit.code}"
