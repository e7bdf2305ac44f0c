from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from circle.audit.anchors import record_anchor_file, write_anchor_line
from circle.models import Community


class Command(BaseCommand):
    help = (
        "After a restore: closes ANCHOR_FILE, which knows of more than the backup holds, under a name with "
        "the moment, and begins a new one with where each chain stands. It is recorded."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        file = Path(settings.ANCHOR_FILE)
        if not settings.ANCHOR_FILE:
            raise CommandError("ANCHOR_FILE names no file")
        closed = file.with_name(f"{file.name}.until-{timezone.localtime(at):%Y%m%dT%H%M%S}")
        if file.exists():
            try:
                file.rename(closed)
            except OSError as error:
                raise CommandError(f"{file} cannot be closed ({error.strerror}): chattr -a {file}") from None
            self.stdout.write(f"closed: {closed}")
        for community in Community.objects.all():
            self.stdout.write(f"begun: {write_anchor_line(community, at=at)}")
            record_anchor_file(community, at)
