"""Who sees to a topic: a colleague or a firm, and what the firm says of it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import transition_refusal
from circle.models import Firm, StaffPost, User
from circle.notifications import notify
from council.actions.topics import checked_text, refuse_too_long
from council.models import FirmReply, Topic
from council.models.replies import REPLY_LENGTH
from council.models.topics import REPLY

Status = Topic.Status
AT_THE_DESK = "council.view_topic"


@transaction.atomic
def assign_topic(
    *, topic: Topic, at: dt.datetime, by: User, person: User | None = None, firm: Firm | None = None
) -> Topic:
    """Say who sees to it, a colleague or a firm; who did before does no longer. The new one is notified.

    Refuses: nobody_named (neither, or both), not_at_the_desk (no post here that reads topics),
    other_community (the firm), not_taken_up (a firm reads public words only), already_answered,
    already_declined.
    """
    if (person is None) == (firm is None):
        raise ValidationError(_("Name a colleague or a firm."), code="nobody_named")
    if firm and firm.community_id != topic.community_id:
        raise ValidationError(_("This firm belongs to another community."), code="other_community")
    if person:
        check_colleague(topic, person, at)
    taken_up = [Status.ACCEPTED] if firm else [Status.RECEIVED, Status.ACCEPTED]
    rows = Topic.objects.filter(pk=topic.pk, status__in=taken_up)
    done = rows.exclude(responsible=person, firm=firm).update(responsible=person, firm=firm)
    topic.refresh_from_db()
    if not done and topic.status not in taken_up:
        raise assignment_error(topic)
    if done:
        to = {"person": person.pk} if person else {"firm": firm.pk if firm else None}
        record(verb="topic_assigned", subject=topic, community=topic.community_id, at=at, actor=by, **to)
        notify_assignees(topic, at, by)
    return topic


def check_colleague(topic: Topic, person: User, at: dt.datetime) -> None:
    posts = StaffPost.objects.active(localtime(at).date()).giving(AT_THE_DESK)
    if not posts.filter(user=person, user__is_active=True, community=topic.community_id).exists():
        raise ValidationError(_("This colleague does not work on topics here."), code="not_at_the_desk")


def assignment_error(topic: Topic) -> ValidationError:
    if topic.status == Status.RECEIVED:
        return ValidationError(
            _("Take it up first: a firm reads the words for everybody only."), code="not_taken_up"
        )
    return transition_refusal(topic, topic.status)


def notify_assignees(topic: Topic, at: dt.datetime, by: User) -> None:
    """Each who sees to it now, but for whoever took it themselves."""
    if topic.firm:
        people = people_of_firm(topic.firm, at)
    else:
        people = [topic.responsible] if topic.responsible else []
    for person in people:
        if person.pk != by.pk:
            notify(
                event="topic_assigned",
                community=topic.community,
                user=person,
                at=at,
                dedupe=f"topic_assigned:{topic.pk}:{person.pk}:{at.isoformat()}",
                values={"receipt": topic.receipt},
            )


def people_of_firm(firm: Firm, at: dt.datetime) -> list[User]:
    posts = StaffPost.objects.active(localtime(at).date()).giving(REPLY).filter(firm=firm)
    return list(User.objects.filter(pk__in=posts.values("user"), is_active=True))


@transaction.atomic
def reply_as_firm(*, topic: Topic, status: str, text: str, at: dt.datetime, by: User) -> FirmReply:
    """What the firm says of a topic that is assigned to it; the same words again are saved once.

    Refuses: not_assigned (to a firm that `by` stands for), text_missing, text_too_long, status_unknown,
    already_answered (the topic has its answer).
    """
    text = checked_text(text, _("Say what was done, one sentence is enough."))
    refuse_too_long(text, REPLY_LENGTH)
    if status not in FirmReply.Status.values:
        raise ValidationError(_("Say how it stands."), code="status_unknown")
    rows = Topic.objects.select_for_update(no_key=True, of=("self",)).of_firm(by)
    found = rows.filter(pk=topic.pk).first()  # locked, so that a second click finds the first one's words
    if found is None:
        raise ValidationError(_("This is not assigned to your firm."), code="not_assigned")
    if found.status != Status.ACCEPTED:
        raise transition_refusal(found, found.status)
    last = found.replies.filter(firm=found.firm_id).first()
    if last and (last.status, last.text) == (status, text):
        return last
    reply = FirmReply.objects.create(
        community_id=found.community_id,
        topic=found,
        firm_id=found.firm_id,
        status=status,
        text=text,
        said_at=at,
        said_by=by,
    )
    record(
        verb="topic_replied",
        subject=found,
        community=found.community_id,
        at=at,
        actor=by,
        firm=found.firm_id,
        reply=status,
    )
    return reply
