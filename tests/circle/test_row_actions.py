"""What the page of a row action promises, shown on notices."""

import re

import pytest
from django.urls import reverse

from circle.models import Notice
from tests import make

pytestmark = pytest.mark.django_db


def url_of(notice: Notice, name: str) -> str:
    return reverse("admin:circle_notice_do", args=[notice.pk, name])


@pytest.fixture
def director(client):
    community = make.here()
    client.force_login(make.post(community=community, role="director").user)
    return community


def test_question_changes_nothing_and_an_unknown_action_is_not_found(client, director):
    notice = make.notice(community=director)
    assert client.get(url_of(notice, "withdraw")).status_code == 200
    assert client.get(url_of(notice, "burn")).status_code == 404
    notice.refresh_from_db()
    assert notice.status == "published"


def test_refusal_says_its_code_and_leaves_what_was_typed(client, director):
    notice = make.notice(community=director)
    typed = "长" * 2000
    answer = client.post(url_of(notice, "withdraw"), {"reason": typed})
    notice.refresh_from_db()
    assert (answer.status_code, notice.status) == (422, "published")
    assert re.findall(r'data-code="(\w+)"', answer.text) != []
    assert typed in answer.text


def test_action_done_twice_is_harmless(client, director):
    notice = make.notice(community=director)
    answers = [client.post(url_of(notice, "pin")) for _ in range(2)]
    notice.refresh_from_db()
    assert ([answer.status_code for answer in answers], notice.is_pinned) == ([302, 302], True)


def test_nobody_acts_without_the_permission(client):
    community = make.here()
    notice = make.notice(community=community)
    client.force_login(make.post(community=community, role="supervisor").user)
    assert client.post(url_of(notice, "pin")).status_code == 404  # not among their rows
    notice.refresh_from_db()
    assert not notice.is_pinned


def test_action_that_is_not_available_is_refused_by_the_action(client, director):
    notice = make.notice(community=director, status="draft")
    answer = client.post(url_of(notice, "withdraw"), {"reason": "写错了"})
    notice.refresh_from_db()
    assert (answer.status_code, notice.status) == (422, "draft")
    assert re.findall(r'data-code="(\w+)"', answer.text) == ["not_possible"]
    assert "写错了" in answer.text
