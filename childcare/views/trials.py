"""The trial half-day of a child, on the page of its application."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from childcare.models import NurseryVisit, VisitPlan
from childcare.models.applications import HOLDING, ApplicationQuerySet
from circle.models import User


def with_trial(applications: ApplicationQuerySet, user: User) -> ApplicationQuerySet:
    """`trial_at_nursery`: the code of the one where half a day can be tried; `trial_for`: when the one begins
    that is booked; `trial_code`: its code, empty where this login may not open it, as the other parent booked
    it. In the query of the application itself."""
    plans = VisitPlan.objects.receiving().filter(
        facility=OuterRef("offer__nursery_class__facility"), kind=VisitPlan.Kind.TRIAL
    )
    booked = NurseryVisit.objects.live().filter(application=OuterRef("pk"))
    return applications.annotate(
        trial_at_nursery=Subquery(plans.values("facility__code")[:1]),
        trial_code=Subquery(booked.mine(user).values("code")[:1]),
        trial_for=Subquery(booked.values("slot__starts_at")[:1]),
    )


def can_try(application: Any) -> bool:
    """Of a row of `with_trial`: before the first day, where one is booked or can be."""
    is_before = application.status in HOLDING and application.offer.starts_on > localdate()
    return is_before and bool(application.trial_for or application.trial_at_nursery)
