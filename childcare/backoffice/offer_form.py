"""The form that offers a child a place: classes of its age, days that are open."""

from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from childcare import actions
from childcare.actions.offers import MOST_DAYS
from childcare.forms.fields import ClassField, DayInput, offer_classes
from childcare.models import Application, NurseryClass, PassedOver
from childcare.models.ages import months_old
from childcare.models.classes import NurseryClassQuerySet
from childcare.models.wishes import wishes_of
from circle.backoffice.row_actions import (
    RowForm,
)

# What staff choose; that siblings cannot start together is told by what is free.
REASONS = [each for each in PassedOver.Reason.choices if each[0] != PassedOver.Reason.TOGETHER]


class PlacesField(ClassField):
    def class_label(self, group: NurseryClass) -> str:
        words = group.words | {"left": max(group.capacity - group.used, 0)}
        return str(_("%(class)s: %(from)s to under %(below)s months, %(left)s places left") % words)


class OfferForm(RowForm):
    nursery_class = PlacesField(
        NurseryClass.objects.none(),
        label=_("Class"),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a class."),
            "invalid_choice": _("This class takes no children at the moment."),
        },
    )
    start_on = forms.DateField(
        label=_("First day"),
        widget=DayInput(),
        error_messages={
            "required": _("Enter the first day."),
            "invalid": _("Enter a date such as 2026-11-23."),
        },
    )
    days = forms.IntegerField(
        label=_("Days to answer"),
        help_text=_(
            "The offer ends at 18:00 on the last of them, or on the next day on which the nursery is open."
        ),
        min_value=1,
        max_value=MOST_DAYS,
        initial=5,
    )
    reason = forms.ChoiceField(
        label=_("If families have waited longer for this class: why is this child offered the place?"),
        choices=[("", _("nobody is passed over")), *REASONS],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.row.nursery_class
        # What was sent is judged by the action: a class that has just become full is refused as full.
        open_ones = NurseryClass.objects.public(self.row.community).open().with_used(self.row.start_on)
        offer_classes(self, open_ones if self.is_bound else fitting_classes(self.row))
        self.initial["nursery_class"] = wanted.code if wanted else None
        self.initial["start_on"] = self.row.start_on
        self.fields["reason"].help_text = self.line_text(wanted)

    def line_text(self, wanted: NurseryClass | None) -> str:
        """Of the class and the day wanted; the action counts again for what is chosen."""
        if wanted is None or self.row.start_on is None:
            return ""
        ahead = len(actions.families_ahead(self.row, wanted, self.row.start_on))
        sentence = ngettext(
            "%(count)s family has waited longer for %(class)s. The reason is published, without names.",
            "%(count)s families have waited longer for %(class)s. The reason is published, without names.",
            ahead,
        )
        return sentence % {"count": ahead, "class": wanted.name} if ahead else ""


class ReseatForm(RowForm):
    """Another class of the nursery from a day on."""

    nursery_class = ClassField(
        NurseryClass.objects.none(),
        label=_("Class"),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a class.")},
    )
    start_on = forms.DateField(
        label=_("From which day"), widget=DayInput(), error_messages={"required": _("Enter the first day.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.row.offered_class
        public = NurseryClass.objects.public(self.row.community).open()
        own = Q(facility=group.facility_id if group else None)
        wished = [each.pk for each in wishes_of(self.row)]
        offer_classes(self, public.filter(own | Q(pk__in=wished)))
        self.initial["nursery_class"] = group.code if group else None


def fitting_classes(application: Application) -> NurseryClassQuerySet:
    """With a place on the day wanted, and for the age then. The action asks again, of the day typed in."""
    open_ones = NurseryClass.objects.public(application.community).open()
    classes = open_ones.with_used(application.start_on).filter(Q(used__lt=F("capacity")))
    born_on = application.child.born_on if application.child else None
    if born_on is None or application.start_on is None:
        return classes
    months = months_old(born_on, application.start_on)
    return classes.filter(from_months__lte=months, below_months__gt=months)
