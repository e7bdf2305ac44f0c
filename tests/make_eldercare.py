"""Valid rows of elder care, on top of tests/make.py."""

import datetime as dt
from dataclasses import replace
from typing import Any

from circle.calendar.working_days import SHANGHAI
from circle.models import Building, Community, Resident, Rule, User
from eldercare import actions
from eldercare.actions import Answers, Found
from eldercare.actions.checks import CHECK_LIMITS
from eldercare.actions.duties import DUTY_RULE
from eldercare.actions.near_home import NEAR_RULE
from eldercare.models import (
    CareBooking,
    CareKind,
    CareQuestion,
    CareSeries,
    CareShift,
    CareSlot,
    CareWorker,
    Certificate,
    DayAgreement,
    Pairing,
    RiskTag,
    Visit,
    VisitDuty,
    Volunteer,
    WorkerShift,
)
from tests import make

MORNING = make.MORNING
LIMITS = {"systolic": [90, 160], "diastolic": [50, 100], "pulse": [50, 110], "temperature": [35.5, 37.3]}

DUTY_LEVELS = {
    "levels": [
        {"every": "week", "min_age": 80, "tags": ["alone", "empty_nest", "left_behind"]},
        {"every": "month", "min_age": 60, "tags": ["disabled", "severe", "destitute"]},
        {"every": "quarter", "tags": []},
    ],
    "event_hours": 24,
    "minutes": 25,
}


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


def home(community: Community) -> Building:
    """One for all, so that everybody lives near everybody unless told otherwise."""
    return Building.objects.filter(community=community).first() or make.building(community=community)


def carer(sex: str = "woman", **values: Any) -> CareWorker:
    """With a post on the care team."""
    make.belongs(values, user=care_worker, community=make.here)
    return CareWorker.objects.create(**{"sex": sex} | values)


def working_hours(**values: Any) -> WorkerShift:
    """Of the weekday of tomorrow, from eight to twelve."""
    make.belongs(values, worker=carer)
    defaults = {"weekday": make.moment(1, 9).weekday(), "opens": dt.time(8), "closes": dt.time(12)}
    return WorkerShift.objects.create(**defaults | values)


def wish(wish: str = "woman", **values: Any) -> CareQuestion:
    """A wish about who comes that can be ticked with this kind."""
    return question(**{"sort": "need", "code": wish, "text_zh": "想要女护理员", "wish": wish} | values)


def elder(age: int = 84, **values: Any) -> Resident:
    make.belongs(values, community=make.here)
    values.setdefault("building", home(values["community"]))
    return make.resident(**{"born_on": dt.date(MORNING.year - age, 1, 1)} | values)


def tag(kind: str = "alone", *, at: dt.datetime = MORNING, **values: Any) -> RiskTag:
    """A reason to look in on an elder of 84, through the action; with the rule in force."""
    make.belongs(values, resident=elder)
    if not Rule.objects.filter(kind=DUTY_RULE):
        make.rule(DUTY_RULE, params=DUTY_LEVELS)
    values.setdefault("by", coordinator(community=values["resident"].community))
    return actions.tag_resident(kind=kind, at=at, **{"evidence": "户口簿（测试）"} | values)


def visit_duty(**values: Any) -> VisitDuty:
    """Of this week, to be done."""
    return tag(**values).resident.visit_duties.latest("pk")


def visit(outcome: str = "well", *, at: dt.datetime = MORNING, **values: Any) -> Visit:
    make.belongs(values, resident=lambda: visit_duty().resident)
    values.setdefault("by", coordinator(community=values["resident"].community))
    found = Found(outcome, note=values.pop("note", ""))
    return actions.record_visit(found=found, at=at, **values)


def volunteer(**values: Any) -> Volunteer:
    """Checked and trained, a neighbour; with the rule in force that says how far is near."""
    community = values.setdefault("community", make.here())
    if "user" not in values:
        values["user"] = make.own_resident(community=community, building=home(community)).login
    if not Rule.objects.filter(kind=NEAR_RULE):
        make.rule(NEAR_RULE, params={"minutes": 15})
    boss = coordinator(community=community)
    found = actions.join_volunteers(at=MORNING, **values)
    actions.check_volunteer(volunteer=found, at=MORNING, by=boss)
    return actions.train_volunteer(volunteer=found, at=MORNING, by=boss)


def pairing(*, is_introduced: bool = True, **values: Any) -> Pairing:
    """Of an elder who has to be looked in on this week, after the first visit together."""
    make.belongs(values, volunteer=volunteer)
    boss = coordinator(community=values["volunteer"].community)
    if "resident" not in values:
        values["resident"] = tag().resident
    if not values["resident"].building:
        values["resident"].building = home(values["volunteer"].community)
        values["resident"].save(update_fields=["building"])
    found = actions.pair_elder(at=MORNING, by=boss, **values)
    return actions.introduce_volunteer(pairing=found, at=MORNING, by=boss) if is_introduced else found


def coordinator(**values: Any) -> User:
    return make.post("elder_coordinator", **values).user


def care_worker(**values: Any) -> User:
    return make.post("care_worker", **values).user


def agreement(*, at: dt.datetime = MORNING, **values: Any) -> DayAgreement:
    """Of today, for an elder whose daughter collects."""
    make.belongs(values, kind=lambda: kind(is_shared=True, is_halved=True, needs_agreement=True))
    make.belongs(values, resident=lambda: make.own_resident(community=values["kind"].community))
    defaults = {
        "signed_on": at.date(),
        "collectors": ["女儿"],
        "by": coordinator(community=values["kind"].community),
    }
    return actions.sign_agreement(at=at, **defaults | values)


def series(
    *, at: dt.datetime = MORNING, weeks: int = 8, is_confirmed: bool = True, **values: Any
) -> CareSeries:
    """From tomorrow at nine on, of a kind with a shift then, asked for online by the elder and confirmed."""
    kind_of = values.get("kind") or kind()
    if not kind_of.shifts.exists() and kind_of.way == "booking":
        shift(kind=kind_of, weekday=make.moment(1, 9).weekday())
    asked_now = asked(values | {"kind": kind_of}, at)
    actions.lay_out_slots(community=kind_of.community, at=at)
    if kind_of.way == "booking":
        first = CareSlot.objects.filter(kind=kind_of, starts_at__gt=at).order_by("starts_at").first()
        asked_now.setdefault("slot", first)
        day = asked_now["slot"].day
    else:
        day = asked_now.setdefault("day", at.date() + dt.timedelta(days=1))
    asked_now.setdefault("rhythm", actions.Rhythm(day + dt.timedelta(weeks=weeks)))
    found = actions.ask_series(**asked_now)
    if is_confirmed:
        boss = coordinator(community=kind_of.community)
        actions.confirm_series(series=found, at=at, by=boss)
    return found
