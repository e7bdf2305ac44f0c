"""Who can go to a booking: best first, each with one reason; and who cannot, with the reason why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circle.models import Resident, StaffPost, User
from circle.models.roles import Role
from circle.walking.minutes import Point
from eldercare.actions.assigning import care_team, may_lead
from eldercare.actions.near_home import minutes_from
from eldercare.actions.wishes import last_crews, wishes_of, women_of
from eldercare.actions.working_hours import Rota
from eldercare.backoffice.engagements import Engagements, trained_people
from eldercare.models import CareBooking, CareQuestion

OFFICE = [Role.ELDER_COORDINATOR, Role.DIRECTOR]  # they can go, after those whose work it is


@dataclass(frozen=True)
class Candidate:
    user: User
    reason: str
    rank: tuple[bool, bool, bool, float, int, str]
    may_lead: bool
    obstacle: str = ""  # why they cannot go
    has_unmet_wish: bool = False

    @property
    def key(self) -> str:
        return str(self.user.pk)


def candidates(booking: CareBooking) -> list[Candidate]:
    """The team of its day; who can go first, then who cannot. A fixed number of queries, walks aside."""
    return Facts([booking]).candidates(booking)


class Facts:
    """What is asked about all of the team together, for bookings with a day of one community.

    Besides the teams, one for each day and grid, a fixed number of queries for any number of bookings.
    """

    def __init__(self, bookings: Sequence[CareBooking]) -> None:
        homes = Resident.objects.filter(pk__in=[each.resident_id for each in bookings])
        self.grids = dict(homes.values_list("pk", "building__grid"))
        self.teams: dict[object, list[StaffPost]] = {}
        posts = [post for booking in bookings for post in self.team(booking)]
        people = list({post.user_id: post.user for post in posts}.values())
        days = [booking.day for booking in bookings if booking.day]
        self.known = last_crews(bookings)
        self.wishes = {booking.pk: wishes_of(booking) for booking in bookings}
        self.women = women_of(bookings[0], people)
        self.trained = trained_people(bookings, people)
        self.engagements = Engagements(bookings, people)
        self.rota = Rota(bookings[0].community_id, people, min(days), max(days)) if days else None
        self.walks: dict[tuple[Point, Point], float] = {}

    def team(self, booking: CareBooking) -> list[StaffPost]:
        key = (booking.day, self.grids.get(booking.resident_id))
        if key not in self.teams:
            self.teams[key] = list(care_team(booking, now()).select_related("user"))
        return self.teams[key]

    def candidates(self, booking: CareBooking) -> list[Candidate]:
        team = self.team(booking)
        leads = {post.user_id for post in team if may_lead(booking.kind, post)}
        office = {post.user_id for post in team if post.role in OFFICE}
        people = {post.user_id: post.user for post in team}.values()
        found = [self.candidate(booking, user, user.pk in leads, user.pk in office) for user in people]
        return sorted(found, key=lambda each: (bool(each.obstacle), each.rank))

    def unmet(self, booking: CareBooking, user: User) -> list[CareQuestion]:
        known = self.known[booking.pk]
        met = {
            CareQuestion.Wish.WOMAN.value: user.pk in self.women,
            CareQuestion.Wish.SAME.value: not known or user.pk in known,
        }
        return [each for each in self.wishes[booking.pk] if not met[each.wish]]

    def obstacle(self, booking: CareBooking, user: User, wishes: list[CareQuestion]) -> str:
        if booking.kind.skill and not self.trained.holds(user, booking):
            return _("no certificate for that day")
        if self.rota and not self.rota.covers(user.pk, booking):
            return _("does not work then")
        if self.engagements.is_busy(user, booking):
            return _("gives other care then")
        strict = [each for each in wishes if each.is_strict]
        return _("wish: %(wish)s") % {"wish": strict[0].text} if strict else ""

    def candidate(self, booking: CareBooking, user: User, is_lead: bool, is_office: bool) -> Candidate:
        wishes, known = self.unmet(booking, user), user.pk in self.known[booking.pk]
        before, cares = self.engagements.before(user, booking), self.engagements.cares(user, booking)
        minutes = self.minutes(booking, before)
        rank = (bool(wishes), not known, is_office, minutes, cares, str(user))
        if wishes:
            reason = _("wish: %(wish)s") % {"wish": wishes[0].text}
        elif known:
            reason = _("came the last time")
        elif before:
            reason = ngettext(
                "%(minutes)d minute on foot from the care before",
                "%(minutes)d minutes on foot from the care before",
                round(minutes),
            ) % {"minutes": round(minutes)}
        else:
            reason = ngettext("%(n)d visit this week", "%(n)d visits this week", cares) % {"n": cares}
        return Candidate(user, reason, rank, is_lead, self.obstacle(booking, user, wishes), bool(wishes))

    def minutes(self, booking: CareBooking, before: CareBooking | None) -> float:
        """On foot from where they are before it, else from the place that the care is given from."""
        walk = (place_of(before) if before else booking.kind.facility.point, place_of(booking))
        if walk not in self.walks:
            self.walks[walk] = minutes_from(booking.community, *walk)
        return self.walks[walk]


def place_of(booking: CareBooking) -> Point:
    building = booking.building if booking.kind.is_at_home else None
    return building.point if building else booking.kind.facility.point
