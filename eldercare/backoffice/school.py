"""What the desk does with places in the senior school: the tables of actions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as
from circle.booking.waiting import WaitingStatus
from circle.models import Resident, Via
from eldercare import actions
from eldercare.models import ClassWaiting, Enrolment, SchoolClass
from eldercare.models.enrolments import ENROLMENT_ADD, ENROLMENT_CHANGE
from eldercare.models.school import SCHOOL_CHANGE

PAPER = "paper"
CHANNELS = [(Via.PHONE, Via.PHONE.label), (Via.WINDOW, Via.WINDOW.label), (PAPER, _("from a form on paper"))]


class DeskEnrolForm(RowForm):
    """Which class, and how we were asked; the row is the resident."""

    school_class = forms.ModelChoiceField(SchoolClass.objects.none(), label=_("class"))
    via = forms.ChoiceField(label=_("How were we asked?"), choices=CHANNELS)
    waits = forms.BooleanField(label=_("Wait for a place if the class is full"), required=False)

    def __init__(self, *args: Any, row: Resident | None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row is not None:
            fields: dict[str, Any] = self.fields
            today = localdate()
            classes = SchoolClass.objects.public(row.community).filter(last_join_day__gte=today)
            fields["school_class"].queryset = classes.shown().order_by("term", "weekday", "opens", "pk")


def enrol_at_desk(
    row: Resident, *, school_class: SchoolClass, via: str, waits: bool, **said: Any
) -> Enrolment | ClassWaiting:
    is_on_paper = via == PAPER
    asked: dict[str, Any] = {"school_class": school_class, "resident": row, **said}
    asked["via"] = Via.WINDOW if is_on_paper else via
    try:
        return actions.enrol(**asked, is_on_paper=is_on_paper)
    except ValidationError as refusal:
        if not waits or getattr(refusal, "code", "") != "class_full":
            raise
    return actions.wait_for_class(**asked)


class SchoolClassForm(forms.ModelForm):
    """Saved whole, so the class stays locked from here on: nobody takes a place meanwhile."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.instance.pk:
            return said
        actions.lock_class(self.instance)
        fresh = SchoolClass.objects.get(pk=self.instance.pk)
        self.instance.taken, self.instance.is_active = fresh.taken, fresh.is_active
        if said.get("capacity") is not None and said["capacity"] < fresh.taken:
            refusal = ValidationError(
                _("%(taken)s places are taken."), code="places_taken", params={"taken": fresh.taken}
            )
            self.add_error("capacity", refusal)
        return said


ENROL = RowAction(
    "enrol",
    _("Enrol in the senior school"),
    enrol_at_desk,
    permission=ENROLMENT_ADD,
    form=DeskEnrolForm,
    sentence=_("The person gets a message with the code, whether a place, the draw or the waiting list."),
)
ENROLMENT_ACTIONS = action_table(
    ENROLMENT_CHANGE,
    RowAction(
        "cancel",
        _("Give the place back at their wish"),
        pass_row_as("enrolment", actions.cancel_enrolment, via=Via.PHONE),
        is_in(*Enrolment.LIVE),
        sentence=_("The place goes to the next in the line."),
    ),
)
CLASS_ACTIONS = action_table(
    SCHOOL_CHANGE,
    RowAction(
        "call_off",
        _("Call the class off"),
        pass_row_as("school_class", actions.call_off_class),
        lambda row, at: row.is_active,
        sentence=_("Everybody who asked, has a place or waits is told. It cannot be taken back."),
    ),
)
CLASS_WAITING_ACTIONS = action_table(
    "eldercare.change_classwaiting",
    RowAction(
        "accept",
        _("Take the place for them"),
        pass_row_as("row", actions.accept_class_offer, via=Via.PHONE),
        is_in(WaitingStatus.OFFERED),
    ),
    RowAction(
        "leave",
        _("Leave the line at their wish"),
        pass_row_as("row", actions.leave_class_line, via=Via.PHONE),
        is_in(WaitingStatus.WAITING, WaitingStatus.OFFERED),
    ),
)
