"""The coordinator's desk: the day sheet, the actions on a booking, and the queues."""

import datetime as dt
from collections import Counter as Tally
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.queues import Queue
from circle.backoffice.row_actions import (
    ReasonForm,
    RowAction,
    RowForm,
    action_table,
    available_actions,
    is_in,
    pass_row_as,
    text_field,
)
from circle.models import User, Via, within_posts
from circle.permissions.handover import Work
from eldercare import actions
from eldercare.actions.outcomes import OUTCOME_LENGTH, care_team
from eldercare.models import Arrangement, CareBooking
from eldercare.models.bookings import FREED, VISIT

Status = CareBooking.Status
VIEW, CHANGE, ADD = "eldercare.view_carebooking", "eldercare.change_carebooking", "eldercare.add_carebooking"


class AgreeForm(RowForm):
    day = forms.CharField(
        label=_("The day that you agreed on"),
        required=False,
        widget=forms.DateInput(attrs={"id": "day", "type": "date", "required": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["day"] = self.row.day.isoformat() if self.row.day else ""

    def clean(self) -> dict[str, Any]:
        """None where the date does not exist, such as 2026-02-30: the action refuses that."""
        try:
            return {"day": parse_date(self.cleaned_data["day"])}
        except ValueError:
            return {"day": None}


class AssignForm(RowForm):
    worker = forms.CharField(
        label=_("Who goes"),
        required=False,
        widget=forms.Select(attrs={"id": "worker", "required": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = care_team(self.row, now()).select_related("user").order_by("user__name", "pk")
        self.team = {str(post.user_id): post.user for post in posts}
        self.fields["worker"].widget.choices = list(self.team.items())
        self.initial["worker"] = self.row.assigned_to_id

    def clean(self) -> dict[str, Any]:
        """Refuses: worker_missing."""
        if self.cleaned_data["worker"] not in self.team:
            raise ValidationError(gettext("Choose who is to go."), code="worker_missing")
        return {"worker": self.team[self.cleaned_data["worker"]]}


class OutcomeForm(RowForm):
    outcome = text_field("outcome", _("What you found"), OUTCOME_LENGTH)


def has_begun(booking: CareBooking, at: dt.datetime) -> bool:
    if booking.starts_at:
        return booking.starts_at <= at
    return booking.day is not None and booking.day <= localdate(at)


def can_be_entered(booking: CareBooking, at: dt.datetime) -> bool:
    return booking.status == Status.ASSIGNED and has_begun(booking, at)


def is_open_request(booking: CareBooking, at: dt.datetime) -> bool:
    return booking.status == Status.REQUESTED and booking.way != Arrangement.BOOKING


def is_missed(booking: CareBooking, at: dt.datetime) -> bool:
    """Not at home, and nobody has entered how the elder is."""
    return booking.status == Status.NOT_HOME and booking.settled_at is None


def has_step_of_today(booking: CareBooking, at: dt.datetime) -> bool:
    is_over = booking.status == Status.DONE or is_missed(booking, at)
    return is_over and localdate(booking.status_at) == localdate(at)


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
    RowAction("finish", _("Done"), on_booking(actions.complete_booking), can_be_entered, asks=False),
    RowAction(
        "not_home",
        _("Not at home"),
        on_booking(actions.record_not_home),
        can_be_entered,
        sentence=_("Nobody opened or came. It waits on the list until somebody knows how they are."),
    ),
    RowAction(
        "assign",
        _("Assign"),
        on_booking(actions.assign_worker),
        is_in(Status.CONFIRMED, Status.ASSIGNED),
        form=AssignForm,
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
OF_WORKERS = {"finish", "not_home", "undo"}


def care_actions(booking: CareBooking, at: dt.datetime, user: User) -> list[RowAction]:
    """What this user can do with a booking that they see."""
    if user.has_perm(CHANGE):
        return available_actions(CARE_ACTIONS, booking, at)
    # The grid worker and the volunteers' leader see visits that they may not close.
    if booking.assigned_to_id != user.pk:
        return []
    return [each for each in available_actions(CARE_ACTIONS, booking, at) if each.name in OF_WORKERS]


@dataclass(frozen=True)
class Row:
    booking: CareBooking
    verbs: list[RowAction]
    needs: list[str]
    note: str


@dataclass(frozen=True)
class DaySheet:
    """The care of one day by time, the requests without a day, and the number of each status."""

    rows: list[Row]
    without_day: list[Row]
    by_state: list[tuple[Any, int]]


def day_sheet(bookings: "QuerySet[CareBooking]", day: dt.date, at: dt.datetime, *, reader: User) -> DaySheet:
    """`bookings`: those that the user may see. Four queries for any number of them."""
    shown = bookings.select_related("kind", "slot", "elder__building", "elder__household", "building")
    shown = shown.select_related("assigned_to").prefetch_related("kind__questions")
    of_day = shown.filter(day=day).exclude(status__in=FREED).order_by("starts_at", "kind__order", "pk")
    rows = [sheet_row(booking, at, reader) for booking in of_day]
    # Sorted here, because the databases order NULL differently.
    rows.sort(key=lambda row: (row.booking.starts_at is None, row.booking.starts_at or at))
    open_ones = shown.filter(day=None, status=Status.REQUESTED).order_by("booked_at", "pk")
    states = Tally(row.booking.status for row in rows)
    return DaySheet(
        rows,
        [sheet_row(booking, at, reader) for booking in open_ones],
        [(state.label, states[state]) for state in Status if state not in FREED],
    )


def sheet_row(booking: CareBooking, at: dt.datetime, reader: User) -> Row:
    verbs = care_actions(booking, at, reader)
    is_readable = can_read_needs(booking, reader)
    return Row(booking, verbs, needs_of(booking) if is_readable else [], booking.note if is_readable else "")


def can_read_needs(booking: CareBooking, reader: User) -> bool:
    """The elder's answers are for the worker who comes and for who plans the care, as the form promises."""
    return booking.assigned_to_id == reader.pk or reader.has_perm(VIEW)


def needs_of(booking: CareBooking) -> list[str]:
    """The needs that were ticked, as they read today; of a booking with its kind's questions loaded."""
    return [each.text for each in booking.kind.questions.all() if each.code in booking.needs]


def open_work(holders: set[int]) -> list[Work]:
    """Care that is assigned to these logins. The hook `open_work`."""
    live = CareBooking.objects.live().filter(assigned_to__in=holders).shown()
    return [
        Work(
            key=f"care:{booking.pk}",
            holder=booking.assigned_to_id or 0,
            community=booking.community_id,
            label=f"{booking.kind.name} · {booking.elder}",
            due=booking.day,
            hand_over=partial(hand_over_work, booking),
        )
        for booking in live
    ]


def hand_over_work(booking: CareBooking, *, to: User, at: dt.datetime, by: User) -> CareBooking:
    return actions.assign_worker(booking=booking, worker=to, at=at, by=by)


def care_queues(user: User) -> list[Queue]:
    """The queues of elder care: the hook `queues`."""
    if not user.has_perm(VIEW):
        return visit_queues(user) if user.has_perm(VISIT) else []
    own = CareBooking.objects.filter(within_posts(user, VIEW))
    url = reverse("admin:eldercare_carebooking_changelist")
    today = localdate()
    waiting, missed = own.to_confirm().count(), own.nobody_home().count()
    stranded = own.stranded(now()).count()
    return [
        Queue(
            gettext("Not at home: look after them"), missed, f"{url}?attention=missed", is_urgent=missed > 0
        ),
        Queue(gettext("Care to confirm"), waiting, f"{url}?attention=confirm"),
        Queue(
            gettext("Care up to today without an outcome"),
            own.without_outcome(today).count(),
            f"{url}?attention=open",
        ),
        Queue(
            gettext("Care at a time that is closed"),
            stranded,
            f"{url}?attention=stranded",
            is_urgent=stranded > 0,
        ),
        Queue(
            gettext("Care today"),
            own.on(today).exclude(status__in=FREED).count(),
            reverse("admin:eldercare_carebooking_day"),
        ),
    ]


def visit_queues(user: User) -> list[Queue]:
    """The queue of a care worker."""
    mine = CareBooking.objects.in_care_of(user).live().on(localdate())
    return [Queue(gettext("My visits today"), mine.count(), reverse("admin:eldercare_carebooking_day"))]
