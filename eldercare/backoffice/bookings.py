"""What staff do to a care booking: the table of actions."""

import datetime as dt
from dataclasses import replace
from functools import partial

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.backoffice.row_actions import (
    ReasonForm,
    RowAction,
    action_table,
    available_actions,
    is_in,
    pass_row_as,
)
from circle.models import User, Via
from eldercare import actions
from eldercare.actions.day_care import HERE
from eldercare.actions.service_records import is_forgotten
from eldercare.backoffice.carer_forms import BeginForm, FinishForm
from eldercare.backoffice.day_care import LeaveForm, stay_of
from eldercare.backoffice.forms import (
    AgreeForm,
    AssignForm,
    CloseForm,
    HomeForm,
    MeasureForm,
    MoveForm,
    OutcomeForm,
)
from eldercare.models import Arrangement, CareBooking, ServiceRecord
from eldercare.models.bookings import LEAD

Status = CareBooking.Status


VIEW, CHANGE, ADD = "eldercare.view_carebooking", "eldercare.change_carebooking", "eldercare.add_carebooking"


def has_begun(booking: CareBooking, at: dt.datetime) -> bool:
    if booking.starts_at:
        return booking.starts_at <= at
    return booking.day is not None and booking.day <= localdate(at)


def can_be_entered(booking: CareBooking, at: dt.datetime) -> bool:
    return booking.status == Status.ASSIGNED and has_begun(booking, at)


def is_ready(booking: CareBooking, at: dt.datetime) -> bool:
    return can_be_entered(booking, at) and booking.is_crew_full and not booking.is_check_missing


def can_begin(booking: CareBooking, at: dt.datetime) -> bool:
    return is_ready(booking, at) and booking.day == localdate(at)


def can_be_finished(booking: CareBooking, at: dt.datetime) -> bool:
    return is_ready(booking, at) or booking.status == Status.IN_SERVICE


def is_out(booking: CareBooking, at: dt.datetime) -> bool:
    """With an escort who brings the elder home."""
    return booking.status == Status.IN_SERVICE and booking.home_by is not None


def can_be_stopped(booking: CareBooking, at: dt.datetime) -> bool:
    is_assigned = booking.status == Status.ASSIGNED and booking.day == localdate(at)
    return is_assigned or booking.status == Status.IN_SERVICE


def can_be_checked(booking: CareBooking, at: dt.datetime) -> bool:
    return booking.needs_check and booking.status == Status.ASSIGNED and booking.day == localdate(at)


def can_arrive(booking: CareBooking, at: dt.datetime) -> bool:
    """At a day place, today."""
    is_today = booking.kind.needs_agreement and booking.day == localdate(at)
    return is_today and booking.status in HERE and stay_of(booking) is None


def is_at_station(booking: CareBooking, at: dt.datetime) -> bool:
    stay = stay_of(booking) if booking.kind.needs_agreement else None
    return stay is not None and stay.left_at is None


def is_open_request(booking: CareBooking, at: dt.datetime) -> bool:
    return booking.status == Status.REQUESTED and booking.way != Arrangement.BOOKING


def is_missed(booking: CareBooking, at: dt.datetime) -> bool:
    """Not at home, and nobody has entered how the elder is."""
    return booking.status == Status.NOT_HOME and booking.settled_at is None


def waits_for_call(booking: CareBooking, at: dt.datetime) -> bool:
    if booking.status != Status.DONE:
        return False
    found = getattr(booking, "service_record", None)
    return found is not None and found.signature == ServiceRecord.Signature.CALL and found.signed_at is None


def can_be_disputed(booking: CareBooking, at: dt.datetime) -> bool:
    return waits_for_call(booking, at) and booking.service_record.disputed_at is None


def has_step_of_today(booking: CareBooking, at: dt.datetime) -> bool:
    is_over = booking.status in (Status.DONE, Status.STOPPED, Status.IN_SERVICE) or is_missed(booking, at)
    return is_over and localdate(booking.status_at) == localdate(at)


def can_be_moved(booking: CareBooking, at: dt.datetime) -> bool:
    """Of a request without a day one is agreed on instead."""
    return can_be_called_off(booking, at) and (booking.slot_id is not None or booking.day is not None)


can_be_called_off = is_in(Status.REQUESTED, Status.CONFIRMED, Status.ASSIGNED)


on_booking = partial(pass_row_as, "booking")


