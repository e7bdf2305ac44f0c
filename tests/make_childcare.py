"""Valid rows of childcare, as tests/make.py makes those of the apps below; applications by the actions."""

import datetime as dt
from typing import Any

from childcare import actions
from childcare.actions.tasks import open_task
from childcare.models import (
    LIMITS,
    Application,
    Band,
    ChildDay,
    ClassLimit,
    ClassPrice,
    HeadTask,
    NurseryClass,
    NurseryVisit,
    Paper,
    Round,
    RoundEntry,
    Seat,
    SecondParent,
    VisitPlan,
    VisitSlot,
)
from circle.models import User
from tests import make
from tests.make import MORNING, belongs, names, numbers

ONE_DAY = dt.timedelta(days=1)
PAPERS = list(Paper.Kind.values)
START = dt.date(2027, 1, 4)  # six weeks after the morning, a Monday
FIRST_MORNING = make.moment(1, 8).replace(year=2027, month=1, day=4)  # when the class opens
HEALTH = {
    "has_allergies": False,
    "allergies": "",
    "takes_medicine": False,
    "medicine": "",
    "consents": True,
}


def nursery_class(band: str = "toddlers", **values: Any) -> NurseryClass:
    """With three places, for all ages of its band, from September 2026 on."""
    belongs(values, facility=lambda: make.facility(dimension="children", **community_of(values)))
    values.setdefault("community", values["facility"].community)
    limits = LIMITS[Band(band)]
    defaults = names("班级", "Class") | {
        "code": f"class-{next(numbers)}",
        "band": band,
        "from_months": limits.from_months,
        "below_months": limits.below_months,
        "capacity": 3,
        "starts_on": dt.date(2026, 9, 1),
    }
    cents = values.pop("fee_cents", 168_000)
    group = NurseryClass.objects.create(**defaults | values)
    class_price(group, cents=cents)
    return group


def taken(group: NurseryClass | int | None = None) -> int:
    """How many seats of the class, or of all, are booked for the time after the first weeks."""
    seats = Seat.objects.booked_from(dt.date(2027, 1, 20))
    return (seats.filter(nursery_class=group) if group else seats).count()


def class_price(group: NurseryClass, **values: Any) -> ClassPrice:
    """From long ago on."""
    defaults = {"valid_from": dt.date(2020, 1, 1), "cents": 168_000, "source_zh": "演示"}
    return ClassPrice.objects.create(nursery_class=group, **defaults | values)


def limit(group: NurseryClass, **values: Any) -> ClassLimit:
    """From long ago on, and not narrower than the class."""
    defaults = {"kind": "area", "valid_from": dt.date(2020, 1, 1), "places": group.capacity}
    return ClassLimit.objects.create(nursery_class=group, **defaults | {"source_zh": "演示"} | values)


def community_of(values: dict[str, Any]) -> dict[str, Any]:
    return {"community": values["community"]} if "community" in values else {}


def head(**values: Any) -> User:
    """The head of the community's nursery."""
    return make.post(role="nursery_head", **values).user


def nurse(*groups: NurseryClass, **values: Any) -> User:
    """Who looks after these classes."""
    user = make.post(role="nurse", **values).user
    for group in groups:
        actions.give_class(nursery_class=group, user=user, at=MORNING, by=make.user())
    return user


def draft(*, at: dt.datetime = MORNING, **values: Any) -> Application:
    """Begun online by a guardian with a login."""
    belongs(values, guardian=make.own_resident)
    values.setdefault("by", values["guardian"].login)
    return actions.start_application(**{"via": "online", "at": at} | values)


def filled(
    *,
    nursery_class: NurseryClass | None = None,
    child_name: str = "",
    child_born_on: dt.date = dt.date(2025, 6, 1),
    start_on: dt.date = START,
    at: dt.datetime = MORNING,
    via: str = "online",
    **values: Any,
) -> Application:
    """All four tasks are done: a toddler of 19 months on the first day, without any trouble."""
    found = draft(at=at, via=via, **values)
    who = {"application": found, "via": via, "at": at, "by": values.get("by") or found.guardian.login}
    actions.fill_child(
        child_name=child_name or f"宝宝{next(numbers)}",
        child_born_on=child_born_on,
        is_another=True,
        nursery_class=nursery_class or globals()["nursery_class"](community=found.community),
        start_on=start_on,
        **who,
    )
    actions.fill_guardian(relation="mother", **who)
    actions.fill_health(vaccinations="complete", **HEALTH, **who)
    actions.fill_documents(ready=PAPERS, **who)
    return found


def submitted(*, at: dt.datetime = MORNING, **values: Any) -> Application:
    found = filled(at=at, **values)
    by = values.get("by") or found.guardian.login
    return actions.submit_application(
        application=found, consents=True, via=values.get("via", "online"), at=at, by=by
    )


def returned(**values: Any) -> Application:
    found = submitted(**values)
    return actions.send_back(application=found, missing="体检表没有盖章", at=MORNING, by=make.user())


def verified(**values: Any) -> Application:
    found = submitted(**values)
    at = values.get("at", MORNING)
    return actions.verify_application(application=found, papers=PAPERS, at=at, by=make.user())


