"""The real extracts are read where they lie, never copied: shared/ beside the repository, or OSM_EXTRACTS."""

import os
from pathlib import Path

import pytest
from django.conf import settings


def extract(name: str) -> Path:
    folder = Path(os.environ.get("OSM_EXTRACTS", settings.BASE_DIR.parent / "shared/data/osm"))
    path = folder / name
    if not path.exists():
        pytest.skip(f"{path} is not there; OSM_EXTRACTS names its folder")
    return path


@pytest.fixture(scope="session")
def beijing() -> Path:
    return extract("beijing-cau-east-campus.osm.pbf")


@pytest.fixture(scope="session")
def helsinki() -> Path:
    return extract("helsinki-centre.osm.pbf")
