"""Trial half-days of a child, on the page of its application."""

from django.utils.timezone import localdate

from childcare.actions.visit_rules import first_stay
from childcare.models import Application, NurseryVisit, VisitPlan
from childcare.models.applications import HOLDING


def trial_plan_of(application: Application) -> VisitPlan | None:
    """Where a half-day can be tried before the first day; None without a place there."""
    group = application.offered_class
    if group is None or application.status not in HOLDING:
        return None
    plans = VisitPlan.objects.public(application.community)
    plan = plans.filter(facility=group.facility_id, kind=VisitPlan.Kind.TRIAL).first()
    first = first_stay(application, plan) if plan else None
    return plan if first and first > localdate() else None


def trials_of(application: Application) -> list[NurseryVisit]:
    """Booked, or past; the latest first."""
    if application.status not in HOLDING:
        return []
    rows = application.trials.exclude(status__in=NurseryVisit.FREED)
    return list(rows.select_related("plan__facility", "slot", "resident").latest_first())
