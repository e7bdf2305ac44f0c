"""What staff do with a booked visit: the table of actions, and a visit booked for a family on the phone."""

import datetime as dt
from functools import partial

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.models import Application, NurseryVisit, VisitPlan, VisitSlot
from childcare.models.applications import HOLDING
from childcare.models.visits import CHANGE
from circle.backoffice.row_actions import ReasonForm, RowAction, action_table, pass_row_as
from circle.booking.change_rules import format_day_and_time
from circle.models import Guardianship, Resident, User, Via, within_posts

Status = NurseryVisit.Status
on_visit = partial(pass_row_as, "booking")


def is_unrecorded(visit: NurseryVisit, at: dt.datetime) -> bool:
    return visit.status in (Status.BOOKED, Status.OVER) and visit.day <= localdate(at)


def has_begun(visit: NurseryVisit, at: dt.datetime) -> bool:
    return is_unrecorded(visit, at) and visit.starts_at <= at


def was_recorded_today(visit: NurseryVisit, at: dt.datetime) -> bool:
    is_recorded = visit.status in (Status.CAME, Status.NOT_COME)
    return is_recorded and localdate(visit.status_at) == localdate(at)


def is_to_come(visit: NurseryVisit, at: dt.datetime) -> bool:
    return visit.status == Status.BOOKED and visit.day >= localdate(at)


class VisitTimeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: VisitSlot) -> str:
        return f"{obj.plan.facility.name} · {obj.plan} · {format_day_and_time(obj.starts_at)}"


def times_of_posts(user: User, at: dt.datetime) -> "QuerySet[VisitSlot]":
    """With a place, of the nurseries of this login's posts."""
    own = within_posts(user, CHANGE, places=("plan__facility",))
    free = VisitSlot.objects.open().upcoming(at).with_places_left().filter(own, plan__is_open=True)
    return free.select_related("plan__facility").order_by("starts_at", "plan")


class MoveForm(forms.Form):
    """`row`: the visit that gets another time."""

    slot = VisitTimeField(VisitSlot.objects.none(), label=_("Time"), to_field_name="code")

    def __init__(self, *args: object, row: NurseryVisit, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        found = [slot.pk for slot in actions.times_to_move_to(row, timezone.now())]
        rows = VisitSlot.objects.filter(pk__in=found).select_related("plan__facility").order_by("starts_at")
        self.fields["slot"].queryset = rows  # type: ignore[attr-defined]


VISIT_ACTIONS = action_table(
    CHANGE,
    RowAction("came", _("They came"), on_visit(actions.record_arrival), is_unrecorded),
    RowAction("not_come", _("Did not come"), on_visit(actions.record_family_absence), has_begun),
    RowAction("undo", _("Take back"), on_visit(actions.undo_outcome), was_recorded_today),
    RowAction(
        "move",
        _("Another time"),
        on_visit(actions.move_visit, via=Via.PHONE),
        is_to_come,
        form=MoveForm,
        sentence=_("The family gets a message. The code stays the same."),
    ),
    RowAction(
        "cancel",
        _("Cancel at their wish"),
        on_visit(actions.cancel_visit, via=Via.PHONE),
        is_to_come,
        sentence=_("The time becomes free for another family."),
    ),
    RowAction(
        "revoke",
        _("Call it off"),
        on_visit(actions.revoke_visit),
        is_to_come,
        form=ReasonForm,
        sentence=_("The family gets a message with the reason. The time becomes free."),
    ),
)


def of_guardian(resident: Resident) -> Q:
    """Applications of this person, and of every child that they guard: the second parent as well."""
    children = Guardianship.objects.current().filter(adult=resident).values("child")
    return Q(guardian=resident) | Q(child__in=children)


class VisitForm(forms.Form):
    """A time for somebody on the phone or at the window; a trial half-day names the child's application."""

    slot = VisitTimeField(VisitSlot.objects.none(), label=_("Time"), to_field_name="code")
    application = forms.ModelChoiceField(
        Application.objects.none(),
        label=_("For a trial half-day: the child's application"),
        to_field_name="code",
        required=False,
    )
    via = forms.ChoiceField(
        label=_("How they asked"), choices=[(Via.PHONE, Via.PHONE.label), (Via.WINDOW, Via.WINDOW.label)]
    )

    def __init__(self, *args: object, resident: Resident, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        at = timezone.now()
        own = Application.objects.filter(of_guardian(resident), status__in=HOLDING).order_by("-id")
        times = times_of_posts(user, at)
        self.fields["application"].queryset = own  # type: ignore[attr-defined]
        if not own.exists():
            del self.fields["application"]
            times = times.filter(plan__kind=VisitPlan.Kind.LOOK)
        self.fields["slot"].queryset = times  # type: ignore[attr-defined]
