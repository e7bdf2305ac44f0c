"""What somebody is entitled to: four questions, and terms by date."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from eldercare.actions.rights import entitlements
from eldercare.models import Right, RightTerms
from eldercare.models.rights import Facts
from tests import make, make_rights

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 24)
URL = "/en/eldercare/entitled/"
ORDINARY = {"age": "83", "means": "ordinary", "abilities": "able", "living": "family"}


def names_of(facts: Facts, day: dt.date = DAY) -> dict[str, bool]:
    found = entitlements(Right.objects.public(make.here()), facts, day)
    return {each.right.code: each.is_sure for each in found}


def test_rights_follow_age_answers_and_the_day():
    make_rights.right(code="old", from_age=80, below_age=90)
    poor = {"means": ["low", "destitute"], "abilities": ["most", "card"]}
    make_rights.right(code="poor", from_age=60, **poor)
    later = make_rights.right(code="later", valid_from=DAY, from_age=70)
    make_rights.right(code="off", from_age=0, is_active=False)
    make_rights.right(code="elsewhere", community=make.community(), from_age=0)
    known = frozenset({"low", "most", "alone"})
    assert names_of(Facts(80, known)) == {"old": True, "poor": True, "later": True}
    assert names_of(Facts(90, known)) == {"poor": True, "later": True}
    assert names_of(Facts(80, known), DAY - dt.timedelta(days=1)) == {"old": True, "poor": True}
    assert names_of(Facts(59, known)) == {}
    assert names_of(Facts(75, known - {"most"})) == {"later": True}
    unsaid = Facts(75, frozenset({"low"}), frozenset({"abilities"}))
    assert names_of(unsaid) == {"poor": False, "later": True}
    make_rights.terms(right=later, valid_from=DAY + dt.timedelta(days=1), from_age=85)
    assert "later" in names_of(Facts(75, known))
    assert "later" not in names_of(Facts(75, known), DAY + dt.timedelta(days=1))


def test_of_a_group_only_the_highest_is_granted_and_what_may_be_more_is_named():
    make_rights.right(code="all", group="meals", from_age=60, cents=200, per="day")
    make_rights.right(code="more", group="meals", from_age=60, cents=600, per="day", means=["low"])
    assert names_of(Facts(70, frozenset({"low"}))) == {"more": True}
    assert names_of(Facts(70, frozenset({"ordinary"}))) == {"all": True}
    assert names_of(Facts(70, frozenset(), frozenset({"means"}))) == {"all": True, "more": False}


def test_page_answers_without_sign_in_and_keeps_nothing():
    item = make.item()
    make_rights.right(item=item, name_en="Allowance of the test", community=item.community, cents=18_050)
    browser = Client()
    asked = browser.get(URL)
    assert asked.status_code == 200
    assert "kept nowhere" in asked.text
    before = dict(browser.cookies)
    answered = browser.post(URL, ORDINARY)
    assert answered.status_code == 200
    assert "no-store" in answered["Cache-Control"]
    for text in ("Allowance of the test", "180.50 yuan a month", "unverified", item.get_absolute_url()):
        assert text in answered.text
    assert set(browser.cookies) == set(before)
    assert "高龄津贴" in browser.post("/eldercare/entitled/", ORDINARY).text
    young = browser.post(URL, ORDINARY | {"age": "40"})
    assert "Nothing in our list" in young.text


def test_page_refuses_bad_answers_and_keeps_what_was_typed(client):
    ages = [{"age": age} for age in ("", "-1", "131", "83.5", "9" * 5000)]
    for wrong in (*ages, {"means": "rich"}, {"abilities": "1"}, {"living": ""}):
        answer = client.post(URL, ORDINARY | wrong)
        assert answer.status_code == 422, wrong
        assert "There is a problem" in answer.text
        assert answer.text.count(" checked") >= 2  # what was answered well stays


def test_terms_refuse_answers_that_nobody_is_asked():
    terms = RightTerms(means=["rich"])
    with pytest.raises(ValidationError) as refusal:
        terms.clean()
    assert refusal.value.error_dict["means"][0].code == "choice_unknown"


def test_page_asks_as_many_queries_for_many_rights(client, django_assert_max_num_queries):
    for _number in range(12):
        make_rights.right(item=make.item())
    with django_assert_max_num_queries(6):
        client.post(URL, ORDINARY)
