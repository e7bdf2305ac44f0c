"""Messages of elder care: the hook `message_events`."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.models import Message
from circle.notifications.events import CODE, PHONE, REAL, WHEN, Event
from circle.notifications.still_true import by_code, names_time
from eldercare.actions.messages import time_to_tell
from eldercare.actions.word_of_day import callers, word_of
from eldercare.models import (
    CareBooking,
    CareSeries,
    ClassWaiting,
    Enrolment,
    MealOrder,
    Pairing,
    RightNotice,
    StandingOrder,
)
from eldercare.models.bookings import FREED

KIND = {"kind": 10}
Status = CareBooking.Status


def bookings_at(at: dt.datetime) -> "QuerySet[CareBooking]":
    return CareBooking.objects.select_related("slot").with_stranded(at)


def is_to_come(booking: CareBooking, message: Message, at: dt.datetime) -> bool:
    """At the time that the message says; what has no time yet is to come until its day is over."""
    if booking.starts_at:
        return booking.starts_at > at and names_time(message, booking.starts_at)
    return booking.day is None or booking.day >= localdate(at)


def is_still_requested(booking: CareBooking, message: Message, at: dt.datetime) -> bool:
    is_waiting = booking.status == Status.REQUESTED and not booking.is_over(at)
    return is_waiting and names_time(message, time_to_tell(booking))


def is_still_confirmed(booking: CareBooking, message: Message, at: dt.datetime) -> bool:
    """For the time that the message says, and until it is over: its code may be asked for."""
    is_settled = booking.status not in (Status.REQUESTED, *FREED) and not booking.is_over(at)
    return is_settled and names_time(message, time_to_tell(booking))


def is_still_to_remind(booking: Any, message: Message, at: dt.datetime) -> bool:
    is_arranged = booking.status in (Status.CONFIRMED, Status.ASSIGNED) and not booking.is_stranded
    return is_arranged and is_to_come(booking, message, at)


def is_still_moved(booking: CareBooking, message: Message, at: dt.datetime) -> bool:
    """To the time or day that the message says, until it is over."""
    return (
        booking.status not in FREED and not booking.is_over(at) and names_time(message, time_to_tell(booking))
    )


def is_still_who_comes(booking: Any, message: Message, at: dt.datetime) -> bool:
    """Of the same people, whose word the message says."""
    is_same = booking.status == Status.ASSIGNED and message.values.get("word") == word_of(booking, at)
    numbers = "、".join(each.number for each in callers(booking) if each.number) or "–"
    has_same_crew = is_same and message.values.get("number") == numbers
    return has_same_crew and not booking.is_stranded and is_to_come(booking, message, at)


moved = by_code(bookings_at, is_still_moved)
requested = by_code(bookings_at, is_still_requested)
confirmed = by_code(bookings_at, is_still_confirmed)
to_remind = by_code(bookings_at, is_still_to_remind)
who_comes = by_code(bookings_at, is_still_who_comes)
cancelled = by_code(bookings_at, lambda booking, message, at: booking.status == Status.CANCELLED)
missed = by_code(bookings_at, lambda booking, message, at: booking.status == Status.NOT_HOME)
revoked = by_code(bookings_at, lambda booking, message, at: booking.status == Status.REVOKED)
stopped = by_code(bookings_at, lambda booking, message, at: booking.status == Status.STOPPED)

EVENTS = {
    "care_requested": Event(_("elder care asked for"), KIND | WHEN | CODE | REAL, find_untrue=requested),
    "care_confirmed": Event(_("elder care confirmed"), KIND | WHEN | CODE | REAL, find_untrue=confirmed),
    "care_reminder": Event(_("reminder of elder care"), WHEN | KIND | CODE | REAL, find_untrue=to_remind),
    "care_who_comes": Event(
        _("who comes tomorrow, with the word of the day"),
        WHEN | {"kind": 8, "number": 17, "word": 2} | REAL,
        find_untrue=who_comes,
    ),
    "care_moved": Event(_("elder care moved"), WHEN | KIND | CODE | REAL, find_untrue=moved),
    "care_cancelled": Event(_("elder care cancelled"), KIND | CODE | REAL, find_untrue=cancelled),
    "care_not_home": Event(
        _("elder not at home, to who acts for them"),
        {"kind": 8} | CODE | PHONE | REAL,
        is_urgent=True,
        find_untrue=missed,
    ),
    "care_missed": Event(
        _("elder not at home, to staff"), KIND | CODE | REAL, is_urgent=True, find_untrue=missed
    ),
    "care_visit_off": Event(_("visit taken off a worker"), WHEN | KIND | CODE | REAL, is_urgent=True),
    "care_stopped": Event(
        _("elder care stopped for safety"),
        {"kind": 8} | CODE | PHONE | REAL,
        is_urgent=True,
        find_untrue=stopped,
    ),
    "elder_looked_in": Event(
        _("somebody looked in, to a relative"), WHEN | {"said": 8} | {"phone": 14} | REAL
    ),
    "care_revoked": Event(
        _("elder care called off by us"),
        {"kind": 8} | CODE | PHONE | REAL,
        is_urgent=True,
        find_untrue=revoked,
    ),
}


def is_unanswered(row: RightNotice, message: Message, at: dt.datetime) -> bool:
    return row.status == RightNotice.Status.TOLD


open_notices = by_code(lambda at: RightNotice.objects.all(), is_unanswered)
RIGHT = {"right": 10, "when": 6}
RIGHT_EVENTS = {
    "right_begins": Event(_("a right begins"), RIGHT | {"amount": 8} | CODE | REAL, find_untrue=open_notices),
    "right_ends": Event(_("a card ends"), RIGHT | CODE | REAL, find_untrue=open_notices),
}


def untrue_looks(messages: Sequence[Message], at: dt.datetime) -> set[int]:
    """Of a volunteer who does not come on that day any more, or of a day that is over."""
    found = set()
    for message in messages:
        day = localdate(dt.datetime.fromisoformat(str(message.values["starts_at"])))
        comes = Pairing.objects.coming_on(day).filter(pk=message.values["pairing"])
        if day < localdate(at) or not comes.exists():
            found.add(message.pk)
    return found


LOOK_EVENTS = {
    "elder_look_planned": Event(
        _("which volunteer looks in, with the word of the day"),
        WHEN | {"number": 8, "word": 2} | REAL,
        find_untrue=untrue_looks,
    ),
    "elder_look_off": Event(_("volunteer does not look in on that day"), WHEN | PHONE | REAL, is_urgent=True),
}

COURSE = {"course": 10}
Enrolled, InLine = Enrolment.Status, ClassWaiting.Status


def enrolled_in(*states: str) -> Any:
    """Said only while the enrolment is in one of these states."""
    return by_code(lambda at: Enrolment.objects.all(), lambda row, message, at: row.status in states)


def is_class_offered(row: ClassWaiting, message: Message, at: dt.datetime) -> bool:
    return row.status == InLine.OFFERED and row.offer_until is not None and row.offer_until > at


def lines_at(at: dt.datetime) -> "QuerySet[ClassWaiting]":
    return ClassWaiting.objects.all()


class_offered = by_code(lines_at, is_class_offered)
in_line = by_code(lines_at, lambda row, message, at: row.status == InLine.WAITING)
SCHOOL_EVENTS = {
    "school_asked": Event(
        _("asked for a class"), COURSE | CODE | REAL, find_untrue=enrolled_in(Enrolled.ASKED)
    ),
    "school_enrolled": Event(
        _("place in a class"), COURSE | CODE | REAL, find_untrue=enrolled_in(Enrolled.ENROLLED)
    ),
    "school_cancelled": Event(
        _("class cancelled"), COURSE | CODE | REAL, find_untrue=enrolled_in(Enrolled.CANCELLED)
    ),
    "school_called_off": Event(_("class does not take place"), COURSE | CODE | REAL, is_urgent=True),
    "school_waiting": Event(_("waits for a class"), COURSE | CODE | REAL, find_untrue=in_line),
    "school_offered": Event(
        _("place in a class offered"),
        COURSE | WHEN | CODE | REAL,
        find_untrue=class_offered,
    ),
    "school_lapsed": Event(_("offer of a class lapsed"), COURSE | CODE | REAL),
    "school_wait_ended": Event(_("waited for a class in vain"), COURSE | CODE | REAL),
}


SERIES = KIND | {"rhythm": 13} | CODE


def series_in(*states: str) -> Any:
    """Said only while the series is in one of these states."""
    return by_code(lambda at: CareSeries.objects.all(), lambda row, message, at: row.status in states)


Series = CareSeries.Status
SERIES_EVENTS = {
    "care_series_asked": Event(
        _("series of care asked for"), SERIES | REAL, find_untrue=series_in(Series.REQUESTED)
    ),
    "care_series_confirmed": Event(
        _("series of care confirmed"), SERIES | REAL, find_untrue=series_in(Series.RUNNING)
    ),
    "care_series_moved": Event(
        _("series of care moved"), SERIES | REAL, find_untrue=series_in(*CareSeries.LIVE)
    ),
    "care_series_paused": Event(
        _("series of care paused"), KIND | WHEN | CODE | REAL, find_untrue=series_in(*CareSeries.LIVE)
    ),
    "care_series_date": Event(_("date of a series booked by us"), WHEN | KIND | CODE | REAL),
    "care_series_skipped": Event(
        _("date of a series does not take place"), WHEN | {"kind": 8} | PHONE | REAL, is_urgent=True
    ),
    "care_series_ending": Event(
        _("series of care runs out soon"),
        SERIES | REAL,
        find_untrue=by_code(
            lambda at: CareSeries.objects.all(),
            lambda row, message, at: row.status == Series.RUNNING and row.told_end_at is not None,
        ),
    ),
    "care_series_extended": Event(
        _("series of care goes on"), SERIES | REAL, find_untrue=series_in(*CareSeries.LIVE)
    ),
    "care_series_ended": Event(_("series of care ended"), SERIES | REAL),
    "care_series_revoked": Event(
        _("series of care ended by us"), {"kind": 8} | CODE | PHONE | REAL, is_urgent=True
    ),
}


Meal, Standing = MealOrder.Status, StandingOrder.Status


def meal_in(*states: str) -> Any:
    """Said only while the order is in one of these states."""
    return by_code(lambda at: MealOrder.objects.all(), lambda row, message, at: row.status in states)


def standing_in(*states: str) -> Any:
    return by_code(lambda at: StandingOrder.objects.all(), lambda row, message, at: row.status in states)


DISH = {"dish": 10} | WHEN | CODE
MEAL_EVENTS = {
    "meal_ordered": Event(_("meal ordered"), DISH | REAL, find_untrue=meal_in(Meal.ORDERED)),
    "meal_cancelled": Event(_("meal cancelled"), DISH | REAL, find_untrue=meal_in(Meal.CANCELLED)),
    "meal_uneaten": Event(_("meal will not be eaten"), DISH | REAL, find_untrue=meal_in(Meal.UNEATEN)),
    "meal_revoked": Event(
        _("meal called off by us"),
        {"dish": 8} | WHEN | PHONE | REAL,
        is_urgent=True,
        find_untrue=meal_in(Meal.REVOKED),
    ),
    "meal_standing_made": Event(
        _("standing order of a meal"), CODE | REAL, find_untrue=standing_in(Standing.RUNNING)
    ),
    "meal_standing_paused": Event(
        _("standing order of a meal paused"), CODE | REAL, find_untrue=standing_in(Standing.RUNNING)
    ),
    "meal_standing_ended": Event(_("standing order of a meal ended"), CODE | REAL),
}


def message_events() -> dict[str, Event]:
    return EVENTS | LOOK_EVENTS | MEAL_EVENTS | RIGHT_EVENTS | SCHOOL_EVENTS | SERIES_EVENTS
