import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation


@pytest.fixture(autouse=True)
def fresh_pages(settings):
    """Each page is built anew, and each test begins in Chinese."""
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def html():
    """The page without the line breaks and blanks that a template's formatter may move."""

    def squeezed(response) -> str:
        return re.sub(r" ?([<>]) ?", r"\1", " ".join(response.text.split()))

    return squeezed


@pytest.fixture
def queries_of(client):
    """How many queries a page takes once it is warm; the page must answer 200."""

    def count(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    return count
