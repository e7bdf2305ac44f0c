"""What waits in the council, and for whom. The hooks `queues` and `open_work`."""

import datetime as dt
from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from circle.backoffice.counting import count_together
from circle.backoffice.queues import Queue, count_queues
from circle.models import User, within_posts
from circle.permissions.handover import Work
from council import actions
from council.models import (
    ActionItem,
    Meeting,
    MinutesVersion,
    Posting,
    Topic,
    closed_by_firms,
)
from council.models.topics import REPLY


def queues(user: User) -> list[Queue]:
    found = []
    if user.has_perm("council.change_meeting"):
        found += meeting_queues(user)
    if user.has_perm("council.change_topic"):
        found += topic_queues(user)
    if user.has_perm(REPLY):
        waiting = Topic.objects.of_firm(user).filter(status=Topic.Status.ACCEPTED, replies=None)
        url = reverse("admin:council_topic_firm")
        found.append(Queue(gettext("Matters of the firm to look at"), waiting, url))
    if user.has_perm("council.approve_minutesversion"):
        own = MinutesVersion.objects.filter(within_posts(user, "council.approve_minutesversion"))
        unread = own.filter(status=MinutesVersion.Status.IN_REVIEW)
        url = reverse("admin:council_minutesversion_changelist")
        found.append(
            Queue(
                gettext("Minutes to read and approve"),
                unread,
                f"{url}?status__exact=in_review",
                urgent_if_any=True,
            )
        )
    carried_on = carried_on_queues(user)
    count_queues([*found, *carried_on])
    carried_on = [queue for queue in carried_on if queue.count]
    return found + carried_on + own_queues(user) + deadline_queues(user)


def own_queues(user: User) -> list[Queue]:
    """What this login has to carry out."""
    own = ActionItem.objects.owned_by(user).filter(status__in=["open", "doing"])
    count, late = count_together([own, own.overdue(localdate())])
    url = reverse("admin:council_actionitem_mine")
    return [Queue(gettext("Actions that you carry out"), count, url, is_late=late > 0)] if count else []


def deadline_queues(user: User) -> list[Queue]:
    """Minutes that are not public yet, with the first day on which some are due by their rule."""
    if not user.has_perm("council.change_minutesversion"):
        return []
    own = Meeting.objects.filter(within_posts(user, "council.change_minutesversion")).minutes_due()
    days = [
        localdate(meeting.starts_at) + dt.timedelta(days=meeting.rule.minutes_days)
        for meeting in own.select_related("rule")
        if meeting.rule
    ]
    if not days:
        return []
    words = gettext("Minutes to publish, the first by %(day)s") % {
        "day": date_format(min(days), "MONTH_DAY_FORMAT")
    }
    url = f"{reverse('admin:council_meeting_changelist')}?attention=minutes"
    return [Queue(words, len(days), url, min(days) <= localdate())]


def carried_on_queues(user: User) -> list[Queue]:
    """Texts to withdraw, objections to answer, actions that are late or to verify: only lines with some."""
    found = []
    if user.has_perm("council.approve_minutesversion"):
        own = MinutesVersion.objects.filter(within_posts(user, "council.approve_minutesversion"))
        asked = own.public().exclude(redaction_asked_by=None)
        url = f"{reverse('admin:council_minutesversion_changelist')}?redaction_asked_by__isempty=0"
        found.append(Queue(gettext("Minutes whose text is to be withdrawn"), asked, url, urgent_if_any=True))
    if user.has_perm("council.change_posting"):
        posted = Posting.objects.filter(within_posts(user, "council.change_posting"))
        objected = posted.filter(objections__status="open").distinct()
        url = f"{reverse('admin:council_posting_changelist')}?status__exact=posted"
        found.append(Queue(gettext("Objections to answer"), objected, url, urgent_if_any=True))
    url = reverse("admin:council_actionitem_changelist")
    if user.has_perm("council.change_actionitem"):
        tasks = ActionItem.objects.filter(within_posts(user, "council.change_actionitem"))
        late = tasks.overdue(localdate())
        found.append(
            Queue(gettext("Actions that are late"), late, f"{url}?attention=late", urgent_if_any=True)
        )
    if user.has_perm("council.verify_actionitem"):
        seen = ActionItem.objects.filter(within_posts(user, "council.verify_actionitem"))
        done = seen.filter(status=ActionItem.Status.REPORTED)
        found.append(Queue(gettext("Actions to verify"), done, f"{url}?status__exact=reported"))
    return found


def meeting_queues(user: User) -> list[Queue]:
    at = now()
    own = Meeting.objects.filter(within_posts(user, "council.change_meeting"))
    url = reverse("admin:council_meeting_changelist")
    calls, agendas = own.call_due(at), own.agenda_due(at)
    return [
        Queue(gettext("Calls for topics to open"), calls, f"{url}?attention=call", urgent_if_any=True),
        Queue(gettext("Agendas to publish"), agendas, f"{url}?attention=agenda", urgent_if_any=True),
    ]


def topic_queues(user: User) -> list[Queue]:
    own = Topic.objects.filter(within_posts(user, "council.change_topic"))
    url = reverse("admin:council_topic_changelist")
    late, past = own.left_over(), own.overdue(localdate())
    return [
        Queue(
            gettext("New topics to read"),
            own.filter(status=Topic.Status.RECEIVED),
            f"{url}?status__exact=received",
        ),
        Queue(gettext("Topics past their date"), past, f"{url}?attention=due", urgent_if_any=True),
        Queue(
            gettext("Topics of past meetings without an answer"),
            late,
            f"{url}?attention=late",
            urgent_if_any=True,
        ),
        Queue(
            gettext("A firm has said how it ended: answer it"),
            closed_by_firms(own),
            f"{url}?attention=replied",
        ),
    ]


def open_work(holders: set[int]) -> list[Work]:
    """Topics that these logins see to and that have no answer yet. The hook `open_work`."""
    topics = Topic.objects.unanswered().filter(responsible__in=holders).select_related("meeting", "body")
    return [
        Work(
            key=f"topic:{topic.pk}",
            holder=topic.responsible_id or 0,
            community=topic.community_id,
            label=f"{topic.receipt} · {topic.public_text or topic.body.name}",
            due=topic.due_on or localdate(topic.meeting.starts_at if topic.meeting else topic.came_at),
            hand_over=partial(hand_over_work, topic),
        )
        for topic in topics
    ]


def hand_over_work(topic: Topic, *, to: User, at: dt.datetime, by: User) -> Topic:
    return actions.assign_topic(topic=topic, person=to, at=at, by=by)
