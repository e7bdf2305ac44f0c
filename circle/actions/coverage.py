import datetime as dt
from math import ceil

from django.db import transaction
from django.utils.timezone import localtime

from circle.coverage.figures import Figures, finite_or_none, mean_and_lowest
from circle.coverage.inputs import CoverageInputs, Place
from circle.coverage.moments import coverage_moments
from circle.models import (
    Community,
    Coverage,
    CoverageGap,
    CoverageHome,
    CoverageShare,
    Dimension,
    FacilityKind,
)
from circle.walking.coverage import Tally


@transaction.atomic
def recompute_coverage(*, community: Community, at: dt.datetime) -> list[Coverage]:
    """Replace the stored coverage of a community, for four moments at two paces, in one transaction.

    The moments are the next ones after the day of `at`. Repeating it gives the same result.
    """
    lock_community(community)
    ground = CoverageInputs.load(community, at)
    moments, calendar = coverage_moments(localtime(at).date())
    kinds = FacilityKind.objects.in_bulk(field_name="code")
    Coverage.objects.filter(community=community).delete()
    made = []
    for stamp, moment in moments.items():
        places = ground.open_at(moment, calendar)
        is_tentative = calendar.day(moment.date()).tentative
        for pace in Coverage.Pace.values:
            figures = Figures.of(ground, places, pace)
            row = build_coverage(figures, places)
            row.community, row.stamp, row.pace = community, stamp, pace
            row.moment, row.is_tentative, row.computed_at = moment, is_tentative, at
            row.save(force_insert=True)
            write_shares(row, figures, kinds)
            write_gaps(row, figures)
            write_homes(row, figures, kinds)
            made.append(row)
    return made


def build_coverage(figures: Figures, places: list[Place]) -> Coverage:
    ground, everybody = figures.ground, figures.everybody
    mean, lowest, lowest_dimension = mean_and_lowest(figures.required)
    mean_elders, lowest_elders, _which = mean_and_lowest(figures.required_elders)
    unknown = ground.unknown_places & {place.key for place in places}
    return Coverage(
        is_estimate=ground.is_estimate,
        source=ground.source,
        places=len(places),
        places_unknown=len(unknown),
        places_shut=len(ground.places) - len(places),
        homes=everybody.homes,
        residents=everybody.residents,
        elders=everybody.elders,
        mean=mean,
        mean_sure=sure_mean(figures, places, unknown) if unknown else mean,
        lowest=lowest,
        lowest_dimension=lowest_dimension,
        mean_elders=mean_elders,
        lowest_elders=lowest_elders,
        full_residents=figures.full.residents,
        full_elders=figures.full.elders,
        home_minutes=figures.home_minutes,
        gini=figures.gini,
        gini_elders=figures.gini_elders,
    )


def sure_mean(figures: Figures, places: list[Place], unknown: set[int]) -> float | None:
    """The mean of the dimensions without the places of which nobody knows whether they are open."""
    sure = [place for place in places if place.key not in unknown]
    return mean_and_lowest(Figures.of(figures.ground, sure, figures.pace).required)[0]


def write_shares(coverage: Coverage, figures: Figures, kinds: dict[str, FacilityKind]) -> None:
    """Of the ten dimensions, then of each kind that has a norm or a place."""
    ground, rows = figures.ground, []
    for dimension in Dimension.ten():
        row = build_share(coverage, dimension, None, figures.share_of_dimension(dimension))
        row.required = figures.required.get(dimension)
        row.required_elders = figures.required_elders.get(dimension)
        rows.append(row)
    used = {need.kind for need in ground.norms} | {place.kind for place in ground.places}
    order = {dimension.value: number for number, dimension in enumerate(Dimension)}
    sorted_kinds = sorted((kinds[code] for code in used), key=lambda kind: (order[kind.dimension], kind.code))
    rows += [build_share(coverage, kind.dimension, kind, figures.share(kind.code)) for kind in sorted_kinds]
    CoverageShare.objects.bulk_create(rows)


def build_share(
    coverage: Coverage, dimension: str, kind: FacilityKind | None, tallies: list[Tally]
) -> CoverageShare:
    five, ten, fifteen = tallies
    return CoverageShare(
        coverage=coverage,
        dimension=dimension,
        kind=kind,
        homes_5=five.homes,
        homes_10=ten.homes,
        homes_15=fifteen.homes,
        residents_5=five.residents,
        residents_10=ten.residents,
        residents_15=fifteen.residents,
        elders_5=five.elders,
        elders_10=ten.elders,
        elders_15=fifteen.elders,
    )


def write_gaps(coverage: Coverage, figures: Figures) -> None:
    CoverageGap.objects.bulk_create(
        CoverageGap(
            coverage=coverage,
            norm_id=figures.ground.norms[gap.need],
            order=order,
            homes=gap.unmet.homes,
            residents=gap.unmet.residents,
            elders=gap.unmet.elders,
            late_residents=gap.late.residents,
            far_residents=gap.far.residents if gap.far else None,
            worst_id=gap.worst,
            minutes=finite_or_none(gap.minutes),
        )
        for order, gap in enumerate(figures.gaps)
    )


def write_homes(coverage: Coverage, figures: Figures, kinds: dict[str, FacilityKind]) -> None:
    CoverageHome.objects.bulk_create(
        CoverageHome(
            coverage=coverage,
            building_id=home.key,
            # Rounded up, so that what is beyond fifteen minutes is not within them.
            minutes={name: ceil(minutes * 100) / 100 for name, minutes in figures.minutes_of(home).items()},
            mean=time.mean,
            longest=finite_or_none(time.longest),
            longest_kind=kinds.get(time.kind),
        )
        for home, time in zip(figures.ground.homes, figures.home_times, strict=True)
    )


def refresh_coverage(*, at: dt.datetime) -> int:
    """Recompute coverage older than a day or than a change; returns the number of communities."""
    return sum(refresh_if_stale(community, at) for community in Community.objects.all())


@transaction.atomic
def refresh_if_stale(community: Community, at: dt.datetime) -> bool:
    """Check again under the lock, so that two ticks at the same time compute it once."""
    if not is_stale(community, at):
        return False
    lock_community(community)
    if not is_stale(community, at):
        return False
    recompute_coverage(community=community, at=at)
    return True


def lock_community(community: Community) -> None:
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)


def is_stale(community: Community, at: dt.datetime) -> bool:
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    oldest = Coverage.objects.filter(community=community).order_by("computed_at").first()
    if oldest is None:
        return community.buildings.exists()
    since = oldest.computed_at
    return (
        since < midnight
        or community.facilities.filter(updated_at__gt=since).exists()
        or community.walk_runs.published().filter(finished_at__gt=since).exists()
    )
