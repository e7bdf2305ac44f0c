"""The board of the nursery's head: the applications by stage, with what can be done now."""

import datetime as dt
from collections import Counter as Tally
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.timezone import now

from childcare import actions
from childcare.backoffice.applications import APPLICATION_ACTIONS
from childcare.backoffice.pickup import PICKUP_ACTIONS
from childcare.models import Application
from childcare.models.ages import months_old
from circle.backoffice.row_actions import RowAction, available_actions
from circle.models import Facility

Status = Application.Status
MOST_SHOWN = 10  # of each stage; the list has the others
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

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


COLUMNS = [
    Status.SUBMITTED,
    Status.RETURNED,
    Status.VERIFIED,
    Status.OFFERED,
    Status.ACCEPTED,
    Status.ENROLLED,
]


IN_LINE = [status for status in COLUMNS if status not in (Status.OFFERED, Status.ENROLLED)]


def first_of_each(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Of each stage those who have waited longest, in one query."""
    number = Window(RowNumber(), partition_by="status", order_by=["submitted_at", "pk"])
    found = rows.annotate(number=number).filter(number__lte=MOST_SHOWN)
    return found.order_by("submitted_at", "pk")


def of_nursery(nursery: Facility | None) -> Q:
    """Applications of a nursery: of the class offered, else of the one wanted."""
    if nursery is None:
        return ~Q(pk__in=[])
    wanted = Q(offer=None, nursery_class__facility=nursery)
    return Q(offer__nursery_class__facility=nursery) | wanted


def application_board(within: Q, today: dt.date, nursery: Facility | None = None) -> tuple[list[Column], int]:
    """The applications by stage, the first of each stage who have waited longest, and how many are being
    filled in.

    Of drafts nothing but their number: nobody has sent them. Six queries, whatever waits.
    """
    rows = Application.objects.filter(within & of_nursery(nursery))
    counts = Tally(rows.live().values_list("status", flat=True))
    shown = rows.select_related(
        "child", "guardian", "nursery_class__facility", "offer__nursery_class__facility"
    )
    columns = {status: Column(status, counts[status]) for status in COLUMNS}
    cards = [
        *first_of_each(shown.filter(status__in=IN_LINE)),
        *shown.filter(status=Status.OFFERED).order_by("offer__expires_at", "pk")[:MOST_SHOWN],
        *shown.filter(status=Status.ENROLLED).order_by("-status_at", "-pk")[:MOST_SHOWN],
    ]
    known = actions.perhaps_known_among(cards)
    for application in cards:
        card = board_card(application, today, is_perhaps_known=application.pk in known)
        columns[Status(application.status)].cards.append(card)
    return list(columns.values()), counts[Status.DRAFT]


OF_THE_CARD = {"object", "wish", "siblings", "reseat", "withdraw", "round"}
NOT_ON_THE_BOARD = OF_THE_CARD | {action.name for action in PICKUP_ACTIONS}


def board_card(application: Application, today: dt.date, *, is_perhaps_known: bool) -> Card:
    born_on = application.child.born_on if application.child else None
    months = months_old(born_on, today) if born_on else 0
    offered = available_actions(APPLICATION_ACTIONS, application, now())
    verbs = [action for action in offered if action.name not in NOT_ON_THE_BOARD]
    return Card(application, months, verbs, is_perhaps_known)
