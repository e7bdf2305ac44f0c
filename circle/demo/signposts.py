"""Signposts of the demo; offices, addresses and numbers are invented."""

import json
from pathlib import Path

from circle.models import Community, Signpost, SignpostHours

DATA = Path(__file__).resolve().parent.parent / "data" / "demo_signposts.json"


def load_signposts(community: Community) -> None:
    """One that is there already stays as it is."""
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        values = row | {"synonyms": "\n".join(row["synonyms"])}
        spans = values.pop("hours")
        found, is_new = Signpost.objects.get_or_create(
            community=community, slug=values.pop("slug"), defaults=values
        )
        if is_new:
            SignpostHours.objects.bulk_create(
                SignpostHours(signpost=found, weekday=day, opens=span["opens"], closes=span["closes"])
                for span in spans
                for day in span["days"]
            )
