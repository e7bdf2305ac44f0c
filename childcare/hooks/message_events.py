"""Messages of the nursery: the hook `message_events`."""

import datetime as dt
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.models import Application, HeadTask, NurseryVisit, SecondParent
from circle.models import Message
from circle.notifications.events import CODE, PHONE, PLACE, REAL, WHEN, Event, Finder
from circle.notifications.still_true import by_code, names_time

GROUP = {"group": 8}
Status = Application.Status


def applications_at(at: dt.datetime) -> "QuerySet[Application]":
    return Application.objects.all()


def with_pending_offer(at: dt.datetime) -> "QuerySet[Application]":
    """`pending` and `pending_until`: the offer that nobody has answered, and its deadline."""
    pending = Q(offers__status="pending")
    return Application.objects.annotate(
        pending=Max("offers__pk", filter=pending), pending_until=Max("offers__expires_at", filter=pending)
    )


def with_open_wish(at: dt.datetime) -> "QuerySet[Application]":
    """`open_wish`: the head's open task about a higher wish."""
    tasks = HeadTask.objects.open().filter(application=OuterRef("pk"), kind=HeadTask.Kind.HIGHER_WISH)
    return Application.objects.annotate(open_wish=Subquery(tasks.values("pk")[:1]))


def with_stays(at: dt.datetime) -> "QuerySet[Application]":
    return Application.objects.prefetch_related("stays__nursery_class")


def said_time(message: Message, name: str) -> dt.datetime:
    return dt.datetime.fromisoformat(message.values[name])


def is_open_offer(application: Any, message: Message, at: dt.datetime) -> bool:
    """The offer that the message is about, or with the deadline that it says."""
    until = application.pending_until
    if until is None or until <= at or until != said_time(message, "expires_at"):
        return False
    return bool(message.values.get("offer", application.pending) == application.pending)


def is_wish_open(application: Any, message: Message, at: dt.datetime) -> bool:
    """For the place that the message says: a later task is about another one."""
    found = application.open_wish
    return found is not None and message.values.get("task", found) == found


def is_change_to_come(application: Application, message: Message, at: dt.datetime) -> bool:
    """To the class and from the day that the message says, and that day is not over."""
    day = localdate(said_time(message, "starts_at"))
    stays = [each for each in application.stays.all() if each.starts_on == day and not each.is_missing]
    groups = [each.nursery_class for each in stays if each.nursery_class]
    is_that_class = any(message.values["group"] in (group.name_zh, group.name_en) for group in groups)
    return application.status == Status.ENROLLED and day >= localdate(at) and is_that_class


def is_to_confirm(entry: SecondParent, message: Message, at: dt.datetime) -> bool:
    return entry.ended_at is None and entry.confirmed_at is None and entry.application.is_live


def while_in(status: Status) -> Finder:
    """True as long as nothing has followed."""
    return by_code(applications_at, lambda application, message, at: application.status == status)


open_offer = by_code(with_pending_offer, is_open_offer)
open_wish = by_code(with_open_wish, is_wish_open)
change_to_come = by_code(with_stays, is_change_to_come)
to_confirm = by_code(lambda at: SecondParent.objects.select_related("application"), is_to_confirm)


def visits_at(at: dt.datetime) -> "QuerySet[NurseryVisit]":
    return NurseryVisit.objects.select_related("slot").with_stranded(at)


def is_visit_booked(visit: NurseryVisit, message: Message, at: dt.datetime) -> bool:
    """For the time that the message says, and until it is over: its code may be asked for."""
    is_booked = visit.status not in NurseryVisit.FREED and not visit.is_over(at)
    return is_booked and names_time(message, visit.starts_at)


def is_visit_to_come(visit: Any, message: Message, at: dt.datetime) -> bool:
    is_to_come = visit.is_live and not visit.is_stranded and visit.starts_at > at
    return is_to_come and names_time(message, visit.starts_at)


visit_booked = by_code(visits_at, is_visit_booked)
visit_to_remind = by_code(visits_at, is_visit_to_come)
visit_cancelled = by_code(visits_at, lambda visit, message, at: visit.status == NurseryVisit.Status.CANCELLED)
visit_revoked = by_code(visits_at, lambda visit, message, at: visit.status == NurseryVisit.Status.REVOKED)

# Without `find_untrue` stands what everybody is told, whatever became of it since: a decision of the other
# guardian, a child that somebody came for in vain, too few carers, a result.
VISIT = {"kind": 8} | PLACE
EVENTS = {
    "application_received": Event(
        _("nursery application received"), CODE | REAL, find_untrue=while_in(Status.SUBMITTED)
    ),
    "application_returned": Event(
        _("nursery application returned"), CODE | PHONE | REAL, find_untrue=while_in(Status.RETURNED)
    ),
    "application_offered": Event(
        _("nursery place offered"), CODE | GROUP | WHEN | REAL, find_untrue=open_offer
    ),
    "application_offer_ends": Event(_("end of a nursery offer"), CODE | WHEN | REAL, find_untrue=open_offer),
    "application_lapsed": Event(
        _("nursery offer run out"), CODE | PHONE | REAL, find_untrue=while_in(Status.LAPSED)
    ),
    "application_offer_revoked": Event(
        _("nursery offer taken back"), CODE | PHONE | REAL, find_untrue=while_in(Status.VERIFIED)
    ),
    "application_not_taken_up": Event(
        _("nursery place not taken up"), CODE | PHONE | REAL, find_untrue=while_in(Status.ACCEPTED)
    ),
    "application_higher_wish": Event(
        _("place of a higher wish free"), CODE | GROUP | PHONE | REAL, find_untrue=open_wish
    ),
    "application_decided": Event(_("decision of a guardian"), CODE | {"decision": 8} | PHONE | REAL),
    "second_parent_named": Event(
        _("asked as the second parent of a child"), PHONE | REAL, find_untrue=to_confirm
    ),
    "second_parent_confirmed": Event(_("second parent confirmed"), CODE | PHONE | REAL),
    "ratio_confirmed": Event(
        _("too few carers with a class"),
        GROUP | {"children": 3, "carers": 3} | REAL,
        is_urgent=True,
    ),
    "round_published": Event(_("result of a round of places"), CODE | {"lot": 4} | PHONE | REAL),
    "collection_refused": Event(_("child not handed over"), CODE | PHONE | REAL, is_urgent=True),
    "class_changes": Event(
        _("next class of a child"), CODE | GROUP | WHEN | REAL, find_untrue=change_to_come
    ),
    "application_enrolled": Event(_("nursery enrolment"), CODE | REAL, find_untrue=while_in(Status.ENROLLED)),
}


VISIT_EVENTS = {
    "nursery_visit_booked": Event(
        _("visit to the nursery booked"), VISIT | WHEN | CODE | REAL, find_untrue=visit_booked
    ),
    "nursery_visit_moved": Event(
        _("visit to the nursery moved"), VISIT | WHEN | CODE | REAL, find_untrue=visit_booked
    ),
    "nursery_visit_reminder": Event(
        _("reminder of a visit to the nursery"), VISIT | WHEN | CODE | REAL, find_untrue=visit_to_remind
    ),
    "nursery_visit_cancelled": Event(
        _("visit to the nursery cancelled"), VISIT | CODE | REAL, find_untrue=visit_cancelled
    ),
    "nursery_visit_revoked": Event(
        _("visit called off by the nursery"),
        {"kind": 8} | WHEN | PHONE | REAL,
        is_urgent=True,
        find_untrue=visit_revoked,
    ),
}


def message_events() -> dict[str, Event]:
    return EVENTS | VISIT_EVENTS
