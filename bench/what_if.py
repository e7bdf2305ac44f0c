"""How long it takes to try out a new place, and to find the three best of twelve sites.

    python bench/what_if.py [rounds]

Two communities in one run: the demo, and the demo grown to 200 buildings and 500 places on the same streets.
Printed are median and spread of the rounds; the first, which reads the streets, is printed alone.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from decimal import Decimal

from fresh import ROOT, SETTINGS

sys.path.insert(0, str(ROOT))
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
BUILDINGS, PLACES, SITES = 200, 500, 12
AIM_SECONDS = 1.0


def start(folder: str) -> None:
    os.environ |= SETTINGS | {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
    import django
    from django.core.management import call_command

    django.setup()
    for command in (["migrate", "-v0"], ["createcachetable"], ["compile_translations"], ["load_demo"]):
        call_command(*command, **({} if command[0] == "migrate" else {"verbosity": 0}))


def grow(community) -> None:
    """Invented buildings and places beside the ones there are, and the ways to them."""
    from django.utils import timezone

    from circle.actions import queue_walks
    from circle.identifiers.public_codes import short_code
    from circle.models import Building, Facility, OpeningHours
    from circle.proximity.compute import compute_waiting

    chance = random.Random(6)
    homes, places = list(community.buildings.all()), list(community.facilities.all())
    known = len(homes), len(places)

    def copied(row, code: str):
        row.pk, row.code, row.short_code = None, code, short_code()
        for name in ("longitude", "latitude"):
            setattr(row, name, getattr(row, name) + Decimal(chance.randint(-1500, 1500)) / 1_000_000)
        return row

    for n in range(BUILDINGS - known[0]):
        Building.objects.bulk_create([copied(Building.objects.get(pk=chance.choice(homes).pk), f"x{n}")])
    for n in range(PLACES - known[1]):
        [made] = Facility.objects.bulk_create(
            [copied(Facility.objects.get(pk=chance.choice(places).pk), f"x{n}")]
        )
        OpeningHours.objects.bulk_create(
            OpeningHours(facility=made, weekday=day, opens="08:00", closes="20:00") for day in range(8)
        )
    queue_walks(community=community, at=timezone.now())
    for _done in compute_waiting(community, timezone.now(), anew=True):
        pass


def measured(community) -> None:
    from django.utils import timezone

    from circle.coverage.whatif import Sandbox
    from circle.models import CandidateSite, FacilityKind

    kind = FacilityKind.objects.get(code="nursery")
    homes = list(community.buildings.all()[:SITES])
    sites = [
        CandidateSite(code=f"s{n}", longitude=h.longitude, latitude=h.latitude) for n, h in enumerate(homes)
    ]
    tries, finds = [], []
    for number in range(ROUNDS + 1):
        began = time.perf_counter()
        box = Sandbox.set_up(community, stamp="workday", pace="elder", at=timezone.now())
        box.try_out(kind, homes[number % SITES].point)
        tried = time.perf_counter()
        box.best_sites(kind, sites, 3)
        tries.append(tried - began)
        finds.append(time.perf_counter() - tried)
    ways = len(box.ground.walks)
    print(f"{len(box.ground.homes)} buildings, {len(box.ground.places)} places, {ways} ways")
    for what, times in (("try a new place", tries), ("best 3 of 12 sites", finds)):
        first, *others = times
        spread = f"{min(others):.3f}–{max(others):.3f}"
        print(f"  {what}: {statistics.median(others):.3f} s ({spread}), first {first:.3f} s")
    verdict = "met" if statistics.median(tries) < AIM_SECONDS else "missed"
    print(f"  aim of {AIM_SECONDS} s for a try: {verdict}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from circle.models import Community

        community = Community.objects.get(slug="jinyuan")
        measured(community)
        grow(community)
        measured(community)


if __name__ == "__main__":
    main()
