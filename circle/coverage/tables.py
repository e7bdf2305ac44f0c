"""The stored coverage as it is published: small cells merged, unknown not called missing.

A count of None would single out a few people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from circle.models import (
    Community,
    Coverage,
    CoverageGap,
    CoverageHome,
    CoverageShare,
    Dimension,
    FacilityKind,
    Inventory,
    Norm,
)
from circle.walking.coverage import FLOOR, publishable_counts

Counts = Sequence[int | None]


ELDER_SERVICE = "elder_service_station"
GAPS_SHOWN = 8  # the others are folded away


@dataclass(frozen=True)
class ShareRow:
    """For a dimension or a kind: how many people have one within each of the tiers, in minutes."""

    dimension: Dimension
    kind: FacilityKind | None
    residents: Counts
    elders: Counts
    reached: str  # "all", "some" or "none" of the residents, within fifteen minutes
    required: float | None
    required_elders: float | None
    is_known: bool  # the inventory is complete: an unmet need is really missing

    @property
    def name(self) -> str:
        return str(self.kind.name if self.kind else self.dimension.label)


@dataclass(frozen=True)
class GapRow:
    gap: CoverageGap
    residents: int | None
    elders: int | None
    late: int | None
    far: int | None
    is_known: bool

    @property
    def norm(self) -> Norm:
        return self.gap.norm


@dataclass(frozen=True)
class Report:
    """All that the page shows of one moment and pace."""

    coverage: Coverage
    dimensions: list[ShareRow]
    kinds: list[ShareRow]
    gaps: list[GapRow]
    few: int  # gaps that concern fewer than ten residents each: counted, not listed
    homes: list[CoverageHome]
    full: int | None
    full_elders: int | None

    @property
    def is_lower_bound(self) -> bool:
        return not all(row.is_known for row in self.dimensions)

    @property
    def elder_service(self) -> ShareRow | None:
        """The kind that the notice of 2025 demands of every circle; without it a circle is basic at best."""
        return next((row for row in self.kinds if row.kind and row.kind.code == ELDER_SERVICE), None)

    @property
    def known_gaps(self) -> list[GapRow]:
        return [row for row in self.gaps if row.is_known]

    @property
    def worst_gaps(self) -> list[GapRow]:
        return self.known_gaps[:GAPS_SHOWN]

    @property
    def other_gaps(self) -> list[GapRow]:
        return self.known_gaps[GAPS_SHOWN:]

    @property
    def unknown_gaps(self) -> list[GapRow]:
        """Gaps of kinds without a complete inventory, where only the entry may be missing."""
        return [row for row in self.gaps if not row.is_known]


def report_of(coverage: Coverage, community: Community) -> Report:
    """The published report of a stored coverage. Five queries."""
    confirmed = set(Inventory.objects.filter(community=community).values_list("kind_id", flat=True))
    wanted: dict[str, set[int]] = {}
    for norm in Norm.objects.counted().filter(is_required=True):
        wanted.setdefault(norm.kind.dimension, set()).add(norm.kind_id)
    shares = [
        share_row(coverage, share, confirmed, wanted.get(share.dimension, set()))
        for share in coverage.shares.select_related("kind")
    ]
    gaps = [gap_row(coverage, gap, confirmed) for gap in coverage.gaps.select_related("norm__kind", "worst")]
    return Report(
        coverage,
        [row for row in shares if row.kind is None],
        [row for row in shares if row.kind],
        [row for row in gaps if row.gap.residents == 0 or row.gap.residents >= FLOOR],
        sum(0 < row.gap.residents < FLOOR for row in gaps),
        list(coverage.by_home.select_related("building", "longest_kind")),
        publishable_count(coverage.full_residents, coverage.residents),
        publishable_count(coverage.full_elders, coverage.elders),
    )


def share_row(coverage: Coverage, share: CoverageShare, confirmed: set[int], wanted: set[int]) -> ShareRow:
    inside = share.residents_15
    residents = [share.residents_5, share.residents_10, inside]
    elders = [share.elders_5, share.elders_10, share.elders_15]
    return ShareRow(
        Dimension(share.dimension),
        share.kind,
        publishable_counts(residents, coverage.residents),
        publishable_counts(elders, coverage.elders),
        "all" if inside == coverage.residents else "some" if inside else "none",
        share.required,
        share.required_elders,
        share.kind_id in confirmed if share.kind_id else wanted <= confirmed,
    )


def gap_row(coverage: Coverage, gap: CoverageGap, confirmed: set[int]) -> GapRow:
    return GapRow(
        gap,
        publishable_count(gap.residents, coverage.residents),
        publishable_count(gap.elders, coverage.elders),
        publishable_count(gap.late_residents, coverage.residents),
        None if gap.far_residents is None else publishable_count(gap.far_residents, coverage.residents),
        gap.norm.kind_id in confirmed,
    )


def publishable_count(count: int, total: int) -> int | None:
    """The count, or None where it or the remainder is a small cell."""
    return publishable_counts([count], total)[0]


def percent_text(part: float | None, whole: float = 1) -> str:
    """Whole percent; 100 only for all, 0 only for none."""
    if part is None or not whole:
        return "–"
    if 0 < part < whole:
        return f"{min(99, max(1, round(100 * part / whole)))}%"
    return f"{round(100 * part / whole)}%"
