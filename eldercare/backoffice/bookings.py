"""The coordinator's desk: the day sheet, the actions on a booking, and the queues."""

import datetime as dt
from collections import Counter as Tally
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from circle.backoffice.queues import Queue
from circle.backoffice.row_actions import (
    ReasonForm,
    RowAction,
    action_table,
    available_actions,
    is_in,
    pass_row_as,
)
from circle.calendar.opening_hours import clock_text
from circle.models import User, Via, within_posts
from circle.permissions.handover import Work
from eldercare import actions
from eldercare.backoffice.forms import AgreeForm, AssignForm, HomeForm, MeasureForm, OutcomeForm
from eldercare.models import Arrangement, CareBooking, CareCheck, Certificate
from eldercare.models.bookings import FREED, LEAD, VISIT, led_by

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


def is_open_request(booking: CareBooking, at: dt.datetime) -> bool:
    return booking.status == Status.REQUESTED and booking.way != Arrangement.BOOKING


def is_missed(booking: CareBooking, at: dt.datetime) -> bool:
    """Not at home, and nobody has entered how the elder is."""
    return booking.status == Status.NOT_HOME and booking.settled_at is None


def has_step_of_today(booking: CareBooking, at: dt.datetime) -> bool:
    is_over = booking.status in (Status.DONE, Status.STOPPED, Status.IN_SERVICE) or is_missed(booking, at)
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
OF_WORKERS = {"begin", "check", "finish", "later", "not_home", "stop", "undo"}
# What the leader of the volunteers may do with a kind that they give.
OF_LEADERS = {"assign"}


def care_actions(booking: CareBooking, at: dt.datetime, user: User) -> list[RowAction]:
    """What this user can do with a booking that they see."""
    if user.has_perm(CHANGE):
        return available_actions(CARE_ACTIONS, booking, at)
    # The grid worker and the volunteers' leader see visits that they may not close.
    allowed = OF_WORKERS if booking.has_in_crew(user) else set()
    if booking.kind.is_volunteer_led and user.has_perm(LEAD):
        allowed = allowed | OF_LEADERS
    return [each for each in available_actions(CARE_ACTIONS, booking, at) if each.name in allowed]


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
    shown = bookings.select_related("kind__facility", "slot", "elder", "building")
    shown = shown.select_related("assigned_to", "assistant").prefetch_related("kind__questions")
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
    return booking.has_in_crew(reader) or reader.has_perm(VIEW)


def needs_of(booking: CareBooking) -> list[str]:
    """The needs that were ticked, as they read today; of a booking with its kind's questions loaded."""
    return [each.text for each in booking.kind.questions.all() if each.code in booking.needs]


def check_words(check: CareCheck) -> str:
    """The values of a check of the day, with who took them."""
    words: dict[str, Any] = {
        "outcome": gettext("passed") if check.is_passed else gettext("not passed"),
        "name": check.taken_by,
        "time": clock_text(localtime(check.taken_at)),
    }
    if check.systolic is None:
        return gettext("%(outcome)s · %(name)s %(time)s") % words
    words |= {"pressure": f"{check.systolic}/{check.diastolic}", "pulse": check.pulse}
    words["temperature"] = check.temperature
    return (
        gettext("%(pressure)s mmHg · %(pulse)s · %(temperature)s °C · %(outcome)s · %(name)s %(time)s")
        % words
    )


def open_work(holders: set[int]) -> list[Work]:
    """Care that is assigned to these logins. The hook `open_work`."""
    crew = Q(assigned_to__in=holders) | Q(assistant__in=holders)
    live = CareBooking.objects.live().filter(crew).shown()
    return [
        Work(
            key=f"care:{booking.pk}" + ("" if member == booking.assigned_to else ":assistant"),
            holder=member.pk,
            community=booking.community_id,
            label=f"{booking.kind.name} · {booking.elder}",
            due=booking.day,
            hand_over=partial(hand_over_work, booking, member),
        )
        for booking in live
        for member in booking.crew
        if member.pk in holders
    ]


def hand_over_work(booking: CareBooking, member: User, *, to: User, at: dt.datetime, by: User) -> CareBooking:
    """`to` takes the place of this member of the crew."""
    booking.refresh_from_db(fields=["assigned_to", "assistant"])  # both members may hand over at once
    first, second = (to if each == member else each for each in (booking.assigned_to, booking.assistant))
    return actions.assign_worker(booking=booking, worker=first or to, assistant=second, at=at, by=by)


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
            gettext("Certificates that end within a month"),
            Certificate.objects.for_user(user).ending(today).count(),
            reverse("admin:eldercare_certificate_changelist"),
        ),
        Queue(
            gettext("Care today"),
            own.on(today).exclude(status__in=FREED).count(),
            reverse("admin:eldercare_carebooking_day"),
        ),
    ]


def visit_queues(user: User) -> list[Queue]:
    """The queues of a care worker and of the leader of the volunteers."""
    url = reverse("admin:eldercare_carebooking_day")
    mine = CareBooking.objects.in_care_of(user).live().on(localdate())
    found = [Queue(gettext("My visits today"), mine.count(), url)]
    if user.has_perm(LEAD):
        open_ones = CareBooking.objects.filter(led_by(user), status=Status.CONFIRMED, day__gte=localdate())
        first = open_ones.order_by("day").values_list("day", flat=True).first()
        found.append(
            Queue(
                gettext("Visits without anybody assigned"),
                open_ones.count(),
                f"{url}?date={first.isoformat()}" if first else url,
            )
        )
    return found
