"""What circle/booking/changes.py has to know about visits, and who may come when."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import guardians_of
from childcare.models import Application, NurseryVisit, VisitPlan, VisitSlot
from childcare.models.applications import HOLDING
from childcare.models.classes import OF_CLASS
from childcare.models.visits import CHANGE
from circle.booking.change_rules import Rules
from circle.models import Mandate, Resident, User, Via, within_posts
from circle.notifications import Value

KINDS = {"look": ("参观托育园", "visit to the nursery"), "trial": ("试托半天", "trial half-day")}


def visit_values(visit: NurseryVisit, reason: str = "") -> dict[str, Value]:
    """The values of every message about a visit; nothing of the child."""
    place = visit.plan.facility
    return {
        "code": visit.code,
        "kind": KINDS[visit.plan.kind],
        "place": (place.name_zh, place.name_en),
        "starts_at": visit.starts_at,
        "reason": reason,
        "phone": visit.community.phone,
    }


def scope_of(visit: NurseryVisit, by: User) -> str:
    return Mandate.Scope.CHILDCARE


def deadline_of(visit: NurseryVisit, via: str, at: dt.datetime) -> dt.datetime | None:
    """The plan's, online; staff change it until it has an outcome."""
    return visit.cancellable_until if via == Via.ONLINE else None


def clash_error(clash: IntegrityError) -> ValidationError:
    return ValidationError(_("A time is booked already. Move it, or cancel it first."), code="already_booked")


VISITS = Rules(
    prefix="nursery_visit",
    model=NurseryVisit,
    changeable=[NurseryVisit.Status.BOOKED],
    values=visit_values,
    scope=scope_of,
    deadline=deadline_of,
    clash=clash_error,
)


def check_plan(plan: VisitPlan, resident: Resident, via: str, by: User) -> None:
    """Refuses: other_community, not_bookable, other_head (staff of another nursery)."""
    if resident.community_id != plan.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    check_receiving(plan)
    own = VisitPlan.objects.filter(within_posts(by, CHANGE, places=OF_CLASS), pk=plan.pk)
    if via != Via.ONLINE and not own.exists():
        raise ValidationError(_("The times of this nursery are given by its own head."), code="other_head")


def check_receiving(plan: VisitPlan) -> None:
    """Refuses: not_bookable."""
    if not (plan.is_open and plan.facility.is_published):
        raise ValidationError(_("This nursery receives nobody at the moment."), code="not_bookable")


def check_trial(slot: VisitSlot, resident: Resident, application: Application | None) -> None:
    """A trial half-day is for a child that has been offered or holds a place there, before its first day.

    Refuses: not_for_trial (a child named for a mere visit), trial_without_place, not_your_child,
    trial_too_late.
    """
    if slot.plan.kind != VisitPlan.Kind.TRIAL:
        if application:
            raise ValidationError(_("This is no time for a trial half-day."), code="not_for_trial")
        return
    stay = first_stay(application, slot.plan) if application else None
    if application is None or stay is None:
        raise ValidationError(
            _("A trial half-day can be booked once a place in this nursery is offered to your child."),
            code="trial_without_place",
        )
    if resident != application.guardian and not guardians_of(application.child).filter(pk=resident.pk):
        raise ValidationError(_("This person is not a guardian of the child."), code="not_your_child")
    if slot.day >= stay:
        raise ValidationError(
            _("From its first day on the child comes as usual. Please choose an earlier time."),
            code="trial_too_late",
        )


def first_stay(application: Application, plan: VisitPlan) -> dt.date | None:
    """The first day of the child's place in this nursery; None where it was given up, or is elsewhere."""
    if application.status not in HOLDING:
        return None
    stays = application.stays.booked().filter(nursery_class__facility=plan.facility_id)
    return stays.order_by("starts_on").values_list("starts_on", flat=True).first()