CARE_ACTIONS = action_table(
    CHANGE,
    RowAction(
        "confirm",
        _("Confirm"),
        on_booking(actions.confirm_booking),
        lambda booking, at: booking.status == Status.REQUESTED and booking.way == Arrangement.BOOKING,
        asks=False,
    ),
    RowAction(
        "agree",
        _("Agree on a day"),
        on_booking(actions.confirm_booking),
        is_open_request,
        form=AgreeForm,
        sentence=_("Phone the person first. With the day that you agreed on the request is confirmed."),
    ),
    RowAction(
        "check",
        _("Check of the day"),
        on_booking(actions.record_check),
        can_be_checked,
        form=MeasureForm,
        sentence=_(
            "Ask and measure before you begin. If it is not safe, wait and check again, or call it off."
        ),
    ),
    RowAction(
        "begin",
        pgettext_lazy("care", "Begin"),
        on_booking(actions.begin_care),
        can_begin,
        asks=False,
    ),
    RowAction("finish", _("Done"), on_booking(actions.complete_booking), can_be_finished, asks=False),
    RowAction(
        "not_home",
        _("Not at home"),
        on_booking(actions.record_not_home),
        can_be_entered,
        sentence=_("Nobody opened or came. It waits on the list until somebody knows how they are."),
    ),
    RowAction(
        "close",
        _("Close what was forgotten"),
        on_booking(actions.close_forgotten),
        is_forgotten,
        form=CloseForm,
        sentence=_("Ask the carer when it ended. The elder is called back."),
    ),
    RowAction(
        "called",
        _("Confirmed by telephone"),
        on_booking(actions.confirm_by_call),
        waits_for_call,
        sentence=_("Ring the elder: was the care given as it is written? If not, take it back today."),
    ),
    RowAction(
        "disputed",
        _("Disputed by telephone"),
        on_booking(actions.record_dispute),
        can_be_disputed,
        form=ReasonForm,
        sentence=_("The elder says that nobody came, or that it was not done as written. Write down what."),
    ),
    RowAction("came", _("Is here"), on_booking(actions.record_arrival), can_arrive, asks=False),
    RowAction(
        "left",
        _("Has left"),
        on_booking(actions.record_leaving),
        is_at_station,
        form=LeaveForm,
        sentence=_("Only with somebody of the agreement. With anybody else phone the family first."),
    ),
    RowAction(
        "later",
        _("Home later"),
        on_booking(actions.move_home_time),
        is_out,
        form=HomeForm,
        sentence=_("Until then no alarm is raised. Tell the family as well."),
    ),
    RowAction(
        "stop",
        _("Stop for safety"),
        on_booking(actions.stop_for_safety),
        can_be_stopped,
        form=ReasonForm,
        sentence=_(
            "Call 120 if in doubt. It costs the elder nothing; they get a message with the next free time."
        ),
    ),
    RowAction(
        "assign",
        _("Assign"),
        on_booking(actions.assign_worker),
        is_in(Status.CONFIRMED, Status.ASSIGNED),
        form=AssignForm,
    ),
    RowAction(
        "move",
        _("Move"),
        on_booking(actions.move_booking, via=Via.PHONE),
        can_be_moved,
        form=MoveForm,
        sentence=_("Agree on it by phone first. Who was assigned is free again; assign somebody anew."),
    ),
    RowAction(
        "cancel",
        _("Cancel at their wish"),
        on_booking(actions.cancel_booking, via=Via.PHONE),
        can_be_called_off,
        sentence=_("The place becomes free for a neighbour, and the person gets a message."),
    ),
    RowAction(
        "revoke",
        _("Call off"),
        on_booking(actions.revoke_booking),
        can_be_called_off,
        form=ReasonForm,
        sentence=_("It is us who call it off: the person gets a message with the reason."),
    ),
    RowAction(
        "settle",
        _("Say how they are"),
        on_booking(actions.settle_not_home),
        is_missed,
        form=OutcomeForm,
        sentence=_("Phone, ask the neighbours, go there; call 120 if in doubt. Then say what you found."),
    ),
    RowAction("undo", _("Take back"), on_booking(actions.undo_transition), has_step_of_today, asks=False),
)


# What a care worker may do with what is assigned to them.
OF_WORKERS = {"begin", "came", "check", "finish", "left", "later", "not_home", "stop", "undo"}


# What the leader of the volunteers may do with a kind that they give.
OF_LEADERS = {"assign"}


def as_crew(action: RowAction, booking: CareBooking, user: User) -> RowAction:
    """Whoever gives the care begins with the code of the other one, and ends with the service record."""
    if user.has_perm(CHANGE):
        return action
    if action.name == "begin":
        form = partial(BeginForm, by=user)
        is_two = booking.crew_size > 1
        return replace(action, perform=on_booking(actions.begin_together), form=form, asks=is_two)
    if action.name == "finish":
        return replace(action, perform=on_booking(actions.finish_care), form=FinishForm, asks=True)
    return action


def care_actions(booking: CareBooking, at: dt.datetime, user: User) -> list[RowAction]:
    """What this user can do with a booking that they see."""
    if user.has_perm(CHANGE):
        return available_actions(CARE_ACTIONS, booking, at)
    # The grid worker and the volunteers' leader see visits that they may not close.
    allowed = OF_WORKERS if booking.has_in_crew(user) else set()
    if booking.kind.is_volunteer_led and user.has_perm(LEAD):
        allowed = allowed | OF_LEADERS
    found = [each for each in available_actions(CARE_ACTIONS, booking, at) if each.name in allowed]
    return [as_crew(each, booking, user) for each in found]
