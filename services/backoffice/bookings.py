"""The clerk's desk: the day sheet of a hall, the actions on a booking, and booking for a resident."""

import datetime as dt
from collections import Counter as Tally
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.intake import KnownPersonForm, PersonForm
from circle.backoffice.queues import Queue
from circle.backoffice.row_actions import (
    ReasonForm,
    RowAction,
    RowForm,
    action_table,
    available_actions,
    pass_row_as,
)
from circle.forms.age_reason import AgeReasonForm
from circle.identifiers.public_codes import parse_uuids, typed_code
from circle.models import Facility, User, Via, within_posts
from services import actions
from services.models import Booking, Counter, ServiceItem, Slot
from services.models.bookings import FREED
from services.models.counters import SlotQuerySet

Status = Booking.Status
# What a day's sheet counts, in the order of a visit.
STATES = [Status.BOOKED, Status.ARRIVED, Status.SERVED, Status.NO_SHOW, Status.EXCUSED]


class MoveForm(RowForm):
    """The times are shown by a template of their own."""

    slot = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        return {"slot": slot_of(self.cleaned_data["slot"])}


def slot_of(code: str) -> Slot:
    """Refuses: slot_missing (none was chosen, or it is gone). Whether it fits is the action's question."""
    slots = Slot.objects.select_related("community", "counter__facility")
    found: Slot | None = slots.filter(code__in=parse_uuids(code)).first()
    if found is None:
        raise ValidationError(gettext("Choose a time."), code="slot_missing")
    return found


def is_waited_for(booking: Booking, at: dt.datetime) -> bool:
    return booking.status == Status.BOOKED and booking.slot.starts_at > at


def has_begun(booking: Booking, at: dt.datetime) -> bool:
    return booking.status == Status.BOOKED and booking.slot.starts_at <= at


def can_be_served(booking: Booking, at: dt.datetime) -> bool:
    is_due = booking.status == Status.BOOKED and booking.day <= localdate(at)
    return is_due or booking.status == Status.ARRIVED


def came_unbooked(booking: Booking) -> bool:
    return booking.via == Via.WALK_IN and booking.status == Status.ARRIVED


def has_step_of_today(booking: Booking, at: dt.datetime) -> bool:
    has_step = booking.status in STATES and booking.status != Status.BOOKED and not came_unbooked(booking)
    return has_step and localdate(booking.status_at) == localdate(at)


on_booking = partial(pass_row_as, "booking")
BOOKING_ACTIONS = action_table(
    "services.change_booking",
    RowAction(
        "arrive",
        _("Check in"),
        on_booking(actions.check_in_booking),
        lambda booking, at: booking.status == Status.BOOKED and booking.day == localdate(at),
        asks=False,
    ),
    RowAction("serve", _("Served"), on_booking(actions.complete_booking), can_be_served, asks=False),
    RowAction("no_show", _("Did not come"), on_booking(actions.record_no_show), has_begun, asks=False),
    RowAction(
        "excuse",
        _("Excuse"),
        on_booking(actions.excuse_absence),
        lambda booking, at: booking.status == Status.NO_SHOW or has_begun(booking, at),
        form=ReasonForm,
        sentence=_("They could not come and had a reason: it is not counted against them."),
    ),
    RowAction(
        "move", _("Move"), on_booking(actions.move_booking, via=Via.PHONE), is_waited_for, form=MoveForm
    ),
    RowAction(
        "cancel",
        _("Cancel at their wish"),
        on_booking(actions.cancel_booking, via=Via.PHONE),
        is_waited_for,
        sentence=_("The place becomes free for a neighbour, and the person gets a message."),
    ),
    RowAction(
        "revoke",
        _("Call off"),
        on_booking(actions.revoke_booking),
        lambda booking, at: booking.status == Status.BOOKED or came_unbooked(booking),  # entered by mistake
        form=ReasonForm,
        sentence=_("It is us who call it off: the person gets a message with the reason."),
    ),
    RowAction(
        "undo",
        _("Take back"),
        on_booking(actions.undo_transition),
        has_step_of_today,
        asks=False,
        sentence=_("The last step is taken back."),
    ),
)


@dataclass(frozen=True)
class Row:
    booking: Booking
    verbs: list[RowAction]

    @property
    def likely(self) -> list[RowAction]:
        """What is nearly always done next, as a button of its own."""
        return self.verbs[:1]

    @property
    def other(self) -> list[RowAction]:
        return self.verbs[1:]


@dataclass(frozen=True)
class DaySheet:
    """The bookings of one day at one hall that hold a place, by time, with what they add up to."""

    rows: list[Row]
    by_state: list[tuple[Any, int]]
    by_via: list[tuple[Any, int]]


