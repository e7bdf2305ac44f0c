"""The coordinator's desk: a day of care, what can be done with a booking now, and what waits."""

import datetime as dt
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.queues import Queue
from circle.models import User, within_posts
from circle.permissions.handover import Work
from eldercare import actions
from eldercare.models import Arrangement, CareBooking
from eldercare.models.bookings import FREED, VISIT

Status = CareBooking.Status
VIEW, CHANGE, ADD = "eldercare.view_carebooking", "eldercare.change_carebooking", "eldercare.add_carebooking"


@dataclass(frozen=True)
class CareVerb:
    """One thing that staff may do with a booking. What `asks` goes over a page of its own first."""

    name: str
    label: Any
    act: Callable[..., CareBooking]
    asks: bool = False
    answer: str = ""  # the text that has to be given: reason or outcome
    sentence: Any = ""


VERBS = {
    verb.name: verb
    for verb in (
        CareVerb("confirm", _("Confirm"), actions.confirm_booking),
        CareVerb(
            "agree",
            _("Agree on a day"),
            actions.confirm_booking,
            asks=True,
            sentence=_("Phone the person first. With the day that you agreed on the request is confirmed."),
        ),
        CareVerb("assign", _("Assign"), actions.assign_worker, asks=True),
        CareVerb("finish", _("Done"), actions.complete_booking),
        CareVerb(
            "not_home",
            _("Not at home"),
            actions.record_not_home,
            asks=True,
            sentence=_("Nobody opened or came. It waits on the list until somebody knows how they are."),
        ),
        CareVerb(
            "settle",
            _("Say how they are"),
            actions.settle_not_home,
            asks=True,
            answer="outcome",
            sentence=_("Phone, ask the neighbours, go there; call 120 if in doubt. Then say what you found."),
        ),
        CareVerb("undo", _("Take back"), actions.undo_transition),
        CareVerb(
            "cancel",
            _("Cancel at their wish"),
            actions.cancel_booking,
            asks=True,
            sentence=_("The place becomes free for a neighbour, and the person gets a message."),
        ),
        CareVerb(
            "revoke",
            _("Call off"),
            actions.revoke_booking,
            asks=True,
            answer="reason",
            sentence=_("It is us who call it off: the person gets a message with the reason."),
        ),
    )
}
# What a care worker may do with what is assigned to them.
OF_WORKERS = {"finish", "not_home", "undo"}


def available_actions(booking: CareBooking, at: dt.datetime, *, may_all: bool = True) -> list[CareVerb]:
    """What can be done with it at this moment, the likeliest first. The actions have the last word."""
    names = _available_action_names(booking, at)
    return [VERBS[name] for name in names if may_all or name in OF_WORKERS]


def _available_action_names(booking: CareBooking, at: dt.datetime) -> list[str]:
    call_off = ["cancel", "revoke"]
    if booking.status == Status.REQUESTED:
        return ["confirm" if booking.way == Arrangement.BOOKING else "agree", *call_off]
    if booking.status == Status.CONFIRMED:
        return ["assign", *call_off]
    if booking.status == Status.ASSIGNED:
        return (["finish", "not_home"] if has_begun(booking, at) else []) + ["assign", *call_off]
    is_of_today = localdate(booking.status_at) == localdate(at)
    if booking.status == Status.NOT_HOME and booking.settled_at is None:
        return ["settle"] + ["undo"] * is_of_today
    return ["undo"] * (booking.status == Status.DONE and is_of_today)


def has_begun(booking: CareBooking, at: dt.datetime) -> bool:
    if booking.starts_at:
        return booking.starts_at <= at
    return booking.day is not None and booking.day <= localdate(at)


@dataclass(frozen=True)
class Row:
    booking: CareBooking
    verbs: list[CareVerb]
    needs: list[str]
    note: str


@dataclass(frozen=True)
class DaySheet:
    """The care of one day by time, requests without a day below, and what the day adds up to."""

    rows: list[Row]
    without_day: list[Row]
    by_state: list[tuple[Any, int]]


def day_sheet(bookings: "QuerySet[CareBooking]", day: dt.date, at: dt.datetime, *, reader: User) -> DaySheet:
    """`bookings`: those that the user may see. Four queries for any number of them."""
    shown = bookings.select_related("kind", "slot", "elder__building", "elder__household", "building")
    shown = shown.select_related("assigned_to").prefetch_related("kind__questions")
    of_day = shown.filter(day=day).exclude(status__in=FREED).order_by("starts_at", "kind__order", "pk")
    rows = [sheet_row(booking, at, reader) for booking in of_day]
    # By time; what has none comes last on both databases.
    rows.sort(key=lambda row: (row.booking.starts_at is None, row.booking.starts_at or at))
    open_ones = shown.filter(day=None, status=Status.REQUESTED).order_by("booked_at", "pk")
    states = Tally(row.booking.status for row in rows)
    return DaySheet(
        rows,
        [sheet_row(booking, at, reader) for booking in open_ones],
        [(state.label, states[state]) for state in Status if state not in FREED],
    )


def sheet_row(booking: CareBooking, at: dt.datetime, reader: User) -> Row:
    may_all = reader.has_perm(CHANGE)
    # Seeing a visit, as the grid worker and the volunteers' leader do, is not the right to close it.
    may_act = may_all or booking.assigned_to_id == reader.pk
    verbs = available_actions(booking, at, may_all=may_all) if may_act else []
    tells = can_read_needs(booking, reader)
    return Row(booking, verbs, needs_of(booking) if tells else [], booking.note if tells else "")


def can_read_needs(booking: CareBooking, reader: User) -> bool:
    """What the elder told is for who comes to them and for who plans it, as the form promises."""
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


def queues(user: User) -> list[Queue]:
    """What waits in elder care. The hook `queues`."""
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
    """Of a care worker."""
    mine = CareBooking.objects.in_care_of(user).live().on(localdate())
    return [Queue(gettext("My visits today"), mine.count(), reverse("admin:eldercare_carebooking_day"))]
