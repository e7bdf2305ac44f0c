"""The demo hook of childcare: four classes, and applications in every state, made by the actions."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone

from childcare import actions
from childcare.actions.open_days import OpenDays
from childcare.models import (
    Application,
    ChildDay,
    NurseryClass,
    Paper,
    Round,
    RoundEntry,
    VisitPlan,
    VisitSlot,
)
from circle.actions import give_mandate
from circle.audit.seals import seal_records
from circle.calendar.working_days import SHANGHAI, Calendar
from circle.demo.messages import send_demo_messages
from circle.demo.source import read_demo_data
from circle.demo.staff import NURSE, NURSERY_HEAD, demo_staff
from circle.models import Community, Facility, Mandate, Resident, Via

DATA = Path(__file__).resolve().parent / "data" / "demo_nursery.json"
ONE_DAY = dt.timedelta(days=1)
MONTH = dt.timedelta(days=30.4)
BEGUN = dt.timedelta(days=120)  # the classes, so long ago
FIRST_DAY = dt.timedelta(days=40)  # after an application was begun
PAPERS = list(Paper.Kind.values)
DAYS_RECORDED = 5
# Days. Behind the longest holiday five working days reach back 15; the children of the week came before that.
REACH = 21
TIMES = (dt.time(8, 5), dt.time(16), dt.time(17))  # come, written, gone home
# What happens before a state is reached, and how many days after the beginning.
TRANSITION_DAYS: list[tuple[str, int]] = [
    ("submitted", 0),
    ("verified", 2),
    ("offered", 3),
    ("accepted", 4),
    ("enrolled", 6),
    ("left", 8),
]
TRANSITIONS_TO = {
    "draft": [],
    "returned": ["submitted", "returned"],
    "declined": ["submitted", "verified", "offered", "declined"],
    "lapsed": ["submitted", "verified", "offered", "lapsed"],
    "withdrawn": ["submitted", "withdrawn"],
    "left": ["submitted", "verified", "offered", "accepted", "enrolled", "left"],
}


def load_demo(community: Community) -> None:
    """Classes that are there stay as they are; applications are made only where there are none."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    nursery = Facility.objects.get(community=community, code="nursery")
    for row in data["classes"]:
        add_class(nursery, row, data)
    if Application.objects.filter(community=community).exists():
        return
    season = Season(community)
    for row in data["applications"]:
        season.apply(row)
    for row in data["applications"]:
        if "further" in row:
            season.wish_further(row)
    Week(season, data["week"]).record_days()
    season.draw_a_round(data["round"])
    season.come_late(data["late"])
    season.wait_together(data["twins"])
    season.confirm_parent(data["second_parent"])
    Visits(season, data["visits"]).load()
    send_demo_messages(season.now)
    seal_records(community)


def add_class(nursery: Facility, row: dict[str, Any], data: dict[str, Any]) -> None:
    starts_on = timezone.localdate() - BEGUN
    values = {name: row[name] for name in row if name not in ("code", "fee_cents")} | {
        "facility": nursery,
        "starts_on": starts_on,
    }
    group, is_new = NurseryClass.objects.get_or_create(
        community=nursery.community, code=row["code"], defaults=values
    )
    if is_new:
        actions.set_price(
            nursery_class=group,
            valid_from=starts_on,
            cents=row["fee_cents"],
            source_zh=data["fee_source_zh"],
            source_en=data["fee_source_en"],
            at=timezone.now(),
            by=demo_staff(nursery.community, NURSERY_HEAD),
        )


def next_open_day(group: NurseryClass, day: dt.date) -> dt.date:
    """An offer cannot begin on a day off."""
    open_days = OpenDays.load(group, day, day + REACH * ONE_DAY)
    return next(each for each in (day + n * ONE_DAY for n in range(REACH)) if open_days.is_open(each))


