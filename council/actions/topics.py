"""What residents bring before the council: received and taken up."""

import datetime as dt
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.calendar.working_days import SHANGHAI
from circle.formats.language import is_english
from circle.identifiers.number_scan import refuse_id_numbers
from circle.models import Community, Mandate, Resident, Scenario, User, within_posts
from circle.permissions.age_bands import age_bands, exception_details, refuse_unsuited
from circle.permissions.on_behalf import lock_mandate, mandate_details, mandate_for
from council.actions.meetings import lock_meeting
from council.actions.member_messages import notify_topic_raiser
from council.actions.private_parts import Reasons, check_public_texts
from council.actions.revisions import changed_meanwhile_error
from council.actions.topic_stations import (
    DUE,
    add_station,
    first_dates,
    link_of,
    lock_topic,
    promise_answer,
    tell_news,
)
from council.models import Body, Meeting, Series, Station, Topic
from council.models.topics import AGES, SCOPE, TEXT_LENGTH

Status, Channel = Topic.Status, Topic.Channel
TOPICS_PER_PERSON = 5  # topics of one person for one meeting
PUBLIC_LENGTH = 200
STAFF = "council.add_topic"


@dataclass(frozen=True)
class Facts:
    """What the portal knows of the matter, with the page that shows it."""

    zh: str = ""
    en: str = ""
    url: str = ""

    @property
    def text(self) -> str:
        return (self.en or self.zh) if is_english() else (self.zh or self.en)


@dataclass(frozen=True)
class Outside:
    """Of a matter that came over the hotline: its number there, and the date that is counted there."""

    number: str = ""
    due_on: dt.date | None = None


@transaction.atomic
def submit_topic(
    *,
    text: str,
    via: str,
    at: dt.datetime,
    by: User,
    meeting: Meeting | None = None,
    body: Body | None = None,
    resident: Resident | None = None,
    dimension: str = "",
    scenario: Scenario | None = None,
    facts: Facts = Facts(),
    outside: Outside = Outside(),
    came_at: dt.datetime | None = None,
    age_reason: str = "",
) -> Topic:
    """Take a topic in, for a meeting while its call is open or at any time for a body, with a receipt number.

    Staff may leave the resident out (an unsigned slip) and say when it came: a slip handed in in time and
    typed later is in time. `age_reason`: why staff take it from somebody who is too young.
    Refuses: text_missing, text_too_long, not_allowed, resident_gone, not_for_age, reason_too_long,
    other_community, wrong_body (online, for another body than the residents' council), came_later (in the
    future), call_closed, too_many, other_scenario (of another community), not_by_hotline.
    """
    text = checked_text(text, _("Write what it is about, one sentence is enough."))
    body = checked_body(meeting, body)
    mandate = check_person(body, resident, via, by)
    if resident:
        age_reason = refuse_unsuited(age_bands(AGES), resident, via=via, at=at, reason=age_reason)
    came = moment_it_came(came_at, via, at)
    if scenario and scenario.community_id != body.community_id:
        raise ValidationError(_("This what-if is of another community."), code="other_scenario")
    if (outside.number or outside.due_on) and via != Channel.HOTLINE:
        raise ValidationError(_("Only the hotline has a number of its own."), code="not_by_hotline")
    if meeting:
        meeting = lock_meeting(meeting)
        check_call(meeting, came)
    else:
        Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    check_number(body, meeting, resident)
    lock_mandate(mandate, at)
    topic = Topic(
        community_id=body.community_id,
        body=body,
        meeting=meeting,
        receipt=new_receipt(at),
        dimension=dimension,
        text=text,
        scenario=scenario,
        facts_zh=facts.zh,
        facts_en=facts.en,
        facts_url=facts.url,
        raised_by=resident,
        mandate=mandate,
        via=via,
        came_at=came,
        age_reason=age_reason if resident else "",
        entered_by=by,
        status_at=at,
        outside_number=plain_line(outside.number),
        outside_due_on=outside.due_on,
    )
    first_dates(topic)
    topic.save(force_insert=True)
    add_station(topic, Station.Kind.RECEIVED, came, by, meeting=meeting, due_on=topic.due_on)
    record_received(topic, at, by)
    tell_received(topic, at)
    return topic


def checked_body(meeting: Meeting | None, body: Body | None) -> Body:
    """That of the meeting, where it is meant for one. Refuses: wrong_body (neither is named)."""
    found = meeting.body if meeting else body
    if found is None:
        raise ValidationError(_("Topics go to the residents' council."), code="wrong_body")
    return found


def tell_received(topic: Topic, at: dt.datetime) -> None:
    dedupe = f"topic_received:{topic.pk}"
    if topic.meeting:
        notify_topic_raiser(topic, topic.meeting, "topic_received", at, dedupe=dedupe)
    else:
        notify_topic_raiser(topic, None, "topic_taken", at, dedupe=dedupe, link=link_of(topic))


def moment_it_came(came_at: dt.datetime | None, via: str, at: dt.datetime) -> dt.datetime:
    """Online now, else when staff say. Refuses: came_later."""
    came = came_at if came_at and via != Channel.ONLINE else at
    if came > at:
        raise ValidationError(_("It cannot have come later than now."), code="came_later")
    return came


def record_received(topic: Topic, at: dt.datetime, by: User) -> None:
    record(
        verb="topic_received",
        subject=topic,
        community=topic.community_id,
        at=at,
        actor=by,
        after=Status.RECEIVED,
        meeting=topic.meeting_id,
        via=topic.via,
        **exception_details(topic.age_reason),
        **mandate_details(topic.mandate),
    )


