"""The board of the nursery's head: the applications by stage, with what can be done now."""

import datetime as dt
from collections import Counter as Tally
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.timezone import now

from childcare import actions
from childcare.backoffice.applications import APPLICATION_ACTIONS
from childcare.backoffice.pickup import PICKUP_ACTIONS
from childcare.models import Application
from childcare.models.ages import months_old
from circle.backoffice.row_actions import RowAction, available_actions

Status = Application.Status
LATEST_SHOWN = 15  # of those enrolled: the column would otherwise only grow
ENDING = dt.timedelta(days=2)


@dataclass(frozen=True)
class Card:
    application: Application
    months: int  # of age today
    verbs: list[RowAction]
    is_perhaps_known: bool = False


@dataclass
class Column:
    status: Status
    count: int
    cards: list[Card] = field(default_factory=list)


COLUMNS = [
    Status.SUBMITTED,
    Status.RETURNED,
    Status.VERIFIED,
    Status.OFFERED,
    Status.ACCEPTED,
    Status.ENROLLED,
]


def application_board(within: Q, today: dt.date) -> tuple[list[Column], int]:
    """The applications by stage, who has waited longest first, and how many are being filled in.

    Of drafts nothing but their number: nobody has sent them. Five queries.
    """
    rows = Application.objects.filter(within)
    counts = Tally(rows.live().values_list("status", flat=True))
    shown = rows.select_related("child", "guardian", "nursery_class", "offered_class")
    waiting = shown.filter(status__in=[status for status in COLUMNS if status != Status.ENROLLED])
    latest = shown.filter(status=Status.ENROLLED).order_by("-status_at")[:LATEST_SHOWN]
    columns = {status: Column(status, counts[status]) for status in COLUMNS}
    cards = [*waiting.order_by("submitted_at", "pk"), *latest]
    known = actions.perhaps_known_among(cards)
    for application in cards:
        card = board_card(application, today, is_perhaps_known=application.pk in known)
        columns[Status(application.status)].cards.append(card)
    columns[Status.OFFERED].cards.sort(key=lambda each: each.application.offer_expires_at or now())
    return list(columns.values()), counts[Status.DRAFT]


NOT_ON_THE_BOARD = {"object", "wish", "withdraw", *(action.name for action in PICKUP_ACTIONS)}


def board_card(application: Application, today: dt.date, *, is_perhaps_known: bool) -> Card:
    born_on = application.child.born_on if application.child else None
    months = months_old(born_on, today) if born_on else 0
    offered = available_actions(APPLICATION_ACTIONS, application, now())
    verbs = [action for action in offered if action.name not in NOT_ON_THE_BOARD]
    return Card(application, months, verbs, is_perhaps_known)