class Season:
    """Applications of the last two months, each as far as its row says."""

    def __init__(self, community: Community) -> None:
        self.community, self.now = community, timezone.localtime()
        self.head = demo_staff(community, NURSERY_HEAD)
        people = Resident.objects.filter(community=community).select_related("community", "login")
        by_name = {person.name: person for person in people}
        self.people = {
            row["key"]: by_name[row["name"]] for row in read_demo_data("demo_people.json")["residents"]
        }
        self.classes = {each.code: each for each in NurseryClass.objects.filter(community=community)}

    def apply(self, row: dict[str, Any]) -> Application:
        guardian = self.people[row["guardian"]]
        begun_at = self.now - row["days_ago"] * ONE_DAY - dt.timedelta(hours=1)
        who = {"via": row.get("via", Via.ONLINE), "at": begun_at, "by": guardian.login or self.head}
        group = self.classes[row["class"]]
        application = actions.start_application(guardian=guardian, nursery_class=group, **who)
        if row["child"]:
            self.fill(application, row, group, who)
        steps = dict(TRANSITION_DAYS)
        whole = [name for name, _day in TRANSITION_DAYS if name != "left"]
        steps_taken = (
            TRANSITIONS_TO[row["to"]] if row["to"] in TRANSITIONS_TO else whole[: whole.index(row["to"]) + 1]
        )
        for name in steps_taken:
            at = begun_at + steps.get(name, 3) * ONE_DAY + dt.timedelta(minutes=20)
            self.step(name, application, row, who | {"at": min(at, self.now)})
        return application

    def wish_further(self, row: dict[str, Any]) -> None:
        """Today, by the guardian: nobody of the season was offered a place past them."""
        guardian = self.people[row["guardian"]]
        application = Application.objects.filter(guardian=guardian, status="verified").shown().get()
        if application.nursery_class and application.start_on:
            actions.change_wish(
                application=application,
                nursery_class=application.nursery_class,
                further=[self.classes[code] for code in row["further"]],
                start_on=application.start_on,
                via=Via.WINDOW,
                at=self.now,
                by=self.head,
            )

    def fill(
        self, application: Application, row: dict[str, Any], group: NurseryClass, who: dict[str, Any]
    ) -> None:
        start_on = next_open_day(group, who["at"].date() + FIRST_DAY)
        actions.fill_child(
            application=application,
            child_name=row["child"],
            child_born_on=start_on - row["months"] * MONTH - 9 * ONE_DAY,
            nursery_class=group,
            start_on=start_on,
            is_another=True,  # twins are born on one day
            **who,
        )
        if row["to"] == "draft":
            return
        allergies = row.get("allergies", "")
        actions.fill_guardian(application=application, relation=row["relation"], **who)
        actions.fill_health(
            application=application,
            has_allergies=bool(allergies),
            allergies=allergies,
            takes_medicine=False,
            medicine="",
            vaccinations="complete",
            consents=True,
            **who,
        )
        actions.fill_documents(application=application, ready=PAPERS, **who)

    def step(self, name: str, application: Application, row: dict[str, Any], who: dict[str, Any]) -> None:
        staff = {"application": application, "at": who["at"], "by": self.head}
        guardian = {"application": application} | who
        acts: dict[str, Callable[[], Any]] = {
            "submitted": lambda: actions.submit_application(consents=True, **guardian),
            "returned": lambda: actions.send_back(missing=row["missing"], **staff),
            "verified": lambda: actions.verify_application(papers=PAPERS, **staff),
            "offered": lambda: actions.offer_place(
                nursery_class=self.classes[row["class"]],
                start_on=application.start_on or self.now.date(),
                days=row.get("days", 5),
                reason=row.get("passing", ""),
                **staff,
            ),
            "accepted": lambda: actions.accept_offer(**guardian),
            "declined": lambda: actions.decline_offer(**guardian),
            "enrolled": lambda: actions.enrol_child(**staff),
            "left": lambda: self.leave(guardian),
            "withdrawn": lambda: actions.withdraw_application(**guardian),
            "lapsed": lambda: actions.lapse_offers(
                at=application.offer.expires_at if application.offer else who["at"]
            ),
        }
        acts[name]()
        send_demo_messages(who["at"])  # before something else becomes of it

    def draw_a_round(self, said: dict[str, Any]) -> None:
        """Of some days ago, published: whoever waits, checked, for a class with a place in it."""
        at = self.now - said["days_ago"] * ONE_DAY
        names = {"code": said["code"], "name_zh": said["name_zh"], "name_en": said["name_en"]}
        nursery_round = Round.objects.create(community=self.community, status_at=at, **names)
        for code, places in said["places"].items():
            nursery_round.places.create(nursery_class=self.classes[code], places=places)
        who: dict[str, Any] = {"nursery_round": nursery_round, "at": at, "by": self.head}
        actions.open_round(**who)
        given = [self.classes[code] for code in said["places"]]
        waiting = Application.objects.filter(
            community=self.community, status="verified", nursery_class__in=given
        )
        for application in waiting.shown():
            choices = [(application.nursery_class,)]
            tier = RoundEntry.Tier.COMMUNITY
            one: dict[str, Any] = {
                "applications": [application],
                "choices": choices,
                "tier": tier,
                "mode": "together_only",
            }
            actions.enter_round(**who, **one)
        actions.close_round(**who)
        actions.type_value(**who | {"value": said["balls"]})
        second = demo_staff(self.community, NURSE)
        actions.type_value(**who | {"value": said["balls"], "by": second})
        actions.draw_round(**who)
        actions.publish_round(**who)

    def come_late(self, row: dict[str, Any]) -> None:
        """Checked after the result was published: at the end of the drawn line."""
        application = self.apply(row)
        actions.enter_late(
            nursery_round=Round.objects.get(community=self.community, status=Round.Status.PUBLISHED),
            applications=[application],
            choices=[(self.classes[row["class"]],)],
            tier=RoundEntry.Tier.COMMUNITY,
            mode=RoundEntry.Mode.TOGETHER,
            at=self.now,
            by=self.head,
        )

    def wait_together(self, said: dict[str, Any]) -> None:
        first, *others = [self.apply(row) for row in said["applications"]]
        actions.declare_siblings(
            application=first,
            siblings=others,
            mode=said["mode"],
            via=Via.WINDOW,
            at=self.now,
            by=self.head,
        )

    def confirm_parent(self, said: dict[str, Any]) -> None:
        """Named by the first parent, and confirmed by the second with the number and the birthday."""
        application = Application.objects.shown().get(community=self.community, child__name=said["child"])
        parent, child = self.people[said["parent"]], application.child
        who: dict[str, Any] = {"via": Via.WINDOW, "at": self.now, "by": self.head}
        entry = actions.name_second_parent(
            application=application, phone=parent.phone, relation=said["relation"], **who
        )
        send_demo_messages(self.now)  # before it is confirmed
        if child and parent.login:
            actions.confirm_second_parent(
                entry=entry, name=parent.name, child_born_on=child.born_on, at=self.now, by=parent.login
            )

    def leave(self, guardian: dict[str, Any]) -> None:
        actions.give_notice(last_day=self.now.date() - ONE_DAY, **guardian)
        actions.end_due_enrolments(at=self.now)


