"""The eight kinds, their shifts, and a month of care, all made by the actions that people and staff use."""

import contextlib
import datetime as dt
import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from circle.actions import (
    acknowledge_alarm,
    ask_erasure,
    close_alarm,
    erase_resident,
    note_alarm,
    raise_alarm,
    record_in_person_outcome,
    register_resident,
    require_consent,
    withdraw_consent,
)
from circle.audit.log import record_reading
from circle.audit.seals import seal_records
from circle.demo.messages import send_demo_messages
from circle.demo.source import pick_columns
from circle.demo.staff import demo_staff
from circle.models import Alarm, Community, DutyShift, Facility, Message, Resident, User, Via
from eldercare import actions
from eldercare.actions import Answers, Measured
from eldercare.actions.answers import CONSENT
from eldercare.demo.canteen import add_canteen
from eldercare.demo.day_care import sign_agreements
from eldercare.demo.rights import add_right_notices, load_prices, load_rights
from eldercare.demo.school import add_school
from eldercare.demo.series import add_series
from eldercare.demo.signatures import a_signature
from eldercare.demo.team import add_team, send_somebody
from eldercare.demo.visits import add_visits
from eldercare.models import (
    Arrangement,
    CareBooking,
    CareKind,
    CareQuestion,
    CareShift,
    CareSlot,
    ServiceRecord,
)

DATA = Path(__file__).resolve().parents[1] / "data" / "kinds.json"
PAST, COMING = 21, 9  # days
ONE_DAY = dt.timedelta(days=1)
ELDERS_BORN_BEFORE = dt.date(1967, 1, 1)
COORDINATOR, DIRECTOR = "care@demo.invalid", "head@demo.invalid"
# Outcomes of past bookings, drawn at random: one in ten each.
ENDINGS = ["done"] * 6 + ["settled", "cancelled", "revoked", "done"]


def load_demo(community: Community) -> None:
    """Existing kinds are not changed; bookings are made only where there are none."""
    for order, row in enumerate(json.loads(DATA.read_text(encoding="utf-8"))):
        add_kind(community, row, order)
    load_rights(community)
    load_prices(community)
    now = timezone.localtime()
    team = add_team(community, now.date())
    is_new = not CareBooking.objects.filter(community=community).exists()
    if is_new:
        month = Month(community, now, team)
        for number in range(-PAST, COMING + 1):
            month.fill(now.date() + number * ONE_DAY)
    actions.lay_out_slots(community=community, at=now)
    if is_new:
        add_visits(community, now, month.boss)
        add_series(month)
        add_school(community, now, month.boss)
        add_canteen(month)
        add_right_notices(community, now, month.elders)
        add_alarms(month)
        add_rights_examples(month)
        deliver_old_messages(community, now, month.boss)


def add_alarms(month: "Month") -> None:
    """A duty roster of two weeks, and a call for help that was seen to."""
    community, director = month.community, demo_staff(month.community, DIRECTOR)
    for number in range(-7, 8):
        day = month.now.date() + number * ONE_DAY
        begin, end = (timezone.make_aware(dt.datetime.combine(day, dt.time(hour))) for hour in (8, 20))
        on_duty = {"user": director if day.weekday() > 4 else month.boss, "ends_at": end}
        DutyShift.objects.get_or_create(community=community, starts_at=begin, defaults=on_duty)
    rang_at = month.now - 3 * ONE_DAY
    call = raise_alarm(
        resident=month.elders[0],
        source=Alarm.Source.HELP,
        words="在家滑了一下，起不来（演示）",
        at=rang_at,
        by=month.boss,
    )
    send_demo_messages(rang_at)
    seen_to: dict[str, Any] = {"alarm": call, "by": month.boss}
    acknowledge_alarm(**seen_to, at=rang_at + dt.timedelta(minutes=2))
    note_alarm(**seen_to, at=rang_at + dt.timedelta(minutes=9), words="护理员已到门口（演示）")
    close_alarm(**seen_to, at=rang_at + dt.timedelta(minutes=25), words="扶起来了，没有受伤（演示）")


def add_rights_examples(month: "Month") -> None:
    """Records for the page on personal data: a reading, a withdrawn consent, an erased resident."""
    at, director = month.now - 7 * ONE_DAY, demo_staff(month.community, DIRECTOR)
    for booking in CareBooking.objects.filter(community=month.community).shown()[:4]:
        record_reading(by=month.boss, resident=booking.resident, page="care_booking", row=booking.pk, at=at)
    here: dict[str, Any] = {"community": month.community, "at": at, "by": director}
    thinks_again = register_resident(name="改主意的奶奶（演示）", **here)
    consent = require_consent(
        purpose=CONSENT, resident=thinks_again, consents=True, via=Via.WINDOW, at=at, by=director
    )
    withdraw_consent(consent=consent, via=Via.PHONE, at=at + 5 * ONE_DAY, by=director)
    moves_away = register_resident(name="搬走的邻居（演示）", **here)
    erasure = ask_erasure(resident=moves_away, via=Via.WINDOW, at=at, by=director)
    erase_resident(erasure=erasure, at=at + 2 * ONE_DAY, by=director)


