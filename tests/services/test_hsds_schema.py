"""The open catalogue against the standard's own schemas, which are read where they lie and never copied:
shared/ beside the repository, or HSDS_SCHEMAS."""

import copy
import json
import os
from pathlib import Path

import pytest
from django.conf import settings

# Documents are the same on each database: once a run is enough, since each loads a demo.
pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db, pytest.mark.one_database("sqlite")]

LIST = "/api/hsds/services"


@pytest.fixture(scope="module")
def validator():
    """Of the standard's `service`, formats included."""
    folder = Path(
        os.environ.get("HSDS_SCHEMAS", settings.BASE_DIR.parent / "shared/data/conformance/hsds-3.1")
    )
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there; HSDS_SCHEMAS names it")
    jsonschema = pytest.importorskip("jsonschema")
    referencing = pytest.importorskip("referencing")
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    draft = referencing.jsonschema.DRAFT202012
    registry = referencing.Registry().with_resources(
        (name, referencing.Resource.from_contents(schema, default_specification=draft))
        for name, schema in schemas.items()
    )
    return jsonschema.Draft202012Validator(
        schemas["service.json"], registry=registry, format_checker=jsonschema.FormatChecker()
    )


def faulty(document: dict) -> dict[str, dict]:
    """Twelve deliberate faults."""
    faults = {
        "an empty value": lambda d: d.update(description=None),
        "an id that is no UUID": lambda d: d.update(id="EL02"),
        "no name": lambda d: d.pop("name"),
        "no status": lambda d: d.pop("status"),
        "a status of our own": lambda d: d.update(status="offered"),
        "a time zone in words": lambda d: d["schedules"][0].update(timezone="+08:00"),
        "a daily schedule": lambda d: d["schedules"][0].update(freq="DAILY"),
        "an address without postal code": lambda d: place(d)["addresses"][0].pop("postal_code"),
        "a place of no known kind": lambda d: place(d).update(location_type="hall"),
        "a phone without number": lambda d: d["phones"][0].pop("number"),
        "a moment without offset": lambda d: d.update(last_modified="2026-11-24 08:00"),
        "a capacity without its unit": lambda d: d["capacities"][0].pop("unit"),
    }
    found = {}
    for name, spoil in faults.items():
        found[name] = copy.deepcopy(document)
        spoil(found[name])
    return found


def place(document: dict) -> dict:
    return document["service_at_locations"][0]["location"]


def test_all_54_items_are_valid_in_both_languages_and_twelve_faults_are_not(client, validator):
    for lang in ("zh", "en"):
        page = client.get(LIST, {"full": "true", "lang": lang, "community": "jinyuan"}).json()
        offered = [document for document in page["contents"] if document["status"] == "active"]
        assert len(offered) == 54
        errors = [error.message for one in page["contents"] for error in validator.iter_errors(one)]
        assert errors == []
    rich = next(one for one in page["contents"] if {"capacities", "phones", "schedules"} <= set(one))
    spoiled = faulty(rich)
    assert len(spoiled) == 12
    assert [name for name, document in spoiled.items() if validator.is_valid(document)] == []