def check_call(meeting: Meeting, came: dt.datetime) -> None:
    """Of a locked meeting, so that nobody slips in after the call. Refuses: call_closed."""
    if not meeting.is_calling(came):
        raise ValidationError(_("The call for topics of this meeting is closed."), code="call_closed")


def check_number(body: Body, meeting: Meeting | None, resident: Resident | None) -> None:
    """Of a locked meeting or body. Without a meeting those count that wait for their answer.

    Refuses: too_many.
    """
    if resident is None:
        return
    own = Topic.objects.filter(body=body, meeting=meeting, raised_by=resident)
    if (own if meeting else own.unanswered()).count() < TOPICS_PER_PERSON:
        return
    message = (
        _("One person can raise %(count)s topics for a meeting.")
        if meeting
        else _("%(count)s topics of this person wait for their answer. Please wait for one of these first.")
    )
    raise ValidationError(message, code="too_many", params={"count": TOPICS_PER_PERSON})


def new_receipt(at: dt.datetime) -> str:
    """SJ-2026-00042, one series for all communities of the installation."""
    year = at.astimezone(SHANGHAI).year
    return f"SJ-{year}-{Series.draw(f'topic:{year}'):05}"


def check_person(body: Body, resident: Resident | None, via: str, by: User) -> Mandate | None:
    """The mandate under which `by` speaks, if it is not their own matter and they are not staff."""
    if resident is None:
        mine = Community.objects.filter(within_posts(by, STAFF, "pk"))
        if via == Channel.ONLINE or not mine.filter(pk=body.community_id).exists():
            raise ValidationError(_("Say who raises it."), code="not_allowed")
        return None
    if resident.community_id != body.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if via == Channel.ONLINE and not body.is_main:
        raise ValidationError(_("Topics go to the residents' council."), code="wrong_body")
    return mandate_for(by=by, resident=resident, scope=SCOPE, via=via, staff_permission=STAFF)


@transaction.atomic
def accept_topic(
    *,
    topic: Topic,
    public_text_zh: str,
    at: dt.datetime,
    by: User,
    public_text_en: str = "",
    seen: str | None = None,
    reasons: Reasons | None = None,
) -> Topic:
    """Take it up, in words that everybody may read; doing it again changes the words, and shows the old ones.

    `seen` is the digest of the public words that the clerk had before them.
    Refuses: public_text_missing, text_too_long, id_number_shown, personal_data_shown (a phone,
    flat or name without its reason), changed_meanwhile (it has other public words by now), not_possible.
    """
    words, english = checked_words(public_text_zh, public_text_en)
    if topic.meeting:
        lock_meeting(topic.meeting)
    row = lock_topic(topic)
    topic.status, topic.meeting, topic.due_on = row.status, row.meeting, row.due_on
    topic.public_text_zh, topic.public_text_en = row.public_text_zh, row.public_text_en
    if seen not in (None, topic.words_digest):
        raise changed_meanwhile_error()
    before = (topic.public_text_zh, topic.public_text_en)
    was_accepted = topic.status == Status.ACCEPTED
    details = check_public_texts(
        words, english, about=topic.meeting or topic, reasons=reasons or {}, at=at, by=by
    )
    change_status(
        topic,
        verb="topic_accepted",
        allowed=[Status.RECEIVED, Status.ACCEPTED],
        to=Status.ACCEPTED,
        at=at,
        by=by,
        details=details,
        public_text_zh=words,
        public_text_en=english,
    )
    if not was_accepted:
        take_up(topic, at, by)
    elif before != (words, english):
        old = {"note_zh": before[0], "note_en": before[1]}
        add_station(topic, Station.Kind.WORDS, at, by, **old)
    return topic


def take_up(topic: Topic, at: dt.datetime, by: User) -> None:
    """The office has read it; who raised it hears where it goes. For a meeting that is a first answer."""
    promise_answer(topic, topic.meeting, localdate(topic.came_at, SHANGHAI))
    topic.save(update_fields=DUE)
    station = add_station(topic, Station.Kind.ACCEPTED, at, by, meeting=topic.meeting, due_on=topic.due_on)
    tell_news(topic, station, at)


def checked_words(public_text_zh: str, public_text_en: str) -> tuple[str, str]:
    """Refuses: public_text_missing, text_too_long, id_number_shown."""
    words, english = plain_line(public_text_zh), plain_line(public_text_en)
    if not words:
        raise ValidationError(_("Say in public words what it is about."), code="public_text_missing")
    refuse_too_long(words, PUBLIC_LENGTH)
    refuse_id_numbers(words, english)
    return words, english


def checked_text(text: str, missing: object, code: str = "text_missing") -> str:
    text = plain_text(text)
    if not text:
        raise ValidationError(str(missing), code=code)
    refuse_too_long(text, TEXT_LENGTH)
    return text


# A vertical tab is how word processors break a line inside a paragraph; form feeds and the separators of
# Unicode end lines as well.
LINE_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# Control signs but for tab and line feed, halves of a pair, and what turns the direction of reading round.
FORBIDDEN_SIGNS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def plain_text(text: str) -> str:
    """What was typed or pasted, sign by sign, but for control signs; blank lines around it go.

    Tabs, indents and anything in angle brackets stay: templates escape what they show.
    """
    lines = FORBIDDEN_SIGNS.sub("", LINE_BREAKS.sub("\n", text)).split("\n")
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return text if text.strip() else ""


def plain_line(text: str) -> str:
    return " ".join(plain_text(text).split())


def refuse_too_long(text: str, length: int) -> None:
    if len(text) > length:
        raise ValidationError(
            _("Say it in at most %(length)s characters."), code="text_too_long", params={"length": length}
        )
