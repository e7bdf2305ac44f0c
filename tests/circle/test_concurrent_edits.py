"""Two people with the form of one row open: the later one is told what the other saved."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from circle.backoffice.concurrent_edits import SEEN
from services.models import Category
from tests import make
from tests.conftest import OurClient

NAMES = [f"同时编辑{number}" for number in range(8)]


def category() -> Category:
    return Category.objects.create(slug="edited", **make.names("原名", "Name"), order=1)


def seat() -> OurClient:
    client = OurClient()
    client.force_login(make.director())
    return client


def address(row: Category) -> str:
    return reverse("admin:services_category_change", args=[row.pk])


def opened(client: OurClient, row: Category) -> dict[str, object]:
    """What the form would send back unchanged."""
    page = client.get(address(row))
    form = page.context["adminform"].form
    return {name: form.initial[name] for name in form.fields} | {SEEN: page.context["last_change"]}


def refusals(page) -> list[str]:
    return [error.code for error in page.context["adminform"].form.non_field_errors().as_data()]


@pytest.mark.django_db
def test_who_saves_later_is_told_keeps_what_was_typed_and_may_save_again():
    row, first, second = category(), seat(), seat()
    sent = [opened(client, row) for client in (first, second)]
    assert first.post(address(row), sent[0] | {"name_zh": "先保存的"}).status_code == 302
    late = second.post(address(row), sent[1] | {"name_zh": "后保存的"})
    assert refusals(late) == ["changed_meanwhile"]
    assert str(LogEntry.objects.get().user) in late.text
    assert 'value="后保存的"' in late.text
    row.refresh_from_db()
    assert row.name_zh == "先保存的"
    again = sent[1] | {"name_zh": "后保存的", SEEN: late.context["last_change"]}
    assert second.post(address(row), again).status_code == 302
    row.refresh_from_db()
    assert row.name_zh == "后保存的"


@pytest.mark.django_db
def test_own_second_save_and_another_row_are_no_conflict():
    row, other, client = (
        category(),
        Category.objects.create(slug="other", **make.names("别的", "Other")),
        seat(),
    )
    for name in NAMES[:2]:
        assert client.post(address(row), opened(client, row) | {"name_zh": name}).status_code == 302
    assert client.post(address(other), opened(client, other) | {"name_zh": "改名"}).status_code == 302


def save_at_once(at_once, *, is_checked: bool) -> list[int]:
    """The status of each of eight saves of one row, which all have opened before."""
    row, seats = category(), [seat() for _ in NAMES]
    sent = opened(seats[0], row)
    if not is_checked:
        del sent[SEEN]
    saves = [
        lambda client=client, name=name: client.post(address(row), sent | {"name_zh": name}).status_code
        for client, name in zip(seats, NAMES, strict=True)
    ]
    answers: list[int] = at_once(*saves)
    return answers


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_save_at_once_one_wins_and_the_others_are_told(at_once):
    answers = save_at_once(at_once, is_checked=True)
    assert sorted(answers) == [200] * 7 + [302]
    assert LogEntry.objects.count() == 1


@pytest.mark.race
@pytest.mark.planted
@pytest.mark.django_db(transaction=True)
def test_without_the_check_all_of_them_save(at_once):
    """The negative control."""
    assert save_at_once(at_once, is_checked=False) == [302] * 8
