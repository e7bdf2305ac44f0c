"""Every address × every role × own, other household's and other community's rows. The table: role_matrix.py.

The admin's own pages are decided by has_*_permission, asked for each model and role, and by samples: asking
each of them of every role over HTTP takes minutes.
"""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from circle import urls as addresses
from circle.backoffice.site import CommunityAdmin
from circle.models import User
from circle.models.roles import Role, role_permissions
from tests.circle.matrix_world import World
from tests.circle.role_matrix import (
    ADMIN_PAGES,
    CHANGES,
    COMMUNITY,
    HOUSEHOLD,
    OWN,
    SIGN_IN,
    STAFF_DOOR,
    TABLE,
    Answer,
    Line,
    value_of,
    values_of,
)
from tests.conftest import OurClient

pytestmark = [
    pytest.mark.django_db,
    # What a role may do is decided in Python alike: once is enough.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the matrix runs on SQLite"),
    pytest.mark.usefixtures("in_the_morning"),
]
MODEL_ADMINS = {
    model._meta.label_lower: each
    for model, each in admin.site._registry.items()  # noqa: SLF001
}
DOORS = {"/sign-in/": SIGN_IN, "/sign-in/staff/": STAFF_DOOR, "/admin/login/": STAFF_DOOR}


@pytest.fixture(autouse=True)
def media(media_root: Path) -> Path:
    """The files of the matrix were made before the first test."""
    return media_root


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseForbidden()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseNotFound()


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the status is asked, of thousands of refusals: their page need not be drawn each time."""
    monkeypatch.setattr(addresses, "handler403", forbidden)
    monkeypatch.setattr(addresses, "handler404", not_found)


def names(resolver: Any, prefix: str = "") -> Iterator[str]:
    """Of every address; one without a name by its pattern."""
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from names(each, f"{prefix}{each.namespace}:" if each.namespace else prefix)
        else:
            yield prefix + (each.name or str(each.pattern))


def of_django() -> set[str]:
    """The pages that each ModelAdmin brings along, and what has no name."""
    labels = [label.replace(".", "_") for label in MODEL_ADMINS]
    unnamed = {"admin:<path:object_id>/", "admin:(?P<url>.*)$", "^media/(?P<path>.*)$"}
    return {f"admin:{label}_{page}" for label in labels for page in ADMIN_PAGES} | unnamed


def answer_to(client: OurClient, name: str, line: Line, rows: SimpleNamespace) -> Answer:
    url, cookies = reverse(name, args=values_of(rows, line.args)), copy(client.cookies)
    query = {key: value_of(rows, value) for key, value in line.query.items()}
    if query:
        url += f"?{urlencode(query)}"
    with transaction.atomic():
        sent = {key: value_of(rows, value) for key, value in (line.post or {}).items()}
        response = client.get(url) if line.post is None else client.post(url, sent)
        answer = answer_of(response)
        transaction.set_rollback(True)
    client.cookies = cookies  # as taken back as the rows: signing out has taken the session away
    return answer


def answer_of(response: HttpResponse) -> Answer:
    return DOORS.get(response.get("Location", "").partition("?")[0], response.status_code)


def test_every_address_has_its_line():
    missing = sorted(set(names(get_resolver())) - of_django() - set(TABLE))
    assert missing == [], (
        f"No line in TABLE of tests/circle/role_matrix.py for {missing}: add for each one who may open it "
        "(everybody, signed_in, personal, office) and which row of matrix_world.py its address names."
    )


def test_no_line_outlives_its_address():
    assert sorted(set(TABLE) - set(names(get_resolver()))) == []


def test_refusal_is_drawn_for_each_role(matrix):
    for viewer, client in matrix.clients.items():
        response = client.get("/nowhere/")
        assert (response.status_code, "</html>" in response.text) == (404, True), viewer


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("name", TABLE)
def test_address_answers_each_role_as_its_line_says(matrix, name):
    line, wrong, answers = TABLE[name], [], set()
    for viewer in line.viewers or matrix.viewers:
        user = matrix.viewers[viewer]
        for whose in line.whose:
            given = answer_to(matrix.clients[viewer], name, line, matrix.rows[whose])
            expected = line.expect(viewer, user, whose)
            answers.add(given)
            if given != expected:
                wrong.append(f"{viewer}, {whose}: {given} instead of {expected}")
    assert not wrong, "\n".join(wrong)
    assert line.works in answers, "nobody may open it: a line that only refuses proves nothing"


# Writing ----------------------------------------------------------------------------------------------------

# A visit writes them; what an action changes lies in other tables.
OF_ANY_VISIT = {"django_session", "circle_record", "circle_cache"}
WRITTEN = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')


def tables_written(client: OurClient, name: str, rows: SimpleNamespace) -> set[str]:
    """By a POST to this address, which is taken back."""
    line, found = TABLE[name], set()

    def see(execute: Any, sql: str, *rest: Any) -> Any:
        found.update(WRITTEN.findall(sql)[:1])
        return execute(sql, *rest)

    sent = CHANGES.get(name, line.post)
    with connection.execute_wrapper(see):
        answer_to(client, name, replace(line, post=sent or {}), rows)
    return found - OF_ANY_VISIT


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("name", [name for name in TABLE if name in CHANGES or TABLE[name].whose != (OWN,)])
def test_right_to_look_changes_nothing(matrix, name):
    """Somebody who may view every model posts to each address that names a row."""
    for whose in (OWN, HOUSEHOLD, COMMUNITY):
        assert tables_written(matrix.looker, name, matrix.rows[whose]) == set(), whose


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_posted_does_change_something(matrix, name):
    """Else the test above would prove nothing."""
    poster = "relative" if name == "mandate_confirm" else "resident"
    assert tables_written(matrix.clients[poster], name, matrix.rows[OWN])


# The admin's own pages --------------------------------------------------------------------------------------


def request_of(user: User) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def may(model_admin: Any, request: Any, action: str, row: Any = None) -> bool:
    ask = getattr(model_admin, f"has_{action}_permission")
    return ask(request) if action == "add" else ask(request, row)


@pytest.mark.parametrize("role", Role)
def test_admin_page_opens_to_a_role_only_by_its_permission(matrix, role):
    """A page may be closed to all (read-only rows), never open to a role without the permission."""
    request, opened = request_of(matrix.viewers[role]), set()
    for label, model_admin in MODEL_ADMINS.items():
        app, _, model = label.partition(".")
        for action in ("view", "add", "change", "delete"):
            named = [f"{app}.{action}_{model}"] + [f"{app}.change_{model}"] * (action == "view")
            if may(model_admin, request, action):
                opened.add(f"{app}.{action}_{model}")
                assert set(named) & role_permissions()[role], f"{label}: {action}"
    looks = {
        name
        for name in role_permissions()[role]
        if ".view_" in name and name.replace(".view_", ".") in MODEL_ADMINS
    }
    assert looks - opened == set()


@pytest.mark.parametrize("role", Role)
def test_admin_list_of_a_role_ends_at_its_community(matrix, role):
    """Rows of the other community are there, and the owner sees them."""
    here = matrix.rows["own"].community
    request, owner = request_of(matrix.viewers[role]), request_of(matrix.viewers["superuser"])
    for label, model_admin in MODEL_ADMINS.items():
        if not isinstance(model_admin, CommunityAdmin) or not may(model_admin, request, "view"):
            continue
        seen = {model_admin.community_of(row) for row in model_admin.get_queryset(request)}
        every = list(model_admin.get_queryset(owner))
        others = [row for row in every if model_admin.community_of(row) != here.pk]
        assert seen <= {here.pk}, label
        assert others, f"{label}: matrix_world.py has no row of another community"
        assert not any(may(model_admin, request, verb, others[0]) for verb in ("view", "change", "delete")), (
            label
        )


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("label", MODEL_ADMINS)
def test_sample_of_admin_pages_answers_by_the_permission(matrix, label):
    """The list and one row, of somebody who may, somebody who may not, and the doors of the others."""
    model_admin = MODEL_ADMINS[label]
    name = label.replace(".", "_")
    row = model_admin.get_queryset(request_of(matrix.viewers["superuser"])).first()
    urls = [f"admin:{name}_changelist", *([f"admin:{name}_change"] * (row is not None))]
    for viewer in sampled(matrix, model_admin):
        user = matrix.viewers[viewer]
        for url in urls:
            line = Line(lambda *_: 200, args=(str(row.pk),) if url.endswith("_change") else ())
            given = answer_to(matrix.clients[viewer], url, line, matrix.rows["own"])
            if user is None or not user.is_staff:
                assert given == STAFF_DOOR, f"{viewer}: {url}"
            elif not may(model_admin, request_of(user), "view"):
                assert given == 403, f"{viewer}: {url}"
            elif url.endswith("_changelist") or row in model_admin.get_queryset(request_of(user)):
                assert given == 200, f"{viewer}: {url}"
            else:
                assert given == 302, f"{viewer}: {url}"  # Django's "does not exist" leads to the index


def sampled(matrix: World, model_admin: Any) -> list[str]:
    asked = {role: may(model_admin, request_of(matrix.viewers[role]), "view") for role in Role}
    found = [
        next((role for role in Role if asked[role] is whether), "superuser") for whether in (True, False)
    ]
    return ["anonymous", "resident", "superuser", *found]


def test_outsiders_find_no_admin_page_open(matrix):
    for label, model_admin in MODEL_ADMINS.items():
        for user in (AnonymousUser(), matrix.viewers["resident"], matrix.viewers["relative"]):
            assert not any(
                may(model_admin, request_of(user), action) for action in ("view", "add", "change")
            ), label
