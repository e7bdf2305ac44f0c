"""The walking engine against its rivals, one run: searches, the whole command, memory, cost against size.

    make bench-walking        (or: .ci/with-postgres .venv-bench/bin/python bench/walking.py [rounds])

City: 317 × 317 junctions some 100 m apart, 15 % of the edges removed, 30 kinds × 500 facilities, drawn by a
fixed seed. Real streets: the Helsinki extract of shared/data/osm (or OSM_EXTRACTS), 30 kinds × 50 facilities.
"Nearest" is the time from the nearest facility of a kind to every junction within 15 minutes at planning
pace; every engine gets the same whole deciseconds, and all must agree. Rounds alternate between the engines;
those that take seconds a kind do some of the kinds, their time scaled to all. Printed are median and spread
of CPU time, which other work on the machine hardly touches, and the ratios by the clock as well.
"All pairs" is what compute_walking does: every (home, facility) pair within 30 minutes, of 10,000 homes. The
whole command runs as a process of its own on PostgreSQL, so its peak memory is its own.
"""

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from fresh import ROOT, start

sys.path.insert(0, str(ROOT))

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
OURS = "ours, batch (scipy)"
SIDE, KINDS, PLACES, HOMES = 317, 30, 500, 10_000
FEW = {"networkx": 2, "igraph": 5, "pandana": 5}  # kinds in a round; the others do all
SEED = 20261124
QUARTER, HALF = 15 * 600, 30 * 600  # deciseconds


class Spent(NamedTuple):
    wall: float
    cpu: float  # of all threads of this process: other work on the machine does not count

    def times(self, factor: float) -> "Spent":
        return Spent(self.wall * factor, self.cpu * factor)


def timed(work: Callable[[], Any]) -> tuple[Spent, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu), answer


def spread(numbers: Iterable[float], form: str = ".1f") -> str:
    """Median, and from the least to the most."""
    found = sorted(numbers)
    return f"{statistics.median(found):,{form}} ({found[0]:,{form}}–{found[-1]:,{form}})"


def ratios(ours: list[Spent], theirs: list[Spent]) -> str:
    """By CPU, and by the clock."""
    pairs = list(zip(theirs, ours, strict=True))
    by_cpu, by_clock = (other.cpu / mine.cpu for other, mine in pairs), (o.wall / m.wall for o, m in pairs)
    return f"{spread(by_cpu)}, by the clock {spread(by_clock)}"


def line(name: str, spent: list[Spent], basis: list[Spent]) -> None:
    cpu = spread((one.cpu * 1000 for one in spent), ".0f")
    print(f"  {name:34} {cpu} ms of CPU; × C {ratios(basis, spent)}")


def rivals(name: str, town: Any, places: int, folder: str) -> None:
    from rivals import Dial, Igraph, Networkx, Pandana

    from circle.walking.batch import BatchSearch
    from circle.walking.graph import limit_of

    print(f"\n{name}: {town.nodes:,} junctions, {town.network.edges:,} edges, {KINDS} kinds × {places}")
    draw = np.random.default_rng(SEED)
    kinds = [draw.choice(town.open, places, replace=False) for _kind in range(KINDS)]
    built, pandana = timed(lambda: Pandana(town, QUARTER))
    print(f"  pandana prepared in {built.wall:.1f} s (not counted below)")
    batch = BatchSearch(town.graph, [], limit_of(15))

    def ours(sources, limit):
        whole, first_start = batch.matrix([town.doors[node] for node in sources])
        costs = batch.least(whole, np.arange(first_start, whole.shape[0]))[: town.nodes]
        return np.minimum(costs, (limit + 1) << 16).astype(np.int64) >> 16

    dial = Dial(town, folder)
    engines = {
        "C, buckets": dial.nearest,
        OURS: ours,
        "igraph": Igraph(town).nearest,
        "networkx": Networkx(town).nearest,
        "pandana": pandana.nearest,
    }
    agree(engines, kinds[0])
    seconds: dict[str, list[Spent]] = {engine: [] for engine in engines}
    for number in range(ROUNDS):
        for engine, nearest in engines.items():
            few = FEW.get(engine, KINDS)
            some = [kinds[(number * few + k) % KINDS] for k in range(few)]
            spent, _answer = timed(lambda n=nearest, s=some: [n(sources, QUARTER) for sources in s])
            seconds[engine].append(spent.times(KINDS / few))
    for engine, spent in seconds.items():
        line(engine, spent, seconds["C, buckets"])
    for engine in ("networkx", "pandana"):
        print(f"  {engine} ÷ ours: {ratios(seconds[OURS], seconds[engine])}")
    all_pairs(town, kinds, dial)


def agree(engines: dict, sources) -> None:
    expected = engines["C, buckets"](sources, QUARTER)
    for engine, nearest in engines.items():
        wrong = int((nearest(sources, QUARTER) != expected).sum())
        print(f"  {engine:34} {wrong} of {len(expected):,} cells differ from C")


def all_pairs(town: Any, kinds: list, dial) -> None:
    from circle.walking.batch import BatchSearch

    homes = np.random.default_rng(SEED + 1).choice(town.open, min(HOMES, len(town.open)), replace=False)
    is_home = np.zeros(town.nodes, dtype=bool)
    is_home[homes] = True
    batch = BatchSearch(town.graph, [town.doors[node] for node in homes])
    c, ours = [], []
    for _round in range(ROUNDS):
        spent, expected = timed(lambda: [dial.pairs(sources, HALF, is_home) for sources in kinds])
        c.append(spent)
        spent, found = timed(
            lambda: [
                sum(len(portion.costs) for portion in batch.pairs([town.doors[node] for node in sources]))
                for sources in kinds
            ]
        )
        ours.append(spent)
        if found != expected:
            raise SystemExit(f"not the same pairs: {sum(found)} and {sum(expected)}")
    print(f"  all {sum(expected):,} pairs within 30 minutes, {len(homes):,} homes:")
    line("C, buckets, one facility at a time", c, c)
    line(OURS, ours, c)


