"""The demo hook of the council: two bodies, meetings in every state, topics and minutes, by the actions."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from circle.audit.seals import seal_records
from circle.calendar.working_days import SHANGHAI
from circle.demo import messages, source, staff
from circle.models import Community, Facility, Resident
from council import actions
from council.demo import loops
from council.models import (
    ActionItem,
    AgendaItem,
    Body,
    BodyRule,
    Meeting,
    Membership,
    MinutesVersion,
    Resolution,
    Topic,
)

DATA = Path(__file__).resolve().parents[1] / "data" / "demo.json"
DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)


def load(community: Community) -> None:
    """Where a meeting is there already, nothing is added."""
    if Meeting.objects.filter(community=community).exists():
        return
    data = json.loads(DATA.read_text(encoding="utf-8"))
    year = Year(community, timezone.localtime())
    council, committee = (year.add_body(row) for row in data["bodies"])
    year.look_back(council, data["year"])
    last = year.held(council, data["last"], year.last_on, hour=19)
    year.correct(last, data["last"]["correction"])
    year.close(last, data["last"]["topics"])
    loops.finish_loops(last, year.secretary)
    year.call(council, data["now"])
    year.plan_ahead(council)
    year.close(year.held(committee, data["committee_last"], year.last_on - DAY, hour=15), [])
    year.notice(committee, data["committee_next"])
    year.carry_out(last, committee, data["actions"])
    year.enter_from_paper(council, data["paper"])
    year.adjourn(committee, data["adjourned"])
    at_the_window = [year.people[key] for key in ("li", "chen", "zhao", "ma", "liu", "huang", "yu")]
    loops.add_year(council, data["ordinary"], at_the_window, year.secretary, year.now)
    actions.put_due_in_force(at=year.now)
    messages.send_demo_messages(year.now)
    seal_records(community)


class Year:
    """Dates as seen from today: a meeting last month, one in nine days, one in the month after."""

    def __init__(self, community: Community, now: dt.datetime) -> None:
        self.community, self.now, self.today = community, now, now.date()
        self.next_on = self.today + 9 * DAY
        # In another month than the next one, and long enough ago for its minutes.
        self.last_on = min(self.next_on - 28 * DAY, self.next_on.replace(day=1) - 3 * DAY)
        self.on_paper = self.last_on - 90 * DAY
        self.secretary = staff.demo_staff(community, staff.SECRETARY)
        self.chair = staff.demo_staff(community, staff.CHAIR)
        self.room = Facility.objects.get(community=community, code="council-room")
        names = {row["key"]: row["name"] for row in source.read_demo_data("demo_people.json")["residents"]}
        by_name = {
            person.name: person
            for person in Resident.objects.filter(community=community).select_related("login")
        }
        self.people = {key: by_name[name] for key, name in names.items()}

    def add_body(self, row: dict[str, Any]) -> Body:
        values = {name: row[name] for name in ("kind", "name_zh", "name_en", "sign")} | row.get("more", {})
        body, is_new = Body.objects.get_or_create(community=self.community, code=row["code"], defaults=values)
        if is_new:
            BodyRule.objects.create(body=body, valid_from=self.today - 400 * DAY, **row["rule"])
        for key, seat in row["members"]:
            held = {"seat": seat, "is_voting": seat != Membership.Seat.OBSERVER}
            started = {"starts_on": self.today - 400 * DAY}
            Membership.objects.get_or_create(body=body, resident=self.people[key], defaults=held | started)
        return body

    def plan(self, body: Body, day: dt.date, hour: int, call: tuple[dt.date, dt.date]) -> Meeting:
        """The call runs from eight o'clock of its first day to six o'clock of its last."""
        begins = local_datetime(day, hour)
        return actions.plan_meeting(
            body=body,
            place=self.room,
            starts_at=begins,
            ends_at=begins + 2 * HOUR,
            call_opens_at=local_datetime(call[0], 8),
            call_closes_at=local_datetime(call[1], 18),
            at=min(local_datetime(call[0], 8) - 7 * DAY, self.now),
            by=self.secretary,
        )

    def add_topic(self, meeting: Meeting, row: dict[str, Any], at: dt.datetime) -> Topic:
        person = self.people[row["person"]] if row["person"] else None
        agent = self.people[row["by"]] if "by" in row else person
        login = agent.login if agent and row["via"] == Topic.Channel.ONLINE else None
        topic = actions.submit_topic(
            meeting=meeting,
            resident=person,
            text=row["text"],
            dimension=row["dimension"],
            via=row["via"],
            at=at,
            by=login or self.secretary,
        )
        later: dict[str, Any] = {"topic": topic, "at": at + 20 * HOUR, "by": self.secretary}
        if "declined_zh" in row:
            words = {name: row[name] for name in ("public_text_zh", "public_text_en")}
            reasons = {"reason_zh": row["declined_zh"], "reason_en": row["declined_en"]}
            actions.decline_topic(**reasons, **words, **later)
        elif row.get("is_withdrawn") and login:
            actions.withdraw_topic(topic=topic, at=at + HOUR, by=login)
        elif "public_text_zh" in row:
            actions.accept_topic(
                public_text_zh=row["public_text_zh"], public_text_en=row["public_text_en"], **later
            )
        return topic

    def answer(self, topic: Topic, row: dict[str, Any], at: dt.datetime) -> None:
        texts = {"answer_zh": row["answer_zh"], "answer_en": row["answer_en"]}
        actions.answer_topic(topic=topic, at=at, by=self.secretary, **texts)

    def add_items(self, meeting: Meeting, rows: list[dict[str, Any]], topics: list[Topic]) -> None:
        for row in rows:
            texts = {name: row[name] for name in ("kind", "title_zh", "title_en", "text_zh", "text_en")}
            actions.save_item(
                item=AgendaItem(meeting=meeting, **texts),
                topics=[topics[number] for number in row.get("topics", [])],
                at=meeting.call_closes_at - HOUR,
                by=self.secretary,
            )

    def held(self, body: Body, row: dict[str, Any], day: dt.date, hour: int) -> Meeting:
        """From the call to the published minutes."""
        meeting = self.plan(body, day, hour, (day - 24 * DAY, day - 4 * DAY))
        actions.open_call(meeting=meeting, at=meeting.call_opens_at, by=self.secretary)
        topics = [
            self.add_topic(meeting, topic, meeting.call_opens_at + number * 2 * DAY + 3 * HOUR)
            for number, topic in enumerate(row.get("topics", []))
        ]
        for topic, said in zip(topics, row.get("topics", []), strict=True):
            if "merge_into" in said:
                target, at = topics[said["merge_into"]], meeting.call_closes_at - HOUR
                actions.merge_topics(topic=topic, target=target, at=at, by=self.secretary)
        self.add_items(meeting, row["items"], topics)
        actions.publish_agenda(meeting=meeting, at=meeting.call_closes_at + HOUR, by=self.secretary)
        messages.send_demo_messages(meeting.starts_at)
        self.sit(meeting, row)
        self.minute(meeting, row)
        meeting.refresh_from_db()
        return meeting

    def call_roll(self, meeting: Meeting, present: int, at: dt.datetime) -> None:
        seats = Membership.objects.filter(body=meeting.body).order_by("pk")
        marks = [
            actions.Mark(seat.pk, "present" if number < present else "excused")
            for number, seat in enumerate(seats)
        ]
        actions.record_attendance(meeting=meeting, marks=marks, at=at, by=self.secretary)

    def sit(self, meeting: Meeting, row: dict[str, Any]) -> None:
        start, by = meeting.starts_at, self.secretary
        self.call_roll(meeting, row["present"], start)
        actions.open_session(meeting=meeting, at=start, by=by)
        self.settle(meeting, row)
        actions.end_session(meeting=meeting, at=meeting.ends_at - 10 * MINUTE, by=by)

    def settle(self, meeting: Meeting, row: dict[str, Any]) -> None:
        start, by = meeting.starts_at, self.secretary
        for item, said in zip(meeting.items.order_by("number"), row["items"], strict=True):
            at = start + item.number * 25 * MINUTE
            if "hands" not in said:
                actions.note_item(item=item, at=at, by=by)
                continue
            hands = dict(zip(("yes", "no", "abstain"), said["hands"], strict=True))
            texts = {"text_zh": said["resolution_zh"], "text_en": said["resolution_en"]}
            actions.record_resolution(item=item, at=at, by=by, voted_at=at, **texts, **hands)

    def minute(self, meeting: Meeting, row: dict[str, Any]) -> None:
        at = meeting.ends_at + DAY
        minutes = actions.draft_minutes(meeting=meeting, at=at, by=self.secretary)
        texts = {
            number: (said["minutes_zh"], said["minutes_en"])
            for number, said in enumerate(row["items"], start=1)
        }
        actions.write_minutes(minutes=minutes, texts=texts, at=at, by=self.secretary)
        self.publish(minutes, at)

    def publish(self, minutes: MinutesVersion, at: dt.datetime) -> None:
        actions.submit_minutes(minutes=minutes, at=at, by=self.secretary)
        messages.send_demo_messages(at)
        actions.approve_minutes(minutes=minutes, at=at + DAY, by=self.chair)
        actions.publish_minutes(minutes=minutes, at=at + DAY + HOUR, by=self.secretary)

    def correct(self, meeting: Meeting, row: dict[str, Any]) -> None:
        published, at = MinutesVersion.objects.get(meeting=meeting), meeting.ends_at + 5 * DAY
        by = self.secretary
        minutes = actions.correct_minutes(published=published, reason=row["reason"], at=at, by=by)
        texts = {row["item"]: (row["minutes_zh"], row["minutes_en"])}
        actions.write_minutes(minutes=minutes, texts=texts, at=at, by=by)
        self.publish(minutes, at)

    def close(self, meeting: Meeting, rows: list[dict[str, Any]]) -> None:
        at = meeting.ends_at + 8 * DAY
        for topic, row in zip(meeting.topics.order_by("receipt"), rows, strict=True):
            if "answer_zh" in row:
                self.answer(topic, row, at)
        actions.close_meeting(meeting=meeting, at=at, by=self.secretary)

    def call(self, body: Body, row: dict[str, Any]) -> None:
        """The next meeting: its call has run for ten days and has six to go."""
        meeting = self.plan(body, self.next_on, 19, (self.today - 10 * DAY, self.today + 6 * DAY))
        actions.open_call(meeting=meeting, at=meeting.call_opens_at, by=self.secretary)
        for number, each in enumerate(row["topics"]):
            at = meeting.call_opens_at + (number + 1) * 2 * DAY + 2 * HOUR
            topic = self.add_topic(meeting, each, at)
            if "answer_zh" in each:
                self.answer(topic, each, at + DAY)
            elif "firm_says" in each:
                self.give_to_firm(topic, each["firm_says"], at + DAY)

    def give_to_firm(self, topic: Topic, text: str, at: dt.datetime) -> None:
        """One matter of the houses is with the property management, which has begun."""
        manager = staff.demo_staff(self.community, staff.MANAGER)
        firm = manager.posts.get().firm
        actions.assign_topic(topic=topic, firm=firm, at=at, by=self.chair)
        actions.reply_as_firm(topic=topic, status="under_way", text=text, at=at + HOUR, by=manager)

    def plan_ahead(self, body: Body) -> None:
        month_after = (self.next_on.replace(day=1) + 32 * DAY).replace(day=20)
        self.plan(body, month_after, 19, (month_after - 24 * DAY, month_after - 3 * DAY))

    def notice(self, body: Body, row: dict[str, Any]) -> None:
        call = (self.today - 12 * DAY, self.today - DAY)
        meeting = self.plan(body, self.next_on + DAY, 15, call)
        actions.open_call(meeting=meeting, at=meeting.call_opens_at, by=self.secretary)
        self.add_items(meeting, row["items"], [])
        actions.publish_agenda(meeting=meeting, at=meeting.call_closes_at + HOUR, by=self.secretary)

    def carry_out(self, meeting: Meeting, committee: Body, rows: list[dict[str, Any]]) -> None:
        """Of what the last meeting decided one thing is verified, one is late, one is still to come."""
        adopted = Resolution.objects.get(item__meeting=meeting, outcome=Resolution.Outcome.ADOPTED)
        firm = staff.demo_staff(self.community, staff.MANAGER).posts.get().firm
        owners: dict[str, dict[str, Any]] = {
            "secretary": {"person": self.secretary},
            "committee": {"body": committee},
            "firm": {"firm": firm},
        }
        day, begins = meeting.ends_at + 3 * DAY, meeting.ends_at + 10 * DAY
        actions.put_due_in_force(at=begins)
        for row in rows:
            texts = {"title_zh": row["title_zh"], "title_en": row["title_en"]}
            due = (meeting.ends_at + row["due"] * DAY).date()
            found = actions.add_action(
                resolution=adopted, due_on=due, at=day, by=self.secretary, **texts, **owners[row["owner"]]
            )
            self.do_steps(found, row, begins)

    def do_steps(self, found: ActionItem, row: dict[str, Any], at: dt.datetime) -> None:
        if row["steps"]:
            actions.begin_action(action_item=found, at=at, by=self.secretary)
        for number, (kind, text, _english, evidence) in enumerate(row["steps"], start=1):
            said = {"text": text, "evidence": evidence, "at": at + number * DAY, "by": self.secretary}
            act = actions.report_action if kind == "report" else actions.note_progress
            act(action_item=found, **said)
        if row.get("is_verified"):
            actions.verify_action(action_item=found, at=at + 5 * DAY, by=self.chair)

    def look_back(self, body: Body, rows: list[dict[str, Any]]) -> None:
        """One regular meeting a month, up to the one before the last; `rows` from the latest on."""
        days: list[dt.date] = []
        day = self.last_on
        while len(days) < len(rows):
            day = (day.replace(day=1) - DAY).replace(day=15)
            if (day.year, day.month) != (self.on_paper.year, self.on_paper.month):
                days.append(day)
        for day, row in reversed(list(zip(days, rows, strict=True))):
            self.close(self.held(body, row, day, hour=19), [])

    def enter_from_paper(self, body: Body, row: dict[str, Any]) -> None:
        """A meeting of three months before, typed in afterwards."""
        begins = local_datetime(self.on_paper, 19)
        said = [(each["title_zh"], each["kind"], each["title_en"]) for each in row["items"]]
        meeting = actions.enter_paper_meeting(
            body=body,
            place=self.room,
            starts_at=begins,
            ended_at=begins + 2 * HOUR,
            items=[actions.PaperItem(*each) for each in said],
            at=begins + 3 * DAY,
            by=self.secretary,
        )
        self.call_roll(meeting, row["present"], meeting.ends_at + DAY)
        self.settle(meeting, row)
        self.minute(meeting, row)
        self.close(meeting, [])

    def adjourn(self, body: Body, row: dict[str, Any]) -> None:
        """Too few came; a week later enough of them did."""
        meeting = self.plan(
            body, self.last_on - 45 * DAY, 15, (self.last_on - 69 * DAY, self.last_on - 50 * DAY)
        )
        actions.open_call(meeting=meeting, at=meeting.call_opens_at, by=self.secretary)
        self.add_items(meeting, row["items"], [])
        actions.publish_agenda(meeting=meeting, at=meeting.call_closes_at + HOUR, by=self.secretary)
        messages.send_demo_messages(meeting.starts_at)  # before it is put off
        self.call_roll(meeting, row["came"], meeting.starts_at)
        again = meeting.starts_at + 7 * DAY
        successor = actions.adjourn_meeting(
            meeting=meeting,
            starts_at=again,
            ends_at=again + 2 * HOUR,
            at=meeting.starts_at + HOUR,
            by=self.secretary,
        )
        actions.publish_agenda(meeting=successor, at=meeting.starts_at + DAY, by=self.secretary)
        messages.send_demo_messages(successor.starts_at)
        self.sit(successor, row)
        self.minute(successor, row)
        self.close(successor, [])


def local_datetime(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=SHANGHAI)