def day_sheet(facility: Facility, day: dt.date, at: dt.datetime) -> DaySheet:
    """One query."""
    found = Booking.objects.filter(community=facility.community_id, slot__counter__facility=facility)
    shown = found.on(day).holding().shown().with_stranded(at)
    bookings = list(shown.order_by("slot__starts_at", "pk"))
    states = Tally(booking.status for booking in bookings)
    channels = Tally(booking.via for booking in bookings)
    return DaySheet(
        [Row(booking, available_actions(BOOKING_ACTIONS, booking, at)) for booking in bookings],
        [(state.label, states[state]) for state in STATES],
        [(via.label, channels[via]) for via in Via],
    )


def booking_here(facility: Facility, typed: str) -> Booking:
    """The booking of this code, which was typed or scanned at this hall.

    Refuses: unknown_code, other_hall.
    """
    code = typed_code(typed)
    bookings = Booking.objects.filter(community=facility.community_id).shown().select_related("community")
    found = bookings.filter(code=code).first() if code.isalnum() else None
    if found is None:
        words = {"code": code[:20]}
        raise ValidationError(_("No booking has the code %(code)s."), code="unknown_code", params=words)
    hall = found.slot.counter.facility
    if hall != facility:
        raise ValidationError(
            _("This booking is for another place: %(place)s."), code="other_hall", params={"place": hall.name}
        )
    return found


def items_here(facility: Facility, on: dt.date) -> "QuerySet[ServiceItem]":
    """What can be booked at this hall."""
    counters = Counter.objects.working().filter(facility=facility)
    items = ServiceItem.objects.bookable().offered(on).filter(community=facility.community_id)
    return items.filter(counters__in=counters).distinct().order_by("code")


def items_today(facility: Facility, at: dt.datetime) -> "QuerySet[ServiceItem]":
    """What is served at this hall from now on today: where no time is left, none is offered."""
    slots = Slot.objects.open().for_staff().filter(day=localdate(at), ends_at__gt=at)
    return items_here(facility, localdate(at)).filter(counters__slots__in=slots)


def slots_at_desk(item: ServiceItem, facility: Facility, at: dt.datetime) -> SlotQuerySet:
    """Those at this place that have a place left."""
    return Slot.objects.upcoming_for(item, at).filter(counter__facility=facility).with_places_left()


def one_share_each(slots: "QuerySet[Slot]") -> list[Slot]:
    """Of each time the share for phone and window, else the one online."""
    found: dict[tuple[int, dt.datetime], Slot] = {}
    # By channel, "counter" comes before "online".
    in_order = slots.order_by("starts_at", "counter", "channel")
    for slot in in_order.select_related("counter__facility"):
        found.setdefault((slot.counter_id, slot.starts_at), slot)
    return list(found.values())


def slots_to_move_to(booking: Booking, at: dt.datetime) -> SlotQuerySet:
    """At the booking's place, or at every other where that one has none; without the days on which the
    person has the item already. So `move_booking` takes what the page offers."""
    item = booking.item
    others = Booking.objects.live().filter(resident=booking.resident_id, item=item).exclude(pk=booking.pk)
    slots = Slot.objects.upcoming_for(item, at).exclude(day__in=others.values("day")).with_places_left()
    slots = slots.exclude(counter=booking.slot.counter_id, starts_at=booking.slot.starts_at)
    here = slots.filter(counter__facility=booking.slot.counter.facility_id)
    return here if here.exists() else slots


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


def hall_queues(user: User) -> list[Queue]:
    """What waits at the halls. The hook `queues`."""
    if not user.has_perm("services.view_booking"):
        return []
    own = Booking.objects.filter(within_posts(user, "services.view_booking"))
    url = reverse("admin:services_booking_changelist")
    stranded, unfinished = own.stranded(now()).count(), own.unfinished(localdate()).count()
    return [
        *queues_of_today(own),
        Queue(
            gettext("Booked for a time that is closed"),
            stranded,
            f"{url}?attention=stranded",
            is_urgent=stranded > 0,
        ),
        Queue(
            gettext("Bookings of earlier days without an outcome"), unfinished, f"{url}?attention=unfinished"
        ),
    ]


def queues_of_today(own: "QuerySet[Booking]") -> list[Queue]:
    """All of today's bookings, and then each hall that has some."""
    counts = booked_by_hall(own, localdate())
    halls = Facility.objects.filter(pk__in=counts).order_by("community", "code")
    found = [Queue(gettext("Bookings today"), sum(counts.values()), reverse("admin:services_booking_days"))]
    for hall in halls:
        label = gettext("Today: %(place)s") % {"place": hall.name}
        url = reverse("admin:services_booking_day", args=[hall.short_code])
        found.append(Queue(label, counts[hall.pk], url))
    return found


def booked_by_hall(bookings: "QuerySet[Booking]", day: dt.date) -> dict[int, int]:
    """How many bookings hold a place that day, by the facility's key; a hall without any is left out."""
    rows = bookings.filter(day=day).exclude(status__in=FREED).values("slot__counter__facility").order_by()
    return dict(rows.annotate(count=Count("pk")).values_list("slot__counter__facility", "count"))
