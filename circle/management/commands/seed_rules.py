"""Fills the legal parameters from circle/data/rules.json; rows entered or changed by staff stay unchanged."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from circle.models import Rule


class Command(BaseCommand):
    help = "Fills the table of dated legal parameters. Never changes an existing row."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        rows = json.loads((settings.BASE_DIR / "circle/data/rules.json").read_text(encoding="utf-8"))
        for row in rows:
            key = {"kind": row.pop("kind"), "valid_from": row.pop("valid_from")}
            Rule.objects.get_or_create(**key, defaults=row)
        self.stdout.write(f"{len(rows)} rules known")
