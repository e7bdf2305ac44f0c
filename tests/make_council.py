"""Valid rows of the council for tests, as tests/make.py makes the others.

The meeting of November 2026 is held on Thursday the 26th from seven to nine in the evening; its call for
topics runs from the 2nd, eight o'clock, to the 23rd, six o'clock.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from circle.calendar.working_days import SHANGHAI
from circle.models import Firm, Resident, Rule, User
from council import actions
from council.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Body,
    BodyRule,
    Evaluation,
    Meeting,
    Membership,
    MinutesVersion,
    Paper,
    Posting,
    Resolution,
    Support,
    Topic,
)
from tests import make

OPENS = dt.datetime(2026, 11, 2, 8, tzinfo=SHANGHAI)
CLOSES = dt.datetime(2026, 11, 23, 18, tzinfo=SHANGHAI)
STARTS = dt.datetime(2026, 11, 26, 19, tzinfo=SHANGHAI)
HALF_PAST = dt.datetime(2026, 11, 26, 19, 30, tzinfo=SHANGHAI)
ENDS = dt.datetime(2026, 11, 26, 21, tzinfo=SHANGHAI)
IN_CALL = dt.datetime(2026, 11, 10, 10, tzinfo=SHANGHAI)
NOTICED = dt.datetime(2026, 11, 23, 19, tzinfo=SHANGHAI)
AFTER = dt.datetime(2026, 11, 27, 9, tzinfo=SHANGHAI)


def refused(act: Callable[..., Any], **values: Any) -> str:
    """The code of the refusal."""
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return str(refusal.value.code)


def minutes_in(minutes: int) -> dt.datetime:
    """So many minutes after the meeting began."""
    return STARTS + dt.timedelta(minutes=minutes)


def secretary(**values: Any) -> User:
    return make.post(role="council_secretary", **values).user


def chair(**values: Any) -> User:
    return make.post(role="council_chair", **values).user


def body(**values: Any) -> Body:
    """The residents' council: two thirds to open, more than half of those present to pass."""
    make.belongs(values, community=make.here)
    defaults = {
        "code": "residents",
        "kind": "residents_council",
        "name_zh": "居民议事会",
        "name_en": "Residents' council",
        "sign": "议",
    }
    rule = {"valid_from": dt.date(2020, 1, 1), "seats": 12}
    rule |= {name: values.pop(name) for name in list(values) if name in RULE}
    found = Body.objects.create(**defaults | values)
    BodyRule.objects.create(body=found, **rule)
    return found


RULE = {field.name for field in BodyRule._meta.fields} - {"id", "body"}


def change_rule(body: Body, **values: Any) -> BodyRule:
    """Another rule, said to have counted all the time."""
    last = BodyRule.objects.filter(body=body).latest("pk")
    same = {name: getattr(last, name) for name in RULE}
    return BodyRule.objects.create(body=body, **same | values)


def committee(**values: Any) -> Body:
    """A body beside the residents' council."""
    defaults = {"code": "committee", "kind": "co_governance", "sign": "共", "seats": 3}
    defaults |= {"name_zh": "共治委员会", "name_en": "Co-governance committee"}
    return body(**defaults | values)


def the_council() -> Body:
    return Body.objects.filter(community=make.here(), kind="residents_council").first() or body()


def seat(**values: Any) -> Membership:
    make.belongs(values, body=the_council)
    make.belongs(values, resident=lambda: make.resident(community=values["body"].community))
    return Membership.objects.create(**{"starts_on": dt.date(2026, 1, 1)} | values)


def seats(count: int, **values: Any) -> list[Membership]:
    return [seat(**values) for _ in range(count)]


def meeting(*, at: dt.datetime = OPENS - dt.timedelta(days=7), **values: Any) -> Meeting:
    """Planned, through the action."""
    make.belongs(values, body=the_council, by=secretary)
    make.belongs(values, place=lambda: make.facility(community=values["body"].community))
    times = {"starts_at": STARTS, "ends_at": ENDS, "call_opens_at": OPENS, "call_closes_at": CLOSES}
    return actions.plan_meeting(**times | {"at": at} | values)


