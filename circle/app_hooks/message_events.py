"""Messages of circle itself: the hook `message_events`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.booking.ratable import ratable_kinds
from circle.models import Alarm, Message, Notice, Rating, SurveyInvitation
from circle.notifications.events import CODE, PHONE, REAL, WHEN, Event
from circle.notifications.still_true import by_code, names_time


def alarms_at(at: dt.datetime) -> QuerySet[Alarm]:
    return Alarm.objects.all()


def needs_somebody(alarm: Alarm, message: Message, at: dt.datetime) -> bool:
    return alarm.status == Alarm.Status.OPEN or alarm.is_silent(at)


def find_ended_outages(messages: Sequence[Message], at: dt.datetime) -> set[int]:
    """Of notices that are withdrawn or over, and of other times than they say now."""
    ids = {each.values["notice"] for each in messages}
    rows = Notice.objects.filter(pk__in=ids, status=Notice.Status.PUBLISHED, outage_until__gt=at)
    times = dict(rows.values_list("pk", "outage_from"))
    return {each.pk for each in messages if not says_time(each, times.get(each.values["notice"]))}


def says_time(message: Message, starts_at: dt.datetime | None) -> bool:
    return starts_at is not None and names_time(message, starts_at)


def find_settled_ratings(messages: Sequence[Message], at: dt.datetime) -> set[int]:
    """Rated, over, or of something that was taken back. By the number of the rating: its code is sealed."""
    numbers = {message.pk: int(message.dedupe.partition(":")[2]) for message in messages}
    rows = Rating.objects.open(at).filter(pk__in=numbers.values())
    things: dict[str, dict[int, int]] = defaultdict(dict)
    for rating in rows:
        things[rating.subject_type][rating.subject_id] = rating.pk
    open_ones = {
        rating_id
        for label, found in things.items()
        for subject, rating_id in found.items()
        if subject in ratable_kinds()[label].find(sorted(found))
    }
    return {pk for pk, rating_id in numbers.items() if rating_id not in open_ones}


def find_answered_surveys(messages: Sequence[Message], at: dt.datetime) -> set[int]:
    """Answered, or closed. By the number of the invitation: its code is sealed."""
    numbers = {message.pk: int(message.dedupe.partition(":")[2]) for message in messages}
    rows = SurveyInvitation.objects.filter(pk__in=numbers.values(), is_used=False)
    waiting = set(rows.filter(survey__closes_on__gte=localdate(at)).values_list("pk", flat=True))
    return {pk for pk, invitation in numbers.items() if invitation not in waiting}


SOURCE = {"source": 12}
needed = by_code(alarms_at, needs_somebody)

EVENTS = {
    "sign_in_code": Event(_("sign-in code"), {"code": 6} | REAL, is_urgent=True, has_secret=True),
    "address_code": Event(
        _("code that confirms an address"), {"code": 6, "minutes": 2} | REAL, is_urgent=True, has_secret=True
    ),
    "signed_in_by_clerk": Event(_("signed in by a clerk"), PHONE | REAL, is_urgent=True),
    "second_step_taken_off": Event(_("second step taken off"), PHONE | REAL, is_urgent=True),
    "alarm_raised": Event(
        _("alarm, to who is on duty"), SOURCE | CODE | REAL, is_urgent=True, find_untrue=needed
    ),
    "alarm_again": Event(
        _("alarm that nobody sees to"), SOURCE | CODE | REAL, is_urgent=True, find_untrue=needed
    ),
    "alarm_contact": Event(_("alarm, to relatives"), CODE | PHONE | REAL, is_urgent=True, find_untrue=needed),
    "alarm_child": Event(
        _("child not collected, to relatives"), CODE | PHONE | REAL, is_urgent=True, find_untrue=needed
    ),
    "alarm_nearby": Event(
        _("alarm, to who is near"), SOURCE | CODE | PHONE | REAL, is_urgent=True, find_untrue=needed
    ),
    "outage": Event(
        _("water, power … is off"), {"title": 13} | WHEN | PHONE | REAL, find_untrue=find_ended_outages
    ),
    "rating_asked": Event(
        _("asked how it was"), {"item": 10} | CODE | REAL, find_untrue=find_settled_ratings
    ),
    "survey_asked": Event(_("asked for the survey"), CODE | REAL, find_untrue=find_answered_surveys),
    "mandate_offered": Event(_("asked to act for somebody"), PHONE | REAL),
}


def message_events() -> dict[str, Event]:
    return EVENTS
