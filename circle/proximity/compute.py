"""Computes the walking times to the facilities of each kind, and publishes each kind in one transaction.

For commands and `tick` only, since it imports scipy. After an interruption the next run continues with the
kinds that still wait.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from circle.models import Community, Facility, FacilityKind, StreetNetwork, WalkRun, WalkTime
from circle.proximity.street_cache import read_streets
from circle.proximity.walk_times import GATE
from circle.walking.batch import BatchSearch, WalkTable, walk_table

LEASE = dt.timedelta(minutes=15)  # a kind takes seconds: a process that holds one longer has died
ROWS_AT_ONCE = 5000
COLUMNS = (
    "run_id", "building_id", "facility_id", "distance_dm", "wait_s", "step_free_dm", "step_free_wait_s",
)  # fmt: skip

WalkTimeRow = tuple[int, int | None, int, int, int, int | None, int | None]


@dataclass(frozen=True)
class ComputedKind:
    """The result for one kind; `is_new` is False where nothing has changed since the published one."""

    kind: FacilityKind
    facilities: int
    ways: int
    off_street: int
    is_new: bool = True


class ComputationInputs:
    """The streets and buildings of a community, read once for all kinds."""

    def __init__(self, network: StreetNetwork) -> None:
        self.network, self.community = network, network.community
        self.streets = read_streets(network.pk, network.sha256)
        homes = {GATE: self.streets.doors.door(self.community.point)}
        seen = hashlib.sha256(digest_of([network.sha256, self.community.point]).encode())
        # As plain values: ten thousand buildings as objects would take 25 MB.
        buildings = self.community.buildings.order_by("pk")
        columns = buildings.values_list("pk", "longitude", "latitude", "own_path")
        for pk, longitude, latitude, own_path in columns.iterator():
            path = [(east, north) for east, north in own_path]
            homes[pk] = self.streets.doors.door((float(longitude), float(latitude)), path)
            seen.update(digest_of([pk, str(longitude), str(latitude), own_path]).encode())
        self.digest = seen.hexdigest()
        self.off_street = [pk for pk, door in homes.items() if not door]
        self.homes = {pk: door for pk, door in homes.items() if door}

    @cached_property
    def keys(self) -> list[int]:
        return list(self.homes)

    @cached_property
    def plain(self) -> BatchSearch:
        return BatchSearch(self.streets.graph, list(self.homes.values()))

    @cached_property
    def step_free(self) -> BatchSearch:
        if self.streets.step_free is self.streets.graph:
            return self.plain
        return BatchSearch(self.streets.step_free, list(self.homes.values()))


def compute_waiting(
    community: Community, at: dt.datetime, *, kinds: Iterable[int] | None = None, anew: bool = False
) -> Iterator[ComputedKind]:
    """Compute every kind that waits, or those of `kinds`; with `anew` also where nothing has changed.

    Refuses: no_streets, no_homes.
    """
    network = StreetNetwork.objects.current(community)
    if not network:
        raise ValidationError(_("There are no streets yet: import them first."), code="no_streets")
    if not community.buildings.exists():
        raise ValidationError(_("There are no buildings yet: import them first."), code="no_homes")
    inputs = None
    for run in waiting_runs(community, at, kinds):
        if claim_run(run, network, at):
            inputs = inputs or ComputationInputs(network)
            yield compute_run(run, inputs, anew=anew)


def waiting_runs(community: Community, at: dt.datetime, kinds: Iterable[int] | None) -> list[WalkRun]:
    runs = WalkRun.objects.waiting(at).filter(community=community).select_related("kind")
    if kinds is not None:
        runs = runs.filter(kind__in=list(kinds))
    # The run of a dead process sorts first: a newer run of the same kind may wait behind it.
    return list(runs.order_by("kind__code", "pk"))


def claim_run(run: WalkRun, network: StreetNetwork, at: dt.datetime) -> bool:
    """Whether this process has claimed the run; another may hold it, or hold another run of the kind."""
    try:
        with transaction.atomic():
            mine = WalkRun.objects.waiting(at).filter(pk=run.pk, state=run.state)
            values = {"state": WalkRun.State.COMPUTING, "network": network, "started_at": at}
            if not mine.update(**values, lease_until=timezone.now() + LEASE):
                return False
    except IntegrityError:
        return False
    run.times.all().delete()
    run.refresh_from_db()
    return True


def compute_run(run: WalkRun, inputs: ComputationInputs, *, anew: bool = False) -> ComputedKind:
    found_places = Facility.objects.filter(community=run.community_id, kind=run.kind_id).order_by("pk")
    places = {facility.pk: facility.point for facility in found_places.only("longitude", "latitude")}
    run.inputs = digest_of([inputs.digest, *places.items()])
    published = WalkRun.objects.published().filter(community=run.community_id, kind=run.kind_id).first()
    if published and published.inputs == run.inputs and not anew:
        run.delete()
        return ComputedKind(run.kind, **published.counts, is_new=False)
    doors = {pk: inputs.streets.doors.door(point) for pk, point in places.items()}
    starts = {pk: door for pk, door in doors.items() if door}
    found = walk_table(inputs.plain, inputs.step_free, list(starts.values()))
    write_walk_times(walk_time_rows(run, found, list(starts), inputs.keys))
    lost = [pk for pk, door in doors.items() if not door]
    run.off_street = {"buildings": inputs.off_street, "facilities": lost}
    run.counts = {"facilities": len(places), "ways": len(found.starts), "off_street": len(lost)}
    publish_run(run)
    return ComputedKind(run.kind, **run.counts)


@transaction.atomic
def publish_run(run: WalkRun) -> None:
    """Replace the published run and delete its times; readers see all of the old or all of the new ones."""
    old = WalkRun.objects.filter(community=run.community_id, kind=run.kind_id).exclude(pk=run.pk)
    old.filter(state=WalkRun.State.SUPERSEDED).delete()
    replaced = list(old.published().values_list("pk", flat=True))
    old.published().update(state=WalkRun.State.SUPERSEDED)
    WalkTime.objects.filter(run__in=replaced).delete()
    run.state, run.finished_at, run.lease_until = WalkRun.State.PUBLISHED, timezone.now(), None
    run.save(update_fields=["state", "finished_at", "lease_until", "inputs", "off_street", "counts"])


def walk_time_rows(
    run: WalkRun, found: WalkTable, facilities: list[int], homes: list[int]
) -> Iterator[WalkTimeRow]:
    """Rows for the database; "no step-free path" is -1 in the table and NULL in the database."""
    for start, home, distance, wait, step_free, step_free_wait in zip(
        *(column.tolist() for column in found), strict=True
    ):
        without = (None, None) if step_free < 0 else (step_free, step_free_wait)
        yield run.pk, homes[home] or None, facilities[start], distance, wait, *without


def write_walk_times(rows: Iterator[WalkTimeRow]) -> None:
    """By COPY on PostgreSQL: a million rows take seconds there, and minutes with bulk_create."""
    if connection.vendor == "postgresql":
        copy_walk_times(rows)
        return
    fields = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    for first in range(0, len(fields), ROWS_AT_ONCE):
        WalkTime.objects.bulk_create(
            (WalkTime(**values) for values in fields[first : first + ROWS_AT_ONCE]), batch_size=500
        )


def copy_walk_times(rows: Iterator[WalkTimeRow]) -> None:
    text = StringIO()
    for row in rows:
        text.write("\t".join("" if value is None else str(value) for value in row) + "\n")
    text.seek(0)
    statement = f"COPY {WalkTime._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN WITH (NULL '')"
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, text)


def digest_of(inputs: Any) -> str:
    return hashlib.sha256(json.dumps(inputs, separators=(",", ":")).encode()).hexdigest()
