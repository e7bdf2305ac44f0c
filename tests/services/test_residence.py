"""By residence: who is served here, and where the others go."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services.models import ResidenceRule
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

TODAY = make.MORNING.date()
WHERE = {"answer": "elsewhere", "where_zh": "户籍地的服务中心", "where_en": "your home centre"}


def test_no_without_a_place_is_refused_by_the_database_and_by_the_form():
    item = make.item()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.residence_rule(item=item, answer="elsewhere")
    with pytest.raises(ValidationError):
        ResidenceRule(item=item, status="local", valid_from=TODAY, answer="elsewhere").validate_constraints()


def test_one_answer_for_each_status_and_day():
    rule = make.residence_rule()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.residence_rule(item=rule.item, status=rule.status)


def test_latest_answer_that_has_begun_counts():
    item = make.item()
    make.residence_rule(item=item, status="permit", **WHERE)
    now = make.residence_rule(item=item, status="permit", valid_from=TODAY)
    make.residence_rule(item=item, status="permit", valid_from=TODAY + dt.timedelta(days=1), **WHERE)
    assert list(item.residence_rules.in_force(TODAY)) == [now]
    assert not item.residence_rules.in_force(TODAY - dt.timedelta(days=1)).done_here()


def test_page_says_it_first_with_the_place_and_the_badge(client):
    item = make.item(summary_zh="一句话")
    make.residence_rule(item=item, status="living", **WHERE)
    make.residence_rule(item=item, status="local", is_verified=True)
    make.rule(f"ages-{item.code.lower()}", params={"from": 80})
    page = client.get(f"/services/{item.code}/").text
    first = page[page.index("<h1>") : page.index("一句话</p>")]
    assert first.index("本地户籍") < first.index("户籍地的服务中心")
    assert "80" in first
    assert first.count("待核") == 3  # the item, its ages, and the answer that nobody verified
    assert "your home centre" in client.get(f"/en/services/{item.code}/").text


@pytest.mark.parametrize(
    ("residence", "found"), [("local", True), ("permit", True), ("living", False), ("overseas", False)]
)
def test_list_is_narrowed_to_what_is_done_here_for_them(client, residence, found):
    item = make.item()
    make.residence_rule(item=item, status="local")
    make.residence_rule(item=item, status="permit", answer="from_here")
    make.residence_rule(item=item, status="living", **WHERE)
    page = client.get("/services/", {"residence": residence}).text
    assert (item.name_zh in page) is found


def test_status_that_does_not_exist_is_said_and_narrows_nothing(client):
    item = make.item()
    assert item.name_zh in client.get("/services/", {"residence": "martian"}).text


def test_page_takes_the_same_queries_for_one_answer_and_many(client, queries_of):
    item = make.item()
    make.residence_rule(item=item)
    few = queries_of(f"/services/{item.code}/")
    for days in range(1, 9):
        make.residence_rule(item=item, valid_from=TODAY - dt.timedelta(days=days))
    assert queries_of(f"/services/{item.code}/") == few <= 12
