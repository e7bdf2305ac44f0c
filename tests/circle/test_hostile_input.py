"""What nobody types, sent to every address: as each of its parameters, and as each field of its forms.

No answer may be a fault of ours. The rows are those of the role matrix; asked are an address's own visitors:
the owner in the back office, a resident elsewhere. PostgreSQL refuses what SQLite takes, so CI asks it.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from urllib.parse import quote_from_bytes

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import resolve, reverse

from circle.web.hostile_input import LONGEST_QUERY
from tests import make
from tests.circle.role_matrix import OWN, TABLE, value_of, values_of
from tests.conftest import OurClient

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database("postgresql"),
    pytest.mark.any_day,
    pytest.mark.usefixtures("in_the_morning"),
]

MEGABYTE = 1_000_000
HOSTILE = {"nul": b"a\x00b", "surrogate": b"\xed\xa0\x80", "long": b"9", "huge": b"1e400"}
# A NUL is refused before anything reads it, and a page with a million characters takes its time.
SINGLY = {"surrogate", "huge"}
READS = re.compile(r'GET(?:\.get|\.getlist)?[\[(]"(\w+)"')
FIELD = re.compile(r'<(?:input|select|textarea|button)[^>]*?\sname="([^"]+)"')
OF_EVERY_PAGE = {"next", "page", "print"}
OF_A_LIST = {"q", "p", "o", "all"}  # Django takes any other name for a filter, and leads away without a look
# They end the session of who asks, or answer for allauth, which reads the session alone.
LEFT_OUT = {"account_logout", "admin:logout"}
ADMINS = {
    f"admin:{model._meta.label_lower.replace('.', '_')}_{page}": None
    for model in admin.site._registry  # noqa: SLF001
    for page in ("changelist", "add")
}


def address_of(name: str, rows: SimpleNamespace) -> str:
    line = TABLE.get(name)
    return reverse(name, args=values_of(rows, line.args) if line else ())


def sent(names: set[str], value: bytes, known: dict[str, str]) -> str:
    """The parameters as they stand in a query or a form, with one value for all that are not known."""
    if value == HOSTILE["long"]:
        value *= MEGABYTE // max(len(names), 1)
    pairs = {name: quote_from_bytes(value) for name in sorted(names)}
    pairs |= {name: quote_from_bytes(text.encode()) for name, text in known.items()}
    return "&".join(f"{name}={text}" for name, text in pairs.items())


def parameters_of(url: str) -> set[str]:
    """Which the view's module reads, and some that are read elsewhere."""
    view = inspect.unwrap(resolve(url).func)
    module = sys.modules[getattr(view, "__module__", "") or "tests"]
    return OF_EVERY_PAGE | set(READS.findall(inspect.getsource(module)))


def fields_of(page: str) -> set[str]:
    """Of the page's own forms: not the search above every page, buttons, and the pattern of a further row."""
    found = {name for name in FIELD.findall(page) if not name.startswith("_") and "__prefix__" not in name}
    return found - {"csrfmiddlewaretoken", "q"}


def answer(client: OurClient, url: str, body: str | None = None) -> tuple[int, str]:
    """The status, and the page; what was written is taken back."""
    with transaction.atomic():
        if body is None:
            response = client.get(url)
        else:
            response = client.post(url, body, content_type="application/x-www-form-urlencoded")
        text = "" if response.streaming else response.content.decode(errors="replace")
        transaction.set_rollback(True)
    return response.status_code, text


def faults(client: OurClient, name: str, rows: SimpleNamespace) -> Iterator[str]:
    """All parameters at once, and singly where that is refused; then the fields of the form alike."""
    url, line = address_of(name, rows), TABLE.get(name)
    known = {key: value_of(rows, value) for key, value in (line.query if line else {}).items()}
    query = f"{url}?{sent(set(), b'', known)}"
    plain, page = answer(client, query)
    takes_forms = answer(client, query, "")[0] != 405
    fields = fields_of(page) if takes_forms else set()
    parameters = parameters_of(url) if line else OF_A_LIST
    for kind, value in HOSTILE.items():

        def asked(names: set[str], value: bytes = value) -> int:
            return answer(client, f"{url}?{sent(names, value, known)}")[0]

        def posted(names: set[str], value: bytes = value) -> int:
            return answer(client, query, sent(names, value, {}))[0]

        yield from wrong(f"{kind} in the query", asked, parameters, singly=kind in SINGLY and plain < 400)
        if fields:
            yield from wrong(f"{kind} in the form", posted, fields, singly=kind in SINGLY)


def wrong(what: str, send: Callable[[set[str]], int], names: set[str], *, singly: bool) -> Iterator[str]:
    status = send(names)
    if status >= 500:
        yield f"{what}: {sorted(names)}"
    if singly and status >= 400:
        yield from (f"{what}: {each}" for each in sorted(names) if send({each}) >= 500)


@pytest.mark.parametrize("name", sorted((set(TABLE) | set(ADMINS)) - LEFT_OUT))
def test_no_input_is_a_fault_of_ours(matrix, name):
    viewer = "superuser" if name.startswith("admin:") else "resident"
    client = matrix.clients[viewer]
    client.raise_request_exception = False
    assert list(faults(client, name, matrix.rows[OWN])) == []


def test_a_query_without_end_is_refused_and_a_long_one_is_searched_for(director_client):
    url = "/admin/circle/resident/?q="
    answers = [
        director_client.get(url + "9" * length).status_code for length in (LONGEST_QUERY - 2, LONGEST_QUERY)
    ]
    assert answers == [200, 414]


@pytest.mark.parametrize("query", ["9" * MEGABYTE, "%00" + "9" * (LONGEST_QUERY - 10)])
def test_refusal_does_not_repeat_what_was_sent(client, query):
    """The page's own links carry the address: a megabyte for each of them took its time."""
    make.community()
    response = client.get(f"/en/help/?q={query}")
    assert response.status_code in (400, 414)
    assert "9" * 10 not in response.text
    assert 'href="/help/"' in response.text  # the other language of the page itself
