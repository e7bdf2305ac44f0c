import pytest

from circle.models import Facility
from tests import make


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Photos of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


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