def calling(**values: Any) -> Meeting:
    """With its call open."""
    return actions.open_call(meeting=meeting(**values), at=OPENS)


def topic(*, at: dt.datetime = IN_CALL, **values: Any) -> Topic:
    """Sent online by somebody with a login, unless told otherwise."""
    make.belongs(values, meeting=lambda: Meeting.objects.calling(at).first() or calling())
    if "resident" not in values:
        of = values["meeting"] or values["body"]
        values["resident"] = make.own_resident(community=of.community)
    values.setdefault("by", values["resident"] and values["resident"].login)
    return actions.submit_topic(**{"text": "托育费太高。", "via": "online", "at": at} | values)


def accepted(**values: Any) -> Topic:
    return actions.accept_topic(
        topic=topic(**values), public_text_zh="降低托育费", public_text_en="A lower nursery fee", at=IN_CALL,
        by=secretary(),
    )  # fmt: skip


PROMISES = {
    "acknowledge_days": 1,
    "return_days": 2,
    "answer_days": 5,
    "extension_days": 10,
    "evaluation_days": 14,
    "reopenings": 2,
    "call_days": 10,
}


def promises() -> None:
    """The days that the community promises to who raises something."""
    Rule.objects.get_or_create(
        kind="council_answers",
        defaults={"valid_from": dt.date(2020, 1, 1), "params": PROMISES, "source_zh": "示例"},
    )


def answered(*, at: dt.datetime = IN_CALL, **values: Any) -> Topic:
    found = accepted(**values)
    by = secretary(community=found.community)
    return actions.answer_topic(
        topic=found, answer_zh="下月起减免。", answer_en="Less from next month.", at=at, by=by
    )


def support(resident: Resident) -> Support:
    """Of a topic of somebody else, typed in at the window."""
    found = accepted()
    return actions.support_topic(
        topic=found, resident=resident, via="window", at=IN_CALL, by=secretary(community=found.community)
    )


def evaluation(**values: Any) -> Evaluation:
    """Asked after the answer, and not told yet."""
    promises()
    return Evaluation.objects.get(topic=answered(**values))


def of_firm(*, firm: Firm | None = None, **values: Any) -> Topic:
    """Taken up and assigned to a firm."""
    found = accepted(**values)
    firm = firm or make.firm(community=found.community)
    return actions.assign_topic(topic=found, firm=firm, at=IN_CALL, by=secretary(community=found.community))


def item(*, topics: Any = (), **values: Any) -> AgendaItem:
    make.belongs(values, meeting=calling)
    number = next(make.numbers)
    defaults = {"kind": "decision", "title_zh": f"议题{number}", "title_en": f"Item {number}"}
    row = AgendaItem(**defaults | values)
    return actions.save_item(item=row, topics=topics, at=IN_CALL, by=secretary())


def noticed(*, items: int = 1, **values: Any) -> Meeting:
    """With an agenda of so many items for decision, published."""
    found = values.pop("meeting", None) or calling(**values)
    for _ in range(items):
        item(meeting=found)
    return actions.publish_agenda(meeting=found, at=NOTICED, by=secretary(community=found.community))


def marked(found: Meeting, present: int) -> list[actions.Mark]:
    """The first so many seats present, the others absent."""
    held = Membership.objects.filter(body=found.body).order_by("pk")
    status = Attendance.Status
    return [
        actions.Mark(seat.pk, status.PRESENT if number < present else status.ABSENT)
        for number, seat in enumerate(held)
    ]


def in_session(*, members: int = 12, present: int = 9, **values: Any) -> Meeting:
    found = noticed(**values)
    seats(members, body=found.body)
    by = secretary(community=found.community)
    actions.record_attendance(meeting=found, marks=marked(found, present), at=STARTS, by=by)
    return actions.open_session(meeting=found, at=STARTS, by=by)


