"""What the desk does to a hall booking: the table of actions."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import (
    ReasonForm,
    RowAction,
    RowForm,
    action_table,
    pass_row_as,
)
from circle.identifiers.public_codes import parse_uuids
from circle.models import Via
from services import actions
from services.models import Booking, Slot

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
        "reject",
        _("Reject the objection"),
        on_booking(actions.reject_objection),
        lambda booking, at: booking.has_open_objection,
        form=ReasonForm,
        sentence=_("The no-show stays counted, and the person is told why. To grant it, excuse the absence."),
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
