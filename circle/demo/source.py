"""What the demo is made of: rows of JSON files beside the code."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"


def read_demo_data(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def pick_columns(row: dict[str, Any], *names: str, also: Iterable[str] = ()) -> dict[str, Any]:
    """The _zh and _en columns of these names, and the columns in `also`, from a row of the data file."""
    return {
        f"{name}_{language}": row[f"{name}_{language}"] for name in names for language in ("zh", "en")
    } | {name: row[name] for name in also}


def point_columns(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "longitude": row["longitude"],
        "latitude": row["latitude"],
        "longitude_entered": row["longitude"],
        "latitude_entered": row["latitude"],
    }
