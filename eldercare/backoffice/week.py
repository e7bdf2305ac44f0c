"""A week of the care team: working hours, leave and care by day; what nobody is assigned to last."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from circle.calendar.opening_hours import Span
from circle.calendar.working_days import ONE_DAY
from circle.models import StaffPost, User, within_posts
from eldercare.actions.working_hours import Rota
from eldercare.backoffice.bookings import VIEW
from eldercare.models import CareBooking, CareWorker
from eldercare.models.bookings import FREED, VISIT


@dataclass
class Cell:
    """One day of one member of the team."""

    hours: list[Span] | None = None  # None: whenever care is given
    is_away: bool = False
    bookings: list[tuple[CareBooking, bool]] = field(default_factory=list)  # and whether it is outside them


@dataclass
class WeekRow:
    user: User
    number: str
    cells: list[Cell]


@dataclass
class Week:
    days: list[dt.date]
    rows: list[WeekRow]
    open_ones: list[list[CareBooking]]  # by day


def week_of(user: User, monday: dt.date) -> Week:
    """Of the team of one's communities; of a care worker the own row. A fixed number of queries."""
    days = [monday + number * ONE_DAY for number in range(7)]
    bookings = CareBooking.objects.exclude(status__in=FREED).filter(day__in=days).order_by("starts_at", "pk")
    sees_all = user.has_perm(VIEW)
    own = bookings.filter(within_posts(user, VIEW)) if sees_all else bookings.in_care_of(user).given_by(user)
    shown = list(own.select_related("kind", "slot", "resident", "assigned_to", "assistant"))
    workers = CareWorker.objects.without_photos().select_related("user")
    reached = workers.filter(within_posts(user, VIEW)) if sees_all else workers.filter(user=user)
    numbers = {row.user.pk: row.number for row in reached}
    people = {row.user.pk: row.user for row in reached} | ({} if sees_all else {user.pk: user})
    people |= {each.pk: each for booking in shown for each in booking.crew if sees_all or each == user}
    communities = {row.community_id for row in reached} | {booking.community_id for booking in shown}
    cells = {pk: [Cell() for _day in days] for pk in people}
    mark_absences(cells, days, communities if sees_all else None)
    for community in sorted(communities):
        enter_hours(cells, Rota(community, people.values(), days[0], days[-1]), days, shown)
    rows = [WeekRow(each, numbers.get(each.pk, ""), cells[each.pk]) for each in people.values()]
    open_ones = [
        [each for each in shown if each.day == day and each.is_live and not each.is_crew_full] for day in days
    ]
    return Week(days, sorted(rows, key=lambda row: (not row.number, str(row.user))), open_ones)


def mark_absences(
    cells: dict[int, list[Cell]], days: list[dt.date], communities: set[int] | None = None
) -> None:
    """Away is who holds no post of the team that day in these communities, or whose every post rests."""
    posts = StaffPost.objects.giving(VISIT).filter(user__in=cells, building=None, starts_on__lte=days[-1])
    if communities is not None:
        posts = posts.filter(community__in=communities)
    held: dict[int, list[StaffPost]] = defaultdict(list)
    for post in posts.prefetch_related("absences"):
        held[post.user_id].append(post)
    for pk, row in cells.items():
        for day, cell in zip(days, row, strict=True):
            cell.is_away = not any(is_held(post, day) for post in held[pk])


def is_held(post: StaffPost, day: dt.date) -> bool:
    is_active = post.starts_on <= day and (post.ends_on is None or day <= post.ends_on)
    return is_active and not any(each.starts_on <= day <= each.ends_on for each in post.absences.all())


def enter_hours(
    cells: dict[int, list[Cell]], rota: Rota, days: list[dt.date], bookings: list[CareBooking]
) -> None:
    for pk, row in cells.items():
        for day, cell in zip(days, row, strict=True):
            cell.hours = cell.hours or rota.hours_on(pk, day)
            cell.bookings += [
                (each, cell.is_away or not rota.covers(pk, each))
                for each in bookings
                if each.day == day and pk in (each.assigned_to_id, each.assistant_id)
                if each not in [known for known, _is_outside in cell.bookings]
            ]
