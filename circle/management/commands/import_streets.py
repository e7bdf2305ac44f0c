import datetime as dt
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from circle.actions import adopt_streets
from circle.backoffice.setup import street_steps
from circle.importing.places import find_community
from circle.importing.streets import check_place, read_network
from circle.models import WalkRun
from circle.walking.build import CROSSING_WAIT_S
from circle.walking.osm import Box

OSM = "© OpenStreetMap contributors / OpenStreetMap 贡献者 (ODbL 1.0)"


def parse_box(text: str) -> Box:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not west,south,east,north in degrees") from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ArgumentTypeError(f"{text!r} is no box: west,south,east,north, the smaller numbers first")
    return west, south, east, north


class Command(BaseCommand):
    help = (
        "Takes the streets of an OpenStreetMap file (.osm.pbf or .osm) into use. Give a box that reaches "
        "1.5 km beyond the community; walking times are computed by tick, or at once by compute_walking."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--community", default="", help="its short name; needed where there are several")
        parser.add_argument("--bbox", type=parse_box, help="west,south,east,north in degrees")
        parser.add_argument(
            "--cycleways", action="store_true", help="count cycleways without a foot tag as walkable"
        )
        parser.add_argument(
            "--crossing-wait", type=int, default=CROSSING_WAIT_S, help="seconds (default %(default)s)"
        )
        parser.add_argument("--source-date", type=dt.date.fromisoformat, help="YYYY-MM-DD, else the file's")
        parser.add_argument("--attribution", default=OSM)
        parser.add_argument("--dry-run", action="store_true", help="only print the figures, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.take(**options)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal

    def take(self, *, file: Path, community: str, **options: Any) -> None:
        place = find_community(community)
        network = read_network(
            file,
            box=options["bbox"],
            cycleways=options["cycleways"],
            crossing_wait_s=options["crossing_wait"],
            source_on=options["source_date"],
        )
        check_place(network, place)
        for name, number in network.about["figures"].items():
            self.stdout.write(f"{name.replace('_', ' '):20} {number:>10,}")
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
            return
        streets = adopt_streets(
            community=place,
            network=network,
            source=file.name,
            attribution=options["attribution"],
            at=timezone.now(),
        )
        waiting = WalkRun.objects.filter(community=place, state=WalkRun.State.QUEUED).count()
        self.stdout.write(f"{streets} is in use in {place.slug}; {waiting} kinds of facility wait.")
        for step in street_steps(place, timezone.localdate()):
            if step.is_warning:
                self.stdout.write(f"{step.label}: {step.missing}")