def resolution(*, item: AgendaItem, at: dt.datetime = HALF_PAST, **values: Any) -> Resolution:
    hands = {"text_zh": "同意。", "text_en": "Agreed.", "yes": 6, "no": 2, "abstain": 1}
    return actions.record_resolution(item=item, at=at, **hands | {"by": secretary()} | values)


def held(**values: Any) -> Meeting:
    """Every item decided: six for it, two against, one abstained; where others are there, all for it."""
    found = in_session(**values)
    hands = {"yes": values["present"], "no": 0, "abstain": 0} if "present" in values else {}
    for each in found.items.all():
        resolution(item=each, **hands)
    return actions.end_session(meeting=found, at=ENDS, by=secretary())


def draft(*, by: User | None = None, **values: Any) -> MinutesVersion:
    """Of a meeting that was held, with a text for each item."""
    found, by = values.pop("meeting", None) or held(**values), by or secretary()
    minutes = actions.draft_minutes(meeting=found, at=AFTER, by=by)
    return written(minutes, by=by)


def written(minutes: MinutesVersion, text: str = "大家都发了言。", **values: Any) -> MinutesVersion:
    texts = {point.number: (text, "Everybody spoke.") for point in minutes.sheet.points}
    return actions.write_minutes(minutes=minutes, texts=texts, **{"at": AFTER, "by": secretary()} | values)


def approved(**values: Any) -> MinutesVersion:
    return to_approved(draft(**values))


def to_approved(minutes: MinutesVersion) -> MinutesVersion:
    actions.submit_minutes(minutes=minutes, at=AFTER, by=secretary())
    return actions.approve_minutes(minutes=minutes, at=AFTER, by=chair())


def published(**values: Any) -> MinutesVersion:
    return actions.publish_minutes(minutes=approved(**values), at=AFTER, by=secretary())


def posting(**values: Any) -> Posting:
    """Of one resolution, whose minutes are published."""
    minutes = published(**values)
    return Posting.objects.get(resolution__item__meeting=minutes.meeting_id)


def action_item(*, of: Posting | None = None, **values: Any) -> ActionItem:
    """Of a posted resolution of a body of its own, given to that body."""
    of = of or posting(body=committee(code=f"action-{letters()}", sign=sign()), members=3, present=3)
    defaults = {"title_zh": f"事项{next(make.numbers)}", "due_on": dt.date(2026, 12, 20), "at": AFTER}
    make.belongs(values, by=secretary)
    if not {"person", "firm"} & set(values):
        make.belongs(values, body=lambda: of.resolution.item.meeting.body)
    return actions.add_action(resolution=of.resolution, **defaults | values)


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def paper(*, content: bytes = PDF, name: str = "fees.pdf", **values: Any) -> Paper:
    """A file with a meeting."""
    make.belongs(values, meeting=noticed, by=secretary)
    sent = {
        "title_zh": "收费表",
        "title_en": "Fees",
        "at": NOTICED,
        "upload": SimpleUploadedFile(name, content),
    }
    return actions.add_paper(**sent | values)


def noticed_again(meeting: Meeting, present: int = 3) -> Meeting:
    """A planned meeting on its day: agenda published, roll called, in session."""
    by = secretary(community=meeting.community)
    actions.publish_agenda(meeting=meeting, at=meeting.call_closes_at, by=by)
    marks = marked(meeting, present)
    actions.record_attendance(meeting=meeting, marks=marks, at=meeting.starts_at, by=by)
    return actions.open_session(meeting=meeting, at=meeting.starts_at, by=by)


def letters() -> str:
    return "".join(chr(97 + int(digit)) for digit in str(next(make.numbers)))


def sign() -> str:
    return chr(0x4E00 + next(make.numbers) % 20_000)


def corrected(before: MinutesVersion, text: str = "大家都发了言，会上没有反对意见。") -> MinutesVersion:
    """A published version that replaces the one given."""
    minutes = actions.correct_minutes(published=before, reason="补记", at=AFTER, by=secretary())
    minutes = to_approved(written(minutes, text))
    return actions.publish_minutes(minutes=minutes, at=AFTER + dt.timedelta(hours=1), by=secretary())