class Visits:
    """Hours in which families may look round or try half a day, and somebody who has booked each."""

    def __init__(self, season: Season, said: dict[str, Any]) -> None:
        self.season, self.said = season, said

    def load(self) -> None:
        nursery = Facility.objects.get(community=self.season.community, code="nursery")
        for kind, row in self.said["plans"].items():
            notes = {"note_zh": row["note_zh"], "note_en": row["note_en"]}
            plan = VisitPlan.objects.create(
                community=self.season.community, facility=nursery, kind=kind, **notes
            )
            for weekday in row["weekdays"]:
                opens, closes = dt.time.fromisoformat(row["opens"]), dt.time.fromisoformat(row["closes"])
                hours = {"weekday": weekday, "opens": opens, "closes": closes}
                plan.shifts.create(slot_minutes=row["minutes"], places=row["places"], **hours)
        actions.lay_out_visits(at=self.season.now)
        self.book(VisitPlan.Kind.LOOK, self.season.people[self.said["looks"]], None)
        row = Application.objects.shown().get(community=self.season.community, child__name=self.said["tries"])
        self.book(VisitPlan.Kind.TRIAL, row.guardian, row)

    def book(self, kind: str, person: Resident, application: Application | None) -> None:
        """The second time that is free, where there is one before the first day."""
        slots = (
            VisitSlot.objects.upcoming(self.season.now)
            .filter(plan__kind=kind)
            .select_related("plan__facility")
        )
        if application and application.offer:
            slots = slots.filter(day__lt=application.offer.starts_on)
        for slot in slots.filter(community=self.season.community).order_by("starts_at")[1:2]:
            actions.book_visit(
                slot=slot,
                resident=person,
                application=application,
                via=Via.ONLINE if person.login else Via.PHONE,
                at=self.season.now,
                by=person.login or self.season.head,
            )


