"""Forms of the hall's desk: checking in, somebody without a booking, booking for a resident."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.backoffice.intake import KnownPersonForm, PersonForm
from circle.forms.age_reason import AgeReasonForm
from circle.models import Facility, Via
from services.actions.ticket_rules import priority_choices
from services.models import Counter, ServiceItem


def items_here(facility: Facility, on: dt.date) -> "QuerySet[ServiceItem]":
    """What can be booked at this hall."""
    counters = Counter.objects.working().filter(facility=facility)
    items = ServiceItem.objects.bookable().offered(on).filter(community=facility.community_id)
    return items.filter(counters__in=counters).distinct().order_by("code")


def items_served(facility: Facility, on: dt.date) -> "QuerySet[ServiceItem]":
    """What is dealt with at this hall, whether it can be booked or not."""
    counters = Counter.objects.working().filter(facility=facility)
    items = ServiceItem.objects.offered(on).filter(community=facility.community_id)
    return items.filter(counters__in=counters).distinct().order_by("code")


class ItemField(forms.ModelChoiceField):
    """Labelled by the item's number first, so that typing the number selects it."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.name}"


class CheckInForm(forms.Form):
    code = forms.CharField(
        label=_("Booking code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "autofocus": True}
        ),
    )


class WalkInForm(KnownPersonForm, PersonForm, AgeReasonForm):
    """Nothing has to be said: a number is an order, and what it is about is seen at the window."""

    item = ItemField(
        ServiceItem.objects.none(),
        label=_("Service"),
        required=False,
        to_field_name="code",
        empty_label=_("Choose, or type its number"),
        error_messages={"invalid_choice": _("This is not served here.")},
        widget=forms.Select(attrs={"autofocus": True}),
    )
    priority = forms.ChoiceField(label=_("Priority"), required=False)
    field_order = ["item", "priority", "name", "phone", "person", "age_reason"]

    def __init__(self, *args: Any, facility: Facility, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["item"].queryset = items_served(facility, localdate(at))
        fields["priority"].choices = [("", _("none")), *priority_choices(localdate(at))]
        fields["name"].required = False
        fields["name"].help_text = _("May stay empty.")

    @property
    def is_nameless(self) -> bool:
        return not any(self.cleaned_data[name] for name in ("name", "phone", "person"))


class DeskBookingForm(AgeReasonForm):
    """The last step of a booking that staff make: the time, and how the person asked for it."""

    slot = forms.UUIDField(
        label=_("Time"),
        error_messages={"required": _("Choose a time."), "invalid": _("Choose a time.")},
    )
    via = forms.ChoiceField(
        label=_("How they asked"),
        choices=[(Via.PHONE, Via.PHONE.label), (Via.WINDOW, Via.WINDOW.label)],
        widget=forms.RadioSelect,
    )
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)
    field_order = ["slot", "via", "age_reason"]


class HomeVisitBookingForm(DeskBookingForm):
    """Filled in by a grid worker on a home visit."""

    via = forms.ChoiceField(choices=[(Via.DOOR, Via.DOOR.label)], widget=forms.HiddenInput)