# The whole command, on PostgreSQL ---------------------------------------------------------------------------


def lay_out(town: Any) -> None:
    from django.utils import timezone

    from circle.actions import adopt_streets
    from circle.models import Building, Community, Facility, FacilityKind, Grid

    chance = random.Random(SEED)

    def placed() -> dict[str, object]:
        longitude, latitude = town.network.point(chance.randrange(town.nodes))
        values = {"longitude": longitude + chance.uniform(-3e-4, 3e-4), "latitude": latitude}
        return values | {f"{name}_entered": value for name, value in values.items()}

    names = {"name_zh": "测", "name_en": "x"}
    community = Community.objects.create(slug="city", phone="0851-0000 0100", **names, **placed())
    grid = Grid.objects.create(community=community, code="g", **names)
    Building.objects.bulk_create(
        [
            Building(community=community, grid=grid, code=f"b{n}", short_code=f"{n:08}", **names, **placed())
            for n in range(HOMES)
        ]
    )
    for number in range(KINDS):
        kind = FacilityKind.objects.create(code=f"k{number}", dimension="health", **names)
        Facility.objects.bulk_create(
            [
                Facility(
                    community=community,
                    kind=kind,
                    code=f"f{number}-{n}",
                    short_code=f"{number * PLACES + n:08}",
                    address_zh="路",
                    **names,
                    **placed(),
                )
                for n in range(PLACES)
            ]
        )
    adopt_streets(community=community, network=town.network, source="city", at=timezone.now())


# A process begins with the peak of the one that starts it, so a small one stands between.
LAUNCHER = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(code)
"""


def command(*arguments: str) -> tuple[float, int, str]:
    """Seconds, peak MiB and last line of a command in a process of its own."""
    manage = [sys.executable, ROOT / "manage.py", *arguments]
    spent, done = timed(
        lambda: subprocess.run([sys.executable, "-c", LAUNCHER, *manage], capture_output=True, text=True)
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    *_said, last, peak = done.stdout.strip().splitlines()
    return spent.wall, int(peak), last


def whole_command(town: Any) -> None:
    from django.db import connection

    from circle.models import Community

    print(f"\ncompute_walking into {connection.vendor}, {HOMES:,} homes, {KINDS} × {PLACES} facilities")
    lay_out(town)
    seconds, peak, said = command("compute_walking", "--community", "city")
    print(f"  {seconds:.1f} s by the clock, peak {peak} MiB: {said}")
    command("load_demo")
    slug = Community.objects.exclude(slug="city").get().slug
    times = [command("compute_walking", "--community", slug, "--anew") for _round in range(ROUNDS)]
    spent = [seconds for seconds, _peak, _said in times]
    print(f"  demo: {statistics.median(spent):.1f} s ({min(spent):.1f}–{max(spent):.1f}): {times[0][2]}")


def cost_against_size() -> None:
    from town import Town, city

    from circle.walking.batch import BatchSearch
    from circle.walking.graph import limit_of
    from circle.walking.search import costs_to_doors

    print("\nCost against size, one kind, one facility for each 200 junctions, a home for each 10")
    for side in (32, 100, SIDE):
        town = Town(city(side))
        draw = np.random.default_rng(SEED)
        starts = [town.doors[n] for n in draw.choice(town.open, town.nodes // 200, replace=False)]
        homes = [town.doors[n] for n in draw.choice(town.open, town.nodes // 10, replace=False)]
        near, everything = BatchSearch(town.graph, homes, limit_of(15)), BatchSearch(town.graph, homes)
        nearest = statistics.median(
            timed(lambda b=near, s=starts: b.nearest(s))[0].cpu for _ in range(ROUNDS)
        )
        pairs = statistics.median(
            timed(lambda b=everything, s=starts: list(b.pairs(s)))[0].cpu for _ in range(ROUNDS)
        )
        doors = dict(enumerate(starts))
        page = statistics.median(
            timed(lambda t=town, h=home, d=doors: costs_to_doors(t.graph, h, d))[0].cpu for home in homes[:50]
        )
        print(
            f"  {town.nodes:>7,} junctions: nearest {nearest * 1000:,.1f} ms, all pairs {pairs * 1000:,.1f} "
            f"ms, one page (heapq, 30 minutes) {page * 1000:,.2f} ms"
        )


def main() -> None:
    extracts = Path(os.environ.get("OSM_EXTRACTS", ROOT.parent / "shared/data/osm"))
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from lengths import against_osmnx
        from town import Town, city

        from circle.walking.build import build_network
        from circle.walking.osm import read_extract

        print("Unrounded lengths against osmnx")
        for name in ("beijing-cau-east-campus.osm.pbf", "helsinki-centre.osm.pbf"):
            against_osmnx(extracts / name, folder)
        town = Town(city(SIDE))
        whole_command(town)
        rivals(
            "Helsinki", Town(build_network(read_extract(extracts / "helsinki-centre.osm.pbf"))), 50, folder
        )
        rivals("City", town, PLACES, folder)
        cost_against_size()
    print(f"\nthis process: peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