class Week:
    """The last working days of some children, one of whom stays at home today and whose grandparent helps."""

    def __init__(self, season: Season, said: dict[str, Any]) -> None:
        self.season, self.said = season, said
        self.nurse = demo_staff(season.community, NURSE)
        today = season.now.date()
        calendar = Calendar.load(today - REACH * ONE_DAY, today)
        earlier = (today - number * ONE_DAY for number in range(1, REACH + 1))
        self.days = [day for day in earlier if calendar.is_workday(day)][:DAYS_RECORDED]

    def record_days(self) -> None:
        children = Application.objects.filter(child__name__in=self.said["children"]).shown()
        by_name = {row.child.name: row for row in children if row.child}
        group = self.season.classes[self.said["nurse_of"]]
        actions.give_class(nursery_class=group, user=self.nurse, at=self.season.now, by=self.season.head)
        self.empower(by_name[self.said["with_grandparent"]].guardian)
        for day in reversed(self.days):
            for number, name in enumerate(self.said["children"]):
                self.one_day(by_name[name], name, day, number)
        self.stay_at_home(by_name[self.said["away"]])

    def empower(self, guardian: Resident) -> None:
        grandparent = self.season.people[self.said["grandparent"]]
        mandate = Mandate(
            principal=guardian,
            basis=Mandate.Basis.FAMILY,
            scope=Mandate.Scope.CHILDCARE,
            valid_from=self.season.now.date() - REACH * ONE_DAY,
        )
        by = self.season.head
        give_mandate(mandate=mandate, phone=grandparent.phone, at=self.season.now, by=by)

    def one_day(self, application: Application, name: str, day: dt.date, number: int) -> None:
        """From coming to going home; the last of those who may takes the child."""
        came, wrote, went = (dt.datetime.combine(day, time, tzinfo=SHANGHAI) for time in TIMES)
        who = {"by": self.nurse}
        row = actions.check_in_child(
            application=application, at=came + number * dt.timedelta(minutes=3), **who
        )
        note = self.said["notes"][(number + day.day) % len(self.said["notes"])]
        ate = list(ChildDay.Ate)[(number + day.day) % 2]
        actions.write_day(child_day=row, ate=ate, slept="well", mood="merry", note=note, at=wrote, **who)
        if day == self.days[-1] and name == self.said["not_collected"]:
            self.close_later(row, went)
        else:
            collector = actions.collectors_of(application.child, went)[-1]
            actions.check_out_child(child_day=row, collector=collector.key, at=went, **who)

    def close_later(self, row: ChildDay, went: dt.datetime) -> None:
        """Nobody recorded the collection: reported in the evening, closed by the head next morning."""
        actions.report_uncollected(at=went + dt.timedelta(hours=1))
        send_demo_messages(went + dt.timedelta(hours=1))  # before somebody sees to it
        actions.close_day(
            child_day=row,
            collector="",
            left_at=went + dt.timedelta(minutes=10),
            words=self.said["closing_words"],
            at=went + dt.timedelta(hours=15),
            by=self.season.head,
        )

    def stay_at_home(self, application: Application) -> None:
        """For today and the two weeks to come, of which at least one day is a working day."""
        today = self.season.now.date()
        actions.report_absence(
            application=application,
            first_day=today,
            last_day=today + 13 * ONE_DAY,
            reason="ill",
            via=Via.PHONE,
            at=self.season.now,
            by=self.season.head,
        )