def deliver_old_messages(community: Community, now: dt.datetime, by: User) -> None:
    send_demo_messages(now)
    old = Message.objects.awaiting_in_person().filter(
        event__startswith="care_", created_at__lt=now - 2 * ONE_DAY
    )
    for message in old:
        record_in_person_outcome(message=message, at=now, by=by)
    seal_records(community)


def add_kind(community: Community, row: dict[str, Any], order: int) -> None:
    same = ["way", "is_at_home", "minutes", "days_ahead", "cancel_hours", "duty_phone"]
    values = pick_columns(row, "name", "what", "giver", "price", also=same)
    values |= {
        name: row[name]
        for name in (
            "crew_size",
            "needs_check",
            "needs_trained_lead",
            "skill",
            "is_volunteer_led",
            "brings_home",
            "is_shared",
            "is_halved",
            "needs_agreement",
            "min_grade",
        )
        if name in row
    }
    values |= {"order": order, "synonyms": "\n".join(row["synonyms"])}
    values["facility"] = Facility.objects.get(community=community, code=row["facility"])
    kind, is_new = CareKind.objects.get_or_create(community=community, code=row["code"], defaults=values)
    if not is_new:
        return
    CareQuestion.objects.bulk_create(
        CareQuestion(kind=kind, order=number, **question) for number, question in enumerate(row["questions"])
    )
    CareShift.objects.bulk_create(
        CareShift(kind=kind, weekday=day, **{name: shift[name] for name in shift if name != "days"})
        for shift in row["shifts"]
        for day in shift["days"]
    )


