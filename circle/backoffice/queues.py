"""Queues of waiting work, shown at the top of the back office's index, urgent ones first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.actions import reassign_in_person_message
from circle.backoffice.counting import COUNTED_AT_MOST, count_together
from circle.hooks import hook_functions
from circle.models import (
    Alarm,
    CalendarYear,
    Consent,
    Erasure,
    Message,
    MissedSearch,
    PageReport,
    RatingFollowUp,
    StaffPost,
    User,
    within_posts,
)
from circle.models.alarms import VIEW
from circle.models.ratings import FOLLOW_UP
from circle.permissions.handover import Work, open_work

IN_PERSON_DEADLINE = dt.timedelta(days=3)  # whoever waits longer for a knock makes the queue urgent


NEWS_PERIOD = dt.timedelta(days=7)


HAND_OVER = "circle.hand_over_staffpost"


NOTICE_MONTH = 11  # the State Council publishes next year's days off in October or November


@dataclass
class Queue:
    """One line of the index: waiting work, or nothing to do.

    `rows` is a number, or rows that are counted when it is asked for, together with those of other queues.
    """

    label: str
    rows: int | QuerySet[Any]
    url: str
    is_late: bool = False
    urgent_if_any: bool = False
    counted: int | None = field(default=None, init=False)

    @property
    def count(self) -> int:
        if self.counted is None:
            count_queues([self])
        return self.counted or 0

    @property
    def is_urgent(self) -> bool:
        return self.is_late or (self.urgent_if_any and self.count > 0)

    @property
    def shown_count(self) -> str:
        if self.count > COUNTED_AT_MOST:
            return _("more than %(number)s") % {"number": f"{COUNTED_AT_MOST:,}"}
        return str(self.count)


def count_queues(queues: Iterable[Queue]) -> None:
    """Counts the rows of all of them in one query."""
    waiting = [queue for queue in queues if queue.counted is None]
    rows = {number: each.rows for number, each in enumerate(waiting) if isinstance(each.rows, QuerySet)}
    counts = dict(zip(rows, count_together(list(rows.values())), strict=True))
    for number, queue in enumerate(waiting):
        queue.counted = queue.rows if isinstance(queue.rows, int) else counts[number]


def all_queues(user: User | AnonymousUser) -> list[Queue]:
    """The queues of all apps: urgent ones first, then waiting ones, then empty ones."""
    found = [queue for offered in hook_functions("queues") for queue in offered(user)]
    count_queues(found)
    return sorted(found, key=lambda queue: (not queue.is_urgent, queue.count == 0))


def circle_queues(user: User) -> list[Queue]:
    """The queues of circle itself that this user may open."""
    found = alarm_queues(user) + rating_queues(user)
    if user.has_perm("circle.view_message"):
        found += message_queues(user)
    if user.has_perm("circle.view_pagereport"):
        reports = PageReport.objects.unsettled().filter(within_posts(user, "circle.view_pagereport"))
        url = reverse("admin:circle_pagereport_changelist") + "?settled_at__isnull=True"
        found.append(Queue(_("Reported page errors"), reports, url))
    if user.has_perm("circle.view_erasure"):
        asked = Erasure.objects.asked().filter(within_posts(user, "circle.view_erasure"))
        url = reverse("admin:circle_erasure_changelist") + "?status__exact=asked"
        found.append(Queue(_("Requests to be forgotten"), asked, url))
    if user.has_perm("circle.view_consent"):
        ended = Consent.objects.filter(within_posts(user, "circle.view_consent"))
        ended = ended.filter(withdrawn_at__gt=timezone.now() - NEWS_PERIOD)
        url = reverse("admin:circle_consent_changelist") + "?withdrawn_at__isempty=0"
        found.append(Queue(_("Consents withdrawn this week"), ended, url))
    if user.has_perm("circle.view_missedsearch"):
        searches = MissedSearch.objects.filter(within_posts(user, "circle.view_missedsearch"))
        url = reverse("admin:circle_missedsearch_changelist")
        found.append(Queue(_("Searches without a result"), searches, url))
    if user.has_perm(HAND_OVER):
        found.append(handover_queue(user))
    if user.has_perm("circle.view_calendaryear"):
        found.append(calendar_queue(timezone.localdate()))
    return found


def alarm_queues(user: User) -> list[Queue]:
    """Alarms that are open, for who sees to them; urgent while nobody does."""
    if not user.has_perm(VIEW):
        return []
    live = Alarm.objects.for_user(user).live()
    is_urgent = live.filter(status=Alarm.Status.OPEN).exists()
    return [Queue(_("Open alarms"), live, reverse("admin:circle_alarm_desk"), is_urgent)]


def rating_queues(user: User) -> list[Queue]:
    """Low ratings that somebody else than who served calls back and answers; urgent once one is late."""
    if not user.has_perm(FOLLOW_UP):
        return []
    rows = RatingFollowUp.objects.in_office(user, FOLLOW_UP).live()
    late = Q(status="open", call_by__lt=localdate()) | Q(status="called", answer_by__lt=localdate())
    found = rows.aggregate(all=Count("pk"), late=Count("pk", filter=late))
    url = f"{reverse('admin:circle_ratingfollowup_changelist')}?status__in=open,called"
    return [Queue(_("Low ratings to call back and answer"), found["all"], url, found["late"] > 0)]


def message_queues(user: User) -> list[Queue]:
    """In-person messages due today, and undelivered messages."""
    messages = Message.objects.in_care_of(user)
    at, url = timezone.now(), reverse("admin:circle_message_changelist")
    to_notify = messages.awaiting_in_person().filter(due_at__lte=at)
    is_late = Q(created_at__lt=at - IN_PERSON_DEADLINE)
    due = to_notify.order_by().aggregate(all=Count("pk"), late=Count("pk", filter=is_late))
    dead, knock = messages.dead(), reverse("admin:circle_message_knock")
    return [
        Queue(_("People to tell in person"), due["all"], knock, due["late"] > 0),
        Queue(_("Messages not delivered"), dead, f"{url}?status__exact=dead", urgent_if_any=True),
    ]


def in_person_work(holders: set[int]) -> list[Work]:
    """In-person messages assigned to these logins: the hook `open_work`."""
    waiting = Message.objects.awaiting_in_person().filter(assigned_to__in=holders).select_related("resident")
    return [
        Work(
            key=f"knock:{message.pk}",
            holder=message.assigned_to_id or 0,
            community=message.community_id,
            label=_("Tell in person: %(name)s") % {"name": message.resident},
            due=localdate(message.due_at),
            hand_over=partial(reassign_in_person_message, message=message),
        )
        for message in waiting
    ]


def handover_queue(user: User) -> Queue:
    """Open work of colleagues who are away or whose post has ended."""
    posts = StaffPost.objects.to_hand_over(timezone.localdate()).filter(within_posts(user, HAND_OVER))
    holders = set(posts.values_list("user", "community"))
    left = [
        work for work in open_work(who for who, _where in holders) if (work.holder, work.community) in holders
    ]
    url = reverse("admin:circle_staffpost_hand_over")
    return Queue(_("Open work of colleagues who are away"), len(left), url, urgent_if_any=True)


def calendar_queue(today: dt.date) -> Queue:
    """Years with unconfirmed holidays; urgent from November on, when next year's are announced."""
    tentative = CalendarYear.objects.filter(confirmed_on=None, year__gte=today.year)
    is_due = (
        today.month >= NOTICE_MONTH
        and not CalendarYear.objects.confirmed().filter(year=today.year + 1).exists()
    )
    url = reverse("admin:circle_calendaryear_changelist")
    return Queue(_("Calendar years without a confirmed notice"), tentative, url, is_due)
