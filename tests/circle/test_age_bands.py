"""For which ages a matter is meant."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from circle.permissions.age_bands import age_bands, band_on, choices_of, only_choice, refuse_unsuited
from tests import make

pytestmark = pytest.mark.django_db

TODAY = make.MORNING.date()


def aged(years: int, **values):
    return make.resident(born_on=TODAY.replace(year=TODAY.year - years), **values)


def ages(code: str = "bath", **params):
    return make.rule(
        f"ages-{code}", params={"from" if name == "first" else name: n for name, n in params.items()}
    )


@pytest.mark.parametrize(
    ("params", "years", "suits"),
    [
        ({"first": 60}, 59, False),
        ({"first": 60}, 60, True),
        ({"until": 17}, 17, True),
        ({"until": 17}, 18, False),
        ({"first": 6, "until": 13}, 5, False),
        ({"first": 6, "until": 13}, 13, True),
        ({"first": 6, "until": 13}, 14, False),
        ({}, 2, True),
    ],
)
def test_band_suits_its_ages_and_no_other(params, years, suits):
    ages(**params)
    assert band_on(age_bands("bath"), TODAY).suits(aged(years), TODAY) is suits


def test_day_before_the_birthday_is_too_early():
    ages(first=60)
    person = make.resident(born_on=TODAY.replace(year=TODAY.year - 60) + dt.timedelta(days=1))
    assert not band_on(age_bands("bath"), TODAY).suits(person, TODAY)


def test_without_a_rule_everybody_may():
    assert band_on(age_bands("bath"), TODAY) is None
    assert refuse_unsuited(age_bands("bath"), aged(2), via="online", at=make.MORNING) == ""


def test_rule_of_later_days_does_not_count_yet():
    ages(first=60)
    make.rule("ages-bath", valid_from=TODAY + dt.timedelta(days=1), params={"from": 55})
    assert band_on(age_bands("bath"), TODAY).first == 60


def test_unknown_birthday_suits_but_who_has_a_login_is_of_age():
    ages(until=17)
    band = band_on(age_bands("bath"), TODAY)
    assert band.suits(make.resident(), TODAY)
    assert not band.suits(make.own_resident(), TODAY)


@pytest.mark.parametrize(("via", "reason"), [("online", "让我来"), ("phone", ""), ("phone", " \x00 ")])
def test_wrong_age_is_refused_and_the_sentence_names_the_ages(via, reason):
    ages(first=60)
    with pytest.raises(ValidationError, match="60") as refusal:
        refuse_unsuited(age_bands("bath"), aged(2), via=via, at=make.MORNING, reason=reason)
    assert refusal.value.code == "not_for_age"


def test_staff_make_an_exception_with_a_reason_of_reasonable_length():
    ages(first=60)
    given = {"via": "phone", "at": make.MORNING}
    assert (
        refuse_unsuited(age_bands("bath"), aged(50), reason=" 重残，\n医生证明 ", **given)
        == "重残， 医生证明"
    )
    with pytest.raises(ValidationError) as refusal:
        refuse_unsuited(age_bands("bath"), aged(50), reason="x" * 121, **given)
    assert refusal.value.code == "reason_too_long"


def test_oneself_stands_first_and_whom_it_does_not_suit_last():
    ages(until=17)
    mother = make.own_resident(name="丁", born_on=dt.date(1993, 3, 9))
    child = aged(2, name="丙")
    make.guardianship(child=child, adult=mother)
    friend = aged(10, name="乙")
    choices = choices_of([child, mother, friend], mother.login, age_bands("bath"), TODAY)
    assert [each.person for each in choices] == [friend, child, mother] or [
        each.person for each in choices
    ] == [child, friend, mother]
    assert [bool(each.obstacle) for each in choices] == [False, False, True]
    assert [each.person for each in choices if each.is_child] == [child]
    choices = choices_of([child, mother, friend], mother.login, [], TODAY)
    assert choices[0].person == mother


def test_who_alone_is_suited_is_not_asked_about():
    ages(first=60)
    young, old = (
        make.own_resident(born_on=dt.date(2000, 1, 1)),
        make.own_resident(born_on=dt.date(1950, 1, 1)),
    )
    assert only_choice(choices_of([old], old.login, age_bands("bath"), TODAY)) == old
    assert only_choice(choices_of([young], young.login, age_bands("bath"), TODAY)) is None
    assert only_choice(choices_of([old, young], old.login, age_bands("bath"), TODAY)) == old
    assert only_choice(choices_of([old, young], old.login, [], TODAY)) is None
