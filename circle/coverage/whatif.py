"""What-if: what one new or moved place would change, and where new ones help most.

A proposed place is assumed to be open at every hour, since its hours are not known yet; the page says so.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.coverage.figures import Figures, mean_and_lowest, reaches_of
from circle.coverage.inputs import REACH_DM, CoverageInputs, Place
from circle.coverage.moments import coverage_moments
from circle.models import Building, CandidateSite, Community, Facility, FacilityKind
from circle.proximity.street_cache import Streets, streets_of
from circle.walking.coverage import Reaches, Tally, Walk, homes_within, nearest_reaches, tally_homes
from circle.walking.doors import Door
from circle.walking.graph import split_cost
from circle.walking.limits import LIMIT_MINUTES, TIERS
from circle.walking.minutes import DECIMETRES, Point, estimate_walk, straight_line
from circle.walking.search import costs_to_doors
from circle.walking.siting import Pick, change_in_reach, greedy_sites

FARTHEST_M = 3000  # from the community's gate; a point beyond is a typing error
PROPOSED = -1  # the new place's id among those of the facilities


@dataclass(frozen=True)
class Compared:
    """One figure before and after."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Trial:
    """The result of one proposal."""

    kind: FacilityKind
    before: Figures
    after: Figures
    won: Tally
    lost: Tally
    won_homes: list[int]
    lost_homes: list[int]
    is_estimate: bool

    @property
    def loses_more(self) -> bool:
        return self.lost.residents > self.won.residents

    def figures(self) -> list[Compared]:
        """Every published figure that a place of this kind can change, before and after."""
        before, after, code = self.before, self.after, self.kind.code
        dimension = self.kind.dimension
        total, elders = before.everybody.residents, before.everybody.elders
        found = []
        for name, old, new in [
            ("kind", before.share(code), after.share(code)),
            ("dimension", before.share_of_dimension(dimension), after.share_of_dimension(dimension)),
        ]:
            for limit, one, other in zip(TIERS, old, new, strict=True):
                found.append(
                    compare_shares(f"{name}_residents_{limit}", one.residents, other.residents, total)
                )
                found.append(compare_shares(f"{name}_elders_{limit}", one.elders, other.elders, elders))
        (mean, lowest, _which), (new_mean, new_lowest, _new) = (
            mean_and_lowest(each.required) for each in (before, after)
        )
        return [
            *found,
            Compared("required", before.required.get(dimension), after.required.get(dimension)),
            Compared("mean", mean, new_mean),
            Compared("lowest", lowest, new_lowest),
            compare_shares("full_residents", before.full.residents, after.full.residents, total),
            compare_shares("full_elders", before.full.elders, after.full.elders, elders),
            Compared("home_minutes", before.home_minutes, after.home_minutes),
            Compared("gini", before.gini, after.gini),
            Compared("gini_elders", before.gini_elders, after.gini_elders),
        ]


def compare_shares(name: str, before: int, after: int, total: int) -> Compared:
    return Compared(name, *(count / total if total else None for count in (before, after)))


@dataclass(frozen=True)
class Sandbox:
    """A community at one moment and pace, in which proposals are tried."""

    community: Community
    ground: CoverageInputs
    open_places: list[Place]
    pace: str
    streets: Streets | None

    @classmethod
    def set_up(cls, community: Community, *, stamp: str, pace: str, at: dt.datetime) -> "Sandbox":
        """Refuses: no_homes."""
        ground = CoverageInputs.load(community, at)
        if not ground.homes:
            raise ValidationError(_("No buildings are entered yet."), code="no_homes")
        moments, calendar = coverage_moments(localtime(at).date())
        return cls(
            community,
            ground,
            ground.open_at(moments[stamp], calendar),
            pace,
            streets_of(community),
        )

    def walks(self, point: Point) -> dict[int, Walk]:
        """The walks from the homes to a point, searched now.

        Refuses: too_far (from the community), off_street.
        """
        if straight_line(self.community.point, point) > FARTHEST_M:
            raise ValidationError(
                _("This point lies more than 3 km from the community. Are the numbers right?"), code="too_far"
            )
        if not self.streets:
            estimated = {
                b.pk: Walk(round(estimate_walk(b.point, point).metres * 10)) for b in self.ground.buildings
            }
            return {home: walk for home, walk in estimated.items() if walk.distance_dm <= REACH_DM}
        door = self.streets.doors.door(point)
        if not door:
            raise ValidationError(
                _("No street leads to this point. Choose one beside a street."), code="off_street"
            )
        doors = home_doors(self.streets, self.ground.buildings)
        return {
            home: Walk(*split_cost(cost))
            for home, cost in costs_to_doors(self.streets.graph, door, doors).items()
        }

    def try_out(self, kind: FacilityKind, point: Point, moved: Facility | None = None) -> Trial:
        """Refuses: other_kind (the place that moves is of another kind), too_far, off_street."""
        if moved and moved.kind_id != kind.pk:
            raise ValidationError(_("The place that moves is of another kind."), code="other_kind")
        place = Place(PROPOSED, kind.code, kind.dimension)
        remaining = [each for each in self.open_places if not moved or each.key != moved.pk]
        before = Figures.of(self.ground, self.open_places, self.pace)
        after = before.with_others(
            self.ground.with_place(place, self.walks(point)), [*remaining, place], kind.code
        )
        reached, reached_after = (self.reached(each.reaches, kind) for each in (before, after))
        moved_homes = change_in_reach(reached, reached_after)
        return Trial(
            kind,
            before,
            after,
            tally_homes(home for home in self.ground.homes if home.key in moved_homes.won),
            tally_homes(home for home in self.ground.homes if home.key in moved_homes.lost),
            sorted(moved_homes.won),
            sorted(moved_homes.lost),
            self.ground.is_estimate or self.streets is None,
        )

    def reached(self, reaches: Reaches, kind: FacilityKind) -> set[int]:
        return {home.key for home in homes_within(self.ground.homes, reaches, kind.code, LIMIT_MINUTES)}

    def best_sites(self, kind: FacilityKind, sites: Iterable[CandidateSite], k: int) -> list[Pick]:
        """At most k sites, each adding most residents to those before it; sites are named by their codes."""
        there = [place for place in self.open_places if place.kind == kind.code]
        before = self.reached(reaches_of(self.ground, there, self.pace), kind)
        people = {home.key: home.residents for home in self.ground.homes}
        return greedy_sites(self.candidates(kind, sites), people, k, before)

    def candidates(self, kind: FacilityKind, sites: Iterable[CandidateSite]) -> Mapping[str, set[int]]:
        found = {}
        for site in sites:
            try:
                walks = self.walks(site.point)
            except ValidationError:  # a site without a street brings nobody in
                continue
            alone = ((home, kind.code, walk) for home, walk in walks.items())
            found[site.code] = self.reached(nearest_reaches(alone, DECIMETRES[self.pace]), kind)
        return found

    def named(self, keys: Iterable[int]) -> list[str]:
        wanted = set(keys)
        return [building.name for building in self.ground.buildings if building.pk in wanted]


def home_doors(streets: Streets, buildings: Iterable[Building]) -> dict[int, Door]:
    doors = {building.pk: streets.home(building) for building in buildings}
    return {pk: door for pk, door in doors.items() if door}
