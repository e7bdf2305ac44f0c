"""Who can go to a booking: best first, each with one reason; and who cannot, with the reason why."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circle.booking.busy import quarters_between
from circle.models import Busy, User
from circle.walking.minutes import Point
from eldercare.actions.assigning import care_team, lead_team
from eldercare.actions.near_home import minutes_from
from eldercare.actions.wishes import last_crew, wishes_of, women_of
from eldercare.models import CareBooking, CareQuestion, Certificate

ONE_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Candidate:
    user: User
    reason: str
    rank: tuple[bool, bool, float, int, str]
    may_lead: bool
    obstacle: str = ""  # why they cannot go


def candidates(booking: CareBooking) -> list[Candidate]:
    """The team of its day; who can go first, then who cannot. A fixed number of queries, walks aside."""
    team = list(care_team(booking, now()).select_related("user"))
    people = list({post.user_id: post.user for post in team}.values())
    leads = set(lead_team(booking, now()).values_list("user", flat=True))
    facts = Facts(booking, people)
    found = [facts.candidate(user, user.pk in leads) for user in people]
    return sorted(found, key=lambda each: (bool(each.obstacle), each.rank))


class Facts:
    """What is asked about all of the team together."""

    def __init__(self, booking: CareBooking, people: list[User]) -> None:
        self.booking, self.people = booking, people
        self.day = booking.day or localdate()
        self.known = last_crew(booking)
        self.wishes, self.women = wishes_of(booking), women_of(booking, people)
        self.busy, self.trained = self.find_busy(), self.find_trained()
        monday = self.day - dt.timedelta(days=self.day.weekday())
        self.week: dict[int, int] = defaultdict(int)
        self.before: dict[int, CareBooking] = {}
        rows = CareBooking.objects.holding().filter(day__gte=monday, day__lt=monday + ONE_WEEK)
        rows = rows.filter(community=booking.community_id).exclude(pk=booking.pk).order_by("starts_at")
        for row in rows.select_related("building", "kind__facility"):
            for pk in (row.assigned_to_id, row.assistant_id):
                self.count(pk, row)

    def count(self, pk: int | None, row: CareBooking) -> None:
        if pk is None:
            return
        self.week[pk] += 1
        start = self.booking.starts_at
        if start and row.day == self.day and row.starts_at and row.starts_at < start:
            self.before[pk] = row

    def find_busy(self) -> set[int]:
        slot = self.booking.slot
        if slot is None:
            return set()
        rows = Busy.objects.filter(
            worker__in=self.people, quarter__in=quarters_between(slot.starts_at, slot.ends_at)
        ).exclude(subject_type=self.booking._meta.label_lower, subject_id=self.booking.pk)
        if self.booking.kind.is_shared:
            rows = rows.exclude(subject_type=slot._meta.label_lower, subject_id=slot.pk)
        return {pk for pk in rows.values_list("worker", flat=True) if pk}

    def find_trained(self) -> set[int]:
        skill = self.booking.kind.skill
        if not skill:
            return {each.pk for each in self.people}
        held = Certificate.objects.filter(community=self.booking.community_id, skill=skill).valid(self.day)
        return set(held.values_list("user", flat=True))

    def unmet(self, user: User) -> list[CareQuestion]:
        met = {
            CareQuestion.Wish.WOMAN.value: user.pk in self.women,
            CareQuestion.Wish.SAME.value: not self.known or user.pk in self.known,
        }
        return [each for each in self.wishes if not met[each.wish]]

    def obstacle(self, user: User) -> str:
        if user.pk not in self.trained:
            return _("no certificate for that day")
        if user.pk in self.busy:
            return _("gives other care then")
        strict = [each for each in self.unmet(user) if each.is_strict]
        return _("wish: %(wish)s") % {"wish": strict[0].text} if strict else ""

    def candidate(self, user: User, may_lead: bool) -> Candidate:
        wishes = self.unmet(user)
        minutes, known = self.minutes(user), user.pk in self.known
        rank = (bool(wishes), not known, minutes, self.week[user.pk], str(user))
        if wishes:
            reason = _("wish: %(wish)s") % {"wish": wishes[0].text}
        elif known:
            reason = _("came the last time")
        elif user.pk in self.before:
            reason = ngettext(
                "%(minutes)d minute on foot from the care before",
                "%(minutes)d minutes on foot from the care before",
                round(minutes),
            ) % {"minutes": round(minutes)}
        else:
            cares = self.week[user.pk]
            reason = ngettext("%(n)d visit this week", "%(n)d visits this week", cares) % {"n": cares}
        return Candidate(user, reason, rank, may_lead, self.obstacle(user))

    def minutes(self, user: User) -> float:
        """On foot from where they are before it, else from the place that the care is given from."""
        start = self.before.get(user.pk, None)
        origin = place_of(start) if start else self.booking.kind.facility.point
        return minutes_from(self.booking.community, origin, place_of(self.booking))


def place_of(booking: CareBooking) -> Point:
    building = booking.building if booking.kind.is_at_home else None
    return building.point if building else booking.kind.facility.point