class Month:
    """A month of care around today; the random numbers are seeded, so a day always gives the same month."""

    def __init__(self, community: Community, now: dt.datetime, team: list[User]) -> None:
        self.community, self.now, self.team = community, now, team
        self.chance = random.Random(20221102)  # noqa: S311 - a demo, no secret
        self.boss, self.carer = demo_staff(community, COORDINATOR), team[0]
        elders = Resident.objects.filter(community=community, born_on__lt=ELDERS_BORN_BEFORE)
        self.elders = list(elders.select_related("login", "building", "household").order_by("pk"))
        kinds = CareKind.objects.filter(community=community).askable().prefetch_related("questions")
        self.has_stopped = False
        self.kinds = list(kinds.select_related("facility", "community").order_by("order"))
        sign_agreements(self)

    def fill(self, day: dt.date) -> None:
        """Two or three bookings of this day, made some days before, with their outcomes."""
        morning = timezone.make_aware(dt.datetime.combine(day, dt.time(7)))
        asked_at = min(morning - self.chance.randint(1, 5) * ONE_DAY, self.now)
        if (self.now.date() - day).days % 7 == 0:  # times reach two weeks ahead
            actions.lay_out_slots(community=self.community, at=min(morning, self.now) - ONE_DAY)
        for _ in range(self.chance.choice([2, 2, 3])):
            with contextlib.suppress(ValidationError):  # full, or the elder is busy: nothing comes of it
                self.arrange(day, asked_at)

    def arrange(self, day: dt.date, at: dt.datetime) -> None:
        kind, resident = self.chance.choice(self.kinds), self.chance.choice(self.elders)
        by, via = self.who_asks(resident)
        said: dict[str, Any] = {"kind": kind, "resident": resident, "answers": self.answers(kind, resident)}
        said |= {"via": via, "at": at, "by": by}
        if kind.min_grade and via != Via.ONLINE:
            said["age_reason"] = "评估已预约（演示）"
        if kind.way == Arrangement.REQUEST:
            booking = actions.request_care(day=self.chance.choice([day, day, None]), **said)
        else:
            slot = self.free_time(kind, day, at)
            if slot is None:
                return
            booking = actions.book_slot(slot=slot, **said)
        send_demo_messages(at)  # before something else becomes of it
        self.go_on(booking, day, at)

    def free_time(self, kind: CareKind, day: dt.date, at: dt.datetime) -> CareSlot | None:
        slots = CareSlot.objects.open().with_places_left().upcoming(at).filter(kind=kind, day=day)
        found = list(slots.select_related("kind"))
        return self.chance.choice(found) if found else None

    def who_asks(self, resident: Resident) -> tuple[User, str]:
        if resident.login:
            return resident.login, Via.ONLINE
        mandate = resident.mandates_given.active().select_related("agent").first()
        if mandate:
            return mandate.agent, Via.ONLINE
        return self.boss, self.chance.choice([Via.PHONE, Via.WINDOW])

    def answers(self, kind: CareKind, resident: Resident) -> Answers:
        asked = list(kind.questions.all())
        needs = [each.code for each in asked if each.sort == CareQuestion.Sort.NEED]
        return Answers(
            needs=self.chance.sample(needs, min(len(needs), self.chance.randint(0, 2))),
            conditions=[
                each.code
                for each in asked
                if each.sort == CareQuestion.Sort.CONDITION and each.moment == CareQuestion.Moment.BOOKING
            ],
            building=resident.building,
            consents=True,
            door=f"{self.chance.randint(1, 4)}-{self.chance.randint(1, 9)}0{self.chance.randint(1, 4)}",
        )

    def go_on(self, booking: CareBooking, day: dt.date, at: dt.datetime) -> None:
        """Past ones get an outcome, those of the next two days are assigned, later ones wait."""
        ahead = (day - self.now.date()).days
        if ahead > 2 and self.chance.random() < 0.6:
            return
        later = min(at + dt.timedelta(hours=3), self.now)
        actions.confirm_booking(booking=booking, at=later, by=self.boss, day=max(day, later.date()))
        send_demo_messages(later)
        if ahead > 1:
            return
        if not send_somebody(booking, self.team, self.chance, later, self.boss):
            return
        is_over = booking.slot is not None and booking.slot.ends_at <= self.now
        if ahead < 0:
            self.finish(booking, "not_home" if ahead == -1 else self.chance.choice(ENDINGS))
        elif ahead == 0 and is_over and self.chance.random() < 0.5:
            self.complete(booking, self.now)
        elif ahead == 0 and not booking.needs_check:
            self.begin_today(booking)

    def begin_today(self, booking: CareBooking) -> None:
        """Care without an hour of its own begins in the morning."""
        nine = timezone.make_aware(dt.datetime.combine(self.now.date(), dt.time(9)))
        begins = booking.starts_at or nine
        if begins <= self.now:
            actions.begin_care(booking=booking, at=begins, by=booking.assigned_to or self.carer)

    def complete(self, booking: CareBooking, at: dt.datetime) -> None:
        """Before a bath the check of the day: now and then the first one is outside the limits."""
        by = booking.assigned_to or self.carer
        begins: dict[str, Any] = {"booking": booking, "at": booking.starts_at or at, "by": by}
        if booking.needs_check:
            held = [each.code for each in booking.kind.day_conditions]
            for systolic in self.chance.choice([(128,), (136,), (168, 142)]):
                measured = Measured(systolic=systolic, diastolic=78, pulse=72, temperature=Decimal("36.4"))
                actions.record_check(**begins, conditions=held, measured=measured)
        if booking.starts_at:
            actions.begin_care(**begins)
        if booking.needs_check and not self.has_stopped:
            self.has_stopped = True
            actions.stop_for_safety(**begins, reason="水温调好后老人说头晕，先休息（演示）")
        else:
            done = [each.code for each in booking.kind.tasks[:2]]
            word = self.chance.choice(list(ServiceRecord.Signature))
            # No carer of the demo has a code, so the coordinator enters the end of what two give.
            enters = self.boss if booking.crew_size > 1 else by
            ended: dict[str, Any] = {
                "booking": booking,
                "done": done,
                "signature": word,
                "at": at,
                "by": enters,
            }
            actions.finish_care(**ended, drawing=a_signature(booking.pk) if word == "glass" else "")

    def finish(self, booking: CareBooking, ending: str) -> None:
        day = booking.day or self.now.date()
        evening = timezone.make_aware(dt.datetime.combine(day, dt.time(17, 40)))
        step: dict[str, Any] = {"booking": booking, "at": min(evening, self.now)}
        before = evening - ONE_DAY - dt.timedelta(hours=8)
        if ending == "done":
            self.complete(booking, step["at"])
        elif ending == "cancelled":
            actions.cancel_booking(booking=booking, at=before, via=Via.PHONE, by=self.boss)
        elif ending == "revoked":
            actions.revoke_booking(
                booking=booking, at=before, by=self.boss, reason="服务人员临时请假（演示）"
            )
        else:
            actions.record_not_home(**step, by=booking.assigned_to or self.carer)
            send_demo_messages(step["at"])
        if ending == "settled":
            actions.settle_not_home(**step, by=self.boss, outcome="电话联系上了，在女儿家，平安（演示）")
