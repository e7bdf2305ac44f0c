from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction

from circle.models import Facility
from tests import make
from tests.circle.matrix_world import World, world


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Photos of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(scope="module")
def matrix(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for a module: the rows stay as they are, for each request is taken back."""
    with django_db_blocker.unblock(), time_machine.travel(make.MORNING, tick=False), transaction.atomic():
        yield world()
        transaction.set_rollback(True)


@pytest.fixture
def director_client(client, db):
    client.force_login(make.director())
    return client


@pytest.fixture
def facility_post():
    """What the admin's form of a facility sends: a valid new one unless told otherwise."""

    def post(facility: Facility | None = None, **values) -> dict:
        sent = {
            "community": (facility.community if facility else make.here()).pk,
            "kind": (facility.kind if facility else make.kind()).pk,
            "code": facility.code if facility else "new-place",
            "name_zh": "新场所",
            "name_en": "New place",
            "address_zh": "金元路9号",
            "datum_entered": "wgs84",
            "longitude": "106.6265",
            "latitude": "26.647",
            "is_published": "on",
        }
        for inline in ("opening_hours", "closures", "changes"):
            sent |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
        return sent | values

    return post
