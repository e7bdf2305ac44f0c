"""Fills the table of norms from circle/data/norms.json; rows entered or changed by staff stay unchanged."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from circle.models import FacilityKind, Norm

DATA = settings.BASE_DIR / "circle/data"


class Command(BaseCommand):
    help = "Fills the kinds of facility and the norms for them. Never changes an existing row."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for row in json.loads((DATA / "kinds.json").read_text(encoding="utf-8"))["kinds"]:
            FacilityKind.objects.get_or_create(code=row.pop("code"), defaults=row)
        kinds = FacilityKind.objects.in_bulk(field_name="code")
        rows = json.loads((DATA / "norms.json").read_text(encoding="utf-8"))["norms"]
        counted = set(Norm.objects.counted().values_list("kind__code", flat=True))
        known = set(Norm.objects.values_list("kind__code", "standard"))
        new = [
            Norm(
                kind=kinds[row["code"]],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                standard=row["standard"],
                clause=row["clause"],
                tier=row["tier_minutes"],
                radius_m=row["radius_m"],
                is_required=row["required"],
                is_counted=row["counted"] and row["code"] not in counted,
                was_seen=row["seen"],
            )
            for row in rows
            if (row["code"], row["standard"]) not in known
        ]
        Norm.objects.bulk_create(new)
        self.stdout.write(f"{len(rows)} norms known, {len(new)} of them new")