def offered(*, days: int = 5, at: dt.datetime | None = None, **values: Any) -> Application:
    at = at or early_enough(values.get("start_on", START))
    found = verified(at=at, **values)
    return actions.offer_place(
        application=found,
        nursery_class=found.nursery_class,
        start_on=found.start_on,
        days=days,
        at=at,
        by=make.user(),
    )


def early_enough(start_on: dt.date) -> dt.datetime:
    """An offer is made on the morning, or ten days before an early first day."""
    return min(
        MORNING, MORNING.replace(year=start_on.year, month=start_on.month, day=start_on.day) - 10 * ONE_DAY
    )


def accepted(**values: Any) -> Application:
    found = offered(**values)
    return actions.accept_offer(application=found, via="online", at=found.status_at, by=found.guardian.login)


def enrolled(**values: Any) -> Application:
    return actions.enrol_child(application=accepted(**values), at=MORNING, by=make.user())


def present(*, came_at: dt.datetime = FIRST_MORNING, **values: Any) -> ChildDay:
    """Has come on the first morning."""
    return actions.check_in_child(application=enrolled(**values), at=came_at, by=make.user())


def second_parent(application: Application, phone: str = "", **values: Any) -> SecondParent:
    """Named by the guardian, and not confirmed."""
    return actions.name_second_parent(
        application=application,
        phone=phone or make.mobile(),
        relation="father",
        via=values.get("via", "online"),
        at=MORNING,
        by=values.get("by") or application.guardian.login,
    )


def age_task(application: Application) -> HeadTask:
    return open_task(application, HeadTask.Kind.AGE, MORNING)


def absence_rule() -> None:
    make.rule("nursery_absence", params={"until": "08:30"})


def take_up_rule() -> None:
    make.rule("nursery_take_up", params={"days": 5})


def objection_rule() -> None:
    make.rule("nursery_objection", params={"window_days": 3, "pause_days": 7})


def planned_round(*groups: NurseryClass, places: int = 2, **values: Any) -> Round:
    """With so many places of each class."""
    belongs(values, community=lambda: groups[0].community if groups else make.here())
    defaults = names("秋季轮", "Autumn round") | {"code": f"round-{next(numbers)}", "status_at": MORNING}
    found = Round.objects.create(**defaults | values)
    for group in groups:
        found.places.create(nursery_class=group, places=places)
    return found


def open_round(*groups: NurseryClass, **values: Any) -> Round:
    return actions.open_round(nursery_round=planned_round(*groups, **values), at=MORNING, by=make.user())


def entry(nursery_round: Round, *groups: NurseryClass, tier: int = 3, **values: Any) -> RoundEntry:
    """A household of one child that wishes for these classes, in this order."""
    belongs(values, guardian=lambda: make.own_resident(community=nursery_round.community))
    application = verified(nursery_class=groups[0], **values)
    return actions.enter_round(
        nursery_round=nursery_round,
        applications=[application],
        choices=[(group,) for group in groups],
        tier=tier,
        mode="together_only",
        at=MORNING,
        by=make.user(),
    )


def drawn_round(nursery_round: Round) -> Round:
    """Closed, with balls typed by two people, and drawn."""
    actions.close_round(nursery_round=nursery_round, at=MORNING, by=make.user())
    for _ in range(2):
        actions.type_value(nursery_round=nursery_round, value="07 23 31", at=MORNING, by=make.user())
    return actions.draw_round(nursery_round=nursery_round, at=MORNING, by=make.user())


def published_round(*groups: NurseryClass) -> Round:
    """Of one household."""
    found = open_round(*groups)
    entry(found, *groups)
    return actions.publish_round(nursery_round=drawn_round(found), at=MORNING, by=make.user())


def posted_rule() -> None:
    make.rule("nursery_draw_posted", params={"days": 5})


def closing_rule() -> None:
    make.rule("nursery_closing", params={"at": "17:30"})


def visit_plan(kind: str = "look", **values: Any) -> VisitPlan:
    """That a nursery receives families; without shifts of its own."""
    belongs(values, facility=lambda: make.facility(dimension="children", **community_of(values)))
    values.setdefault("community", values["facility"].community)
    return VisitPlan.objects.create(kind=kind, **values)


def visit_slot(*, starts_at: dt.datetime | None = None, capacity: int = 1, **values: Any) -> VisitSlot:
    """Half an hour for one family, the day after tomorrow."""
    belongs(values, plan=visit_plan)
    starts_at = starts_at or make.moment(2, 15)
    return VisitSlot.objects.create(
        community=values["plan"].community,
        day=starts_at.date(),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=30),
        capacity=capacity,
        **values,
    )


def visit(**values: Any) -> NurseryVisit:
    """Somebody comes to look round."""
    belongs(values, slot=visit_slot)
    community = values["slot"].community
    belongs(values, resident=lambda: make.own_resident(community=community))
    values.setdefault("by", values["resident"].login)
    return actions.book_visit(**{"via": "online", "at": MORNING} | values)
