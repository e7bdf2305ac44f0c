"""What residents bring before the council, from its receipt to its answer."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.calendar.working_days import SHANGHAI
from circle.identifiers.number_scan import refuse_id_numbers
from circle.models import Community, Mandate, Resident, Scenario, User, within_posts
from circle.permissions.age_bands import age_bands, exception_details, refuse_unsuited
from circle.permissions.on_behalf import lock_mandate, mandate_details, mandate_for
from council.actions.meetings import lock_meeting
from council.actions.member_messages import notify_topic_raiser
from council.actions.private_parts import Reasons, check_public_texts
from council.actions.revisions import changed_meanwhile_error
from council.models import Meeting, Series, Topic
from council.models.topics import AGES, SCOPE, TEXT_LENGTH

Status, Channel = Topic.Status, Topic.Channel
TOPICS_PER_PERSON = 5  # topics of one person for one meeting
PUBLIC_LENGTH = 200
STAFF = "council.add_topic"


@transaction.atomic
def submit_topic(
    *,
    meeting: Meeting,
    text: str,
    via: str,
    at: dt.datetime,
    by: User,
    resident: Resident | None = None,
    dimension: str = "",
    scenario: Scenario | None = None,
    came_at: dt.datetime | None = None,
    age_reason: str = "",
) -> Topic:
    """Take a topic in while the call is open, and give it a receipt number.

    Staff may leave the resident out (an unsigned slip) and say when it came: a slip handed in in time and
    typed later is in time. `age_reason`: why staff take it from somebody who is too young.
    Refuses: text_missing, text_too_long, not_allowed, resident_gone, not_for_age, reason_too_long,
    other_community, wrong_body (online, for another body than the residents' council), came_later (in the
    future), call_closed, too_many, other_scenario (of another community).
    """
    text = checked_text(text, _("Write what it is about, one sentence is enough."))
    mandate = check_person(meeting, resident, via, by)
    if resident:
        age_reason = refuse_unsuited(age_bands(AGES), resident, via=via, at=at, reason=age_reason)
    came = moment_it_came(came_at, via, at)
    if scenario and scenario.community_id != meeting.community_id:
        raise ValidationError(_("This what-if is of another community."), code="other_scenario")
    meeting = lock_meeting(meeting)
    check_call(meeting, resident, came)
    lock_mandate(mandate, at)
    topic = Topic.objects.create(
        community_id=meeting.community_id,
        meeting=meeting,
        receipt=new_receipt(at),
        dimension=dimension,
        text=text,
        scenario=scenario,
        raised_by=resident,
        mandate=mandate,
        via=via,
        came_at=came,
        age_reason=age_reason if resident else "",
        entered_by=by,
        status_at=at,
    )
    record_received(topic, at, by)
    notify_topic_raiser(topic, meeting, "topic_received", at, dedupe=f"topic_received:{topic.pk}")
    return topic


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


def check_call(meeting: Meeting, resident: Resident | None, came: dt.datetime) -> None:
    """Of a locked meeting, so that nobody slips in after the call or past the number for each.

    Refuses: call_closed, too_many.
    """
    if not meeting.is_calling(came):
        raise ValidationError(_("The call for topics of this meeting is closed."), code="call_closed")
    if resident and Topic.objects.filter(meeting=meeting, raised_by=resident).count() >= TOPICS_PER_PERSON:
        raise ValidationError(
            _("One person can raise %(count)s topics for a meeting."),
            code="too_many",
            params={"count": TOPICS_PER_PERSON},
        )


def new_receipt(at: dt.datetime) -> str:
    """SJ-2026-00042, one series for all communities of the installation."""
    year = at.astimezone(SHANGHAI).year
    return f"SJ-{year}-{Series.draw(f'topic:{year}'):05}"


def check_person(meeting: Meeting, resident: Resident | None, via: str, by: User) -> Mandate | None:
    """The mandate under which `by` speaks, if it is not their own matter and they are not staff."""
    if resident is None:
        mine = Community.objects.filter(within_posts(by, STAFF, "pk"))
        if via == Channel.ONLINE or not mine.filter(pk=meeting.community_id).exists():
            raise ValidationError(_("Say who raises it."), code="not_allowed")
        return None
    if resident.community_id != meeting.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if via == Channel.ONLINE and not meeting.body.is_main:
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
    """Take it up, in words that everybody may read; doing it again changes the words.

    `seen` is the digest of the public words that the clerk had before them.
    Refuses: public_text_missing, text_too_long, id_number_shown, personal_data_shown (a phone,
    flat or name without its reason), changed_meanwhile (it has other public words by now), not_possible.
    """
    words = plain_line(public_text_zh)
    if not words:
        raise ValidationError(_("Say in public words what it is about."), code="public_text_missing")
    refuse_too_long(words, PUBLIC_LENGTH)
    english = plain_line(public_text_en)
    refuse_id_numbers(words, english)
    meeting = lock_meeting(topic.meeting)
    Topic.objects.select_for_update(no_key=True, of=("self",)).get(pk=topic.pk)
    topic.refresh_from_db(fields=["status", "public_text_zh", "public_text_en"])
    if seen not in (None, topic.words_digest):
        raise changed_meanwhile_error()
    details = check_public_texts(words, english, meeting=meeting, reasons=reasons or {}, at=at, by=by)
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
    return topic


@transaction.atomic
def decline_topic(*, topic: Topic, reason_zh: str, at: dt.datetime, by: User, reason_en: str = "") -> Topic:
    """Not a matter for this meeting; the person is notified why and by whom it can be settled.

    Refuses: answer_missing, text_too_long, already_declined, not_possible.
    """
    close_topic(topic, "topic_declined", [Status.RECEIVED], Status.DECLINED, reason_zh, reason_en, at, by)
    return topic


@transaction.atomic
def answer_topic(
    *,
    topic: Topic,
    answer_zh: str,
    at: dt.datetime,
    by: User,
    answer_en: str = "",
    reasons: Reasons | None = None,
) -> Topic:
    """Say what became of it; everybody may read the answer, and the person is notified.

    Refuses: answer_missing, text_too_long, id_number_shown, personal_data_shown (a phone, flat or name
    without its reason), already_answered, not_possible (it was not taken up).
    """
    meeting = lock_meeting(topic.meeting)
    check_public_texts(answer_zh, answer_en, meeting=meeting, reasons=reasons or {}, at=at, by=by)
    close_topic(topic, "topic_answered", [Status.ACCEPTED], Status.ANSWERED, answer_zh, answer_en, at, by)
    return topic


def close_topic(
    topic: Topic,
    event: str,
    allowed: list[Topic.Status],
    to: Topic.Status,
    zh: str,
    en: str,
    at: dt.datetime,
    by: User,
) -> None:
    zh = checked_text(zh, _("Write the answer."), code="answer_missing")
    en = plain_text(en)
    refuse_too_long(en, TEXT_LENGTH)
    change_status(topic, verb=event, allowed=allowed, to=to, at=at, by=by, answer_zh=zh, answer_en=en)
    notify_topic_raiser(topic, topic.meeting, event, at, dedupe=f"{event}:{topic.pk}")


@transaction.atomic
def hand_on_topic(*, topic: Topic, meeting: Meeting, at: dt.datetime, by: User) -> Topic:
    """Leave an unanswered topic to another meeting of the same body, whose agenda is not published yet.

    Refuses: wrong_meeting, not_possible (it has its answer already).
    """
    target = lock_meeting(meeting)
    is_open = target.status in (Meeting.Status.PLANNED, Meeting.Status.CALL_OPEN)
    if not is_open or target.body_id != topic.meeting.body_id or target.pk == topic.meeting_id:
        raise ValidationError(
            _("Choose another meeting of this body whose agenda is not published yet."), code="wrong_meeting"
        )
    change_status(
        topic,
        verb="topic_handed_on",
        allowed=[topic.status] if topic.status in (Status.RECEIVED, Status.ACCEPTED) else [],
        to=topic.status,
        at=at,
        by=by,
        details={"source": topic.meeting_id, "target": target.pk},
        meeting=target,
    )
    return topic


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
