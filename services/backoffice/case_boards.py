"""Boards of agency cases: mine, to look at, late, originals that we hold; and handing over."""

import datetime as dt
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from circle.backoffice.queues import Queue
from circle.calendar.working_days import Calendar
from circle.models import User, within_posts
from circle.permissions.handover import Work
from services import actions
from services.models import AgencyCase, CaseStatus, Holder
from services.models.case_clock import clocks_of, late_cases, with_promises
from services.models.case_states import LIVE
from services.models.cases import CHANGE

BOARDS = [
    ("mine", pgettext_lazy("board of cases", "mine")),
    ("us", _("we have to act")),
    ("sent", _("missing papers were sent")),
    ("late", _("late")),
    ("papers", _("we hold originals")),
]


def cases_on_board(rows: QuerySet[AgencyCase], board: str, user: User, today: dt.date) -> Any:
    if board == "mine":
        return rows.filter(Q(handler=user) | Q(substitute=user)).live()  # type: ignore[attr-defined]
    if board == "papers":
        return rows.filter(papers_held__gt=0)
    if board == "sent":
        return rows.filter(supplied_at__isnull=False)
    if board == "us":
        clocks = clocks_of(rows.live().select_related("item"), today)  # type: ignore[attr-defined]
        return rows.filter(pk__in=[pk for pk, clock in clocks.items() if clock.holder == Holder.US])
    return rows.filter(pk__in=list(late_cases(rows, today)))  # type: ignore[arg-type]


def case_queues(user: User) -> list[Queue]:
    if not user.has_perm(CHANGE):
        return []
    url, today = reverse("admin:services_agencycase_changelist"), localdate()
    within = AgencyCase.objects.filter(within_posts(user, CHANGE))
    rows = list(with_promises(within.filter(Q(status__in=LIVE) | Q(papers_held__gt=0)), today))
    clocks = clocks_of(rows, today, Calendar.load_days).values()
    late = [clock.holder for clock in clocks if clock.is_late(today)]
    new = sum(row.status == CaseStatus.REQUESTED for row in rows)
    sent = sum(row.supplied_at is not None for row in rows)
    held = sum(row.papers_held > 0 for row in rows)
    return [
        Queue(
            gettext("Errands: to be looked at within a working day"), new, f"{url}?status__exact=requested"
        ),
        Queue(gettext("Errands: missing papers were sent"), sent, f"{url}?board=sent"),
        Queue(gettext("Errands: late"), len(late), f"{url}?board=late", is_late=Holder.US in late),
        Queue(gettext("Errands: originals that we hold"), held, f"{url}?board=papers"),
    ]


def open_work(holders: set[int]) -> list[Work]:
    """Cases of these logins, as handler and standing in. The hook `open_work`."""
    rows = AgencyCase.objects.live().filter(Q(handler__in=holders) | Q(substitute__in=holders)).shown()
    found = list(rows)
    clocks = clocks_of(found, localdate())
    return [
        Work(
            key=f"case:{case.pk}" + ("" if person == case.handler else ":substitute"),
            holder=person.pk,
            community=case.community_id,
            label=f"{case.item.name} · {case.resident}",
            due=due.on if (due := clocks[case.pk].due) else None,
            hand_over=partial(hand_over_case, case, person),
        )
        for case in found
        for person in (case.handler, case.substitute)
        if person is not None and person.pk in holders
    ]


def hand_over_case(case: AgencyCase, person: User, *, to: User, at: dt.datetime, by: User) -> AgencyCase:
    """`to` takes this one's place; who stood in for the case and now handles it stands in no longer.

    Refuses: changed_meanwhile (somebody else has assigned it at this moment), and as `assign_case`.
    """
    case.refresh_from_db(fields=["handler", "substitute", "revision"])
    pair = [to if each == person else each for each in (case.handler, case.substitute)]
    handler, substitute = pair[0] or to, pair[1]
    return actions.assign_case(
        case=case,
        handler=handler,
        substitute=None if substitute == handler else substitute,
        at=at,
        by=by,
        read=case.revision,
    )
