"""Valid rows of elder care, on top of tests/make.py."""

import datetime as dt
from dataclasses import replace
from typing import Any

from circle.calendar.working_days import SHANGHAI
from circle.models import Rule, User
from eldercare import actions
from eldercare.actions import Answers
from eldercare.actions.checks import CHECK_LIMITS
from eldercare.models import CareBooking, CareKind, CareQuestion, CareShift, CareSlot, Certificate
from tests import make

MORNING = make.MORNING
LIMITS = {"systolic": [90, 160], "diastolic": [50, 100], "pulse": [50, 110], "temperature": [35.5, 37.3]}


def moment() -> dt.datetime:
    """Another one each time, from tomorrow at nine on."""
    return make.moment(1, 9) + dt.timedelta(minutes=next(make.numbers))


def kind(**values: Any) -> CareKind:
    """A kind of care that is booked, given at a place that is open all day."""
    make.belongs(values, facility=lambda: make.facility(hours="8:00-20:00"))
    values.setdefault("community", values["facility"].community)
    number = next(make.numbers)
    defaults = make.names("照料", "Care") | {
        "code": f"care-{number}",
        "way": "booking",
        "order": number % make.SMALL,
    }
    defaults |= {"what_zh": "做什么", "giver_zh": "谁来做", "price_zh": "每次二十元", "minutes": 60}
    if values.get("way") == "emergency":
        defaults["duty_phone"] = make.PHONE
    return CareKind.objects.create(**defaults | values)


def request_kind(**values: Any) -> CareKind:
    return kind(**{"way": "request"} | values)


def bath_kind(**values: Any) -> CareKind:
    """Two carers, the first of them trained, after a check of the day; with the limits in force."""
    if not Rule.objects.filter(kind=CHECK_LIMITS):
        make.rule(CHECK_LIMITS, params=LIMITS)
    found = kind(**{"crew_size": 2, "needs_check": True, "needs_trained_lead": True} | values)
    question(kind=found, moment="day")
    return found


def question(**values: Any) -> CareQuestion:
    """A condition that must hold, unless told that it is a need."""
    make.belongs(values, kind=kind)
    defaults = {"sort": "condition", "code": f"q{next(make.numbers)}", "text_zh": "今天没有发烧"}
    return CareQuestion.objects.create(**defaults | values)


def shift(**values: Any) -> CareShift:
    """Tuesdays from nine to twelve, an hour each, two places."""
    make.belongs(values, kind=kind)
    defaults = {"weekday": 1, "opens": dt.time(9), "closes": dt.time(12), "slot_minutes": 60, "places": 2}
    return CareShift.objects.create(**defaults | values)


def slot(**values: Any) -> CareSlot:
    """Two places, tomorrow at nine."""
    make.belongs(values, kind=kind)
    starts_at = values.setdefault("starts_at", make.moment(1, 9))
    defaults = {
        "community": values["kind"].community,
        "day": starts_at.astimezone(SHANGHAI).date(),
        "ends_at": starts_at + dt.timedelta(hours=1),
        "capacity": 2,
    }
    return CareSlot.objects.create(**defaults | values)


def booking(*, at: dt.datetime = MORNING, **values: Any) -> CareBooking:
    """Booked online by the elder, through the action."""
    if "slot" not in values:
        values["slot"] = slot(**{name: values[name] for name in ("kind",) if name in values})
    values.setdefault("kind", values["slot"].kind)
    return actions.book_slot(**asked(values, at))


def request(*, at: dt.datetime = MORNING, **values: Any) -> CareBooking:
    """Asked for online by the elder, for a day to be agreed on."""
    make.belongs(values, kind=request_kind)
    return actions.request_care(**asked(values, at))


def asked(values: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
    community = values["kind"].community
    make.belongs(values, resident=lambda: make.own_resident(community=community))
    values.setdefault("by", values["resident"].login)
    asked_now = (
        values["kind"].questions.filter(sort="condition", moment="booking").values_list("code", flat=True)
    )
    answers = values.pop("answers", Answers(conditions=list(asked_now)))
    return {"via": "online", "at": at, "answers": replace(answers, consents=True)} | values


def confirmed(**values: Any) -> CareBooking:
    found = booking(**values)
    return actions.confirm_booking(booking=found, at=MORNING, by=coordinator(community=found.community))


def assigned(*, worker: User | None = None, **values: Any) -> CareBooking:
    found = confirmed(**values)
    sent = worker or care_worker(community=found.community)
    boss = coordinator(community=found.community)
    return actions.assign_worker(booking=found, worker=sent, at=MORNING, by=boss)


def missed(**values: Any) -> CareBooking:
    """Nobody opened tomorrow at ten."""
    found = assigned(**values)
    return actions.record_not_home(booking=found, at=make.moment(1, 10), by=found.assigned_to)


def certificate(**values: Any) -> Certificate:
    """For baths, for another year."""
    make.belongs(values, user=care_worker, community=make.here)
    defaults = {"skill": "bathing", "until": make.MORNING.date() + dt.timedelta(days=365)}
    return Certificate.objects.create(**defaults | values)


def coordinator(**values: Any) -> User:
    return make.post("elder_coordinator", **values).user


def care_worker(**values: Any) -> User:
    return make.post("care_worker", **values).user
