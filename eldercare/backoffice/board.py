"""The assignment board: the care of a day that nobody or one too few is assigned to, with who could go."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Q

from circle.models import User, within_posts
from eldercare.actions.assigning import crew_key
from eldercare.backoffice.bookings import CHANGE
from eldercare.backoffice.candidates import Candidate, Facts
from eldercare.models import CareBooking, CareBookingQuerySet

Status = CareBooking.Status
DAYS = dt.timedelta(days=14)


@dataclass
class BoardRow:
    booking: CareBooking
    able: list[Candidate]
    unable: list[Candidate]
    lead: str = ""  # the login that is proposed, or was chosen
    second: str = ""
    error: str = ""
    is_ticked: bool = False  # what has a proposal is, at first

    @property
    def leads(self) -> list[Candidate]:
        return [each for each in self.able if each.may_lead]

    @property
    def crew_shown(self) -> str:
        return crew_key(self.booking)

    @property
    def takes_two(self) -> bool:
        return self.booking.crew_size > 1

    @property
    def people(self) -> dict[str, User]:
        return {each.key: each.user for each in [*self.able, *self.unable]}


def unassigned_care(user: User, today: dt.date) -> CareBookingQuerySet:
    """With a day from today on, within two weeks: confirmed, or with the second carer missing."""
    open_ones = Q(status=Status.CONFIRMED) | Q(status=Status.ASSIGNED, crew_size=2, assistant=None)
    return CareBooking.objects.filter(
        open_ones, within_posts(user, CHANGE), day__gte=today, day__lte=today + DAYS
    )


def gone_codes(user: User, ticked: set[str], rows: list[BoardRow]) -> list[str]:
    """Of what was ticked: no longer on the board of that day; somebody assigned, moved or ended it."""
    left = ticked - {row.booking.code for row in rows}
    own = CareBooking.objects.filter(within_posts(user, CHANGE), code__in=left)
    return list(own.order_by("code").values_list("code", flat=True))


def days_of_board(user: User, today: dt.date) -> list[tuple[dt.date, int]]:
    """The days on which something is open, each with how much."""
    days = Counter(unassigned_care(user, today).values_list("day", flat=True))
    return sorted((day, count) for day, count in days.items() if day)


def board_rows(user: User, today: dt.date, day: dt.date) -> list[BoardRow]:
    """Each with a proposal; nobody is proposed for two at one time."""
    shown = unassigned_care(user, today).filter(day=day).shown().order_by("starts_at", "pk")
    rows = shown.select_related("community", "resident__login", "kind__community")
    groups: dict[int, list[CareBooking]] = defaultdict(list)
    for booking in rows.prefetch_related("kind__questions"):
        groups[booking.community_id].append(booking)
    found = []
    for bookings in groups.values():
        facts = Facts(bookings)
        found += [board_row(booking, facts.candidates(booking)) for booking in bookings]
    propose_crews(found)
    return found


def board_row(booking: CareBooking, people: list[Candidate]) -> BoardRow:
    able = [each for each in people if not each.obstacle]
    return BoardRow(booking, able, [each for each in people if each.obstacle])


def propose_crews(rows: list[BoardRow]) -> None:
    """The best of each who is not proposed for anything at that time; nobody against a wish."""
    given: dict[int, list[CareBooking]] = defaultdict(list)

    def first_free(booking: CareBooking, people: list[Candidate], but: str = "") -> str:
        for each in people:
            is_free = not any(is_together(booking, other) for other in given[each.user.pk])
            if is_free and not each.has_unmet_wish and each.key != but:
                given[each.user.pk].append(booking)
                return each.key
        return ""

    for row in rows:
        known = row.booking.assigned_to_id
        row.lead = str(known) if known else first_free(row.booking, row.leads)
        if row.takes_two and row.lead:
            row.second = first_free(row.booking, row.able, row.lead)
        row.is_ticked = bool(row.lead)


def is_together(one: CareBooking, other: CareBooking) -> bool:
    first, second = one.slot, other.slot
    if first is None or second is None or (first.pk == second.pk and one.kind.is_shared):
        return False
    return first.starts_at < second.ends_at and second.starts_at < first.ends_at
