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
from services.models import Counter, ServiceItem, Slot


def items_here(facility: Facility, on: dt.date) -> "QuerySet[ServiceItem]":
    """What can be booked at this hall."""
    counters = Counter.objects.working().filter(facility=facility)
    items = ServiceItem.objects.bookable().offered(on).filter(community=facility.community_id)
    return items.filter(counters__in=counters).distinct().order_by("code")


def items_today(facility: Facility, at: dt.datetime) -> "QuerySet[ServiceItem]":
    """What is served at this hall from now on today: where no time is left, none is offered."""
    slots = Slot.objects.open().for_staff().filter(day=localdate(at), ends_at__gt=at)
    return items_here(facility, localdate(at)).filter(counters__slots__in=slots)


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
    item = ItemField(
        ServiceItem.objects.none(),
        label=_("Service"),
        to_field_name="code",
        empty_label=_("Choose, or type its number"),
        error_messages={
            "required": _("Choose what they have come for."),
            "invalid_choice": _("This is not served here any more today."),
        },
        widget=forms.Select(attrs={"autofocus": True}),
    )
    field_order = ["item", "name", "phone", "person", "age_reason"]

    def __init__(self, *args: Any, facility: Facility, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["item"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        choice.queryset = items_today(facility, at)


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
