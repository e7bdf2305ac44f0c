"""Computes the stored coverage of every community anew, as `tick` does once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from circle.actions import recompute_coverage
from circle.models import Community


class Command(BaseCommand):
    help = "Computes how complete each community's circle is, at the fixed moments and both paces."

    def handle(self, *args: Any, **options: Any) -> None:
        for community in Community.objects.all():
            made = recompute_coverage(community=community, at=timezone.now())
            self.stdout.write(f"{community.slug}: {len(made)} moments and paces")
