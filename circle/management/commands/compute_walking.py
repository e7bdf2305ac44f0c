from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from circle.actions import queue_walks
from circle.importing.places import find_community
from circle.management.bar import ProgressBar
from circle.models import Community, FacilityKind, WalkRun
from circle.proximity.compute import compute_waiting


class Command(BaseCommand):
    help = (
        "Computes the walking times from every building to the facilities, kind by kind. Each kind is "
        "published once complete; after an interruption the next run continues. Unchanged kinds are skipped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--community", default="", help="its short name; needed where there are several")
        parser.add_argument("--kinds", nargs="+", default=[], help="codes of kinds of facility; else all")
        parser.add_argument("--anew", action="store_true", help="also unchanged kinds")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.compute(find_community(options["community"]), options["kinds"], anew=options["anew"])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal

    def compute(self, community: Community, codes: list[str], *, anew: bool) -> None:
        kinds = list(FacilityKind.objects.filter(code__in=codes).values_list("pk", flat=True)) or None
        unknown = set(codes) - set(FacilityKind.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown:
            raise CommandError(f"There is no kind of facility {', '.join(sorted(unknown))}.")
        at = timezone.now()
        queue_walks(community=community, kinds=kinds, at=at)
        waiting = WalkRun.objects.waiting(at).filter(community=community)
        bar = ProgressBar(
            self.stdout, (waiting.filter(kind__in=kinds) if kinds else waiting).count(), "Walks to"
        )
        walks = off_street = 0
        for done, found in enumerate(compute_waiting(community, at, kinds=kinds, anew=anew), start=1):
            bar.show(done, found.kind.code if found.is_new else f"{found.kind.code}, unchanged")
            walks, off_street = walks + found.ways, off_street + found.off_street
        self.stdout.write(f"{walks:,} walks; {off_street} facilities lie too far from any street.")
