import datetime as dt
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from circle.audit.purge import RETENTION
from circle.calendar.legal_parameters import rule_in_force, rule_value
from circle.models import Rule
from tests import make

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 24)
ONE_DAY = dt.timedelta(days=1)


def refusal_of(*arguments, **more) -> str:
    with pytest.raises(ValidationError) as refusal:
        rule_value(*arguments, **more)
    assert refusal.value.messages  # its words are complete
    return refusal.value.code


def test_rule_in_force_is_the_latest_that_is_not_younger():
    for year, days in ((2017, 183), (2020, 200), (2027, 365)):
        make.rule("retention", valid_from=dt.date(year, 6, 1), params={"days": days})
    on = {
        dt.date(2017, 6, 1): 183,
        dt.date(2020, 5, 31): 183,
        dt.date(2020, 6, 1): 200,
        DAY: 200,
        dt.date(2027, 5, 31): 200,
        dt.date(2030, 1, 1): 365,
    }
    assert {day: rule_value("retention", "days", on=day) for day in on} == on
    assert rule_in_force("retention", on=DAY).valid_from == dt.date(2020, 6, 1)


def test_rules_of_other_kinds_do_not_count():
    make.rule("price", valid_from=DAY, params={"days": 1})
    make.rule("retention", valid_from=DAY - ONE_DAY, params={"days": 2})
    assert rule_value("retention", "days", on=DAY) == 2


def test_value_before_the_first_rule_is_refused():
    make.rule("retention", valid_from=DAY)
    assert rule_value("retention", "days", on=DAY) == 183
    assert refusal_of("retention", "days", on=DAY - ONE_DAY) == "rule_missing"
    assert refusal_of("no such rule", "days", on=DAY) == "rule_missing"


def test_value_that_the_row_lacks_is_refused_and_not_taken_from_an_older_one():
    make.rule("retention", valid_from=DAY - ONE_DAY, params={"days": 183})
    make.rule("retention", valid_from=DAY, params={"months": 6})
    assert refusal_of("retention", "days", on=DAY) == "rule_missing"


@pytest.mark.parametrize("stored", [0, False, "", None, [], {"a": [1, 2]}, 1.5, "文"])
def test_value_comes_back_as_it_was_stored(stored):
    make.rule("anything", params={"value": stored})
    assert rule_value("anything", "value", on=DAY) == stored


def test_a_rule_begins_once_on_a_day():
    make.rule("retention", valid_from=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.rule("retention", valid_from=DAY)


def test_seed_knows_every_rule_that_code_asks_for():
    call_command("seed_rules", stdout=StringIO())
    assert rule_value(RETENTION, "days", on=DAY) >= 183
    assert all(row.source_zh for row in Rule.objects.all())
    for row in Rule.objects.all():
        row.clean_fields()  # SQLite stores a text of any length


def test_seed_twice_adds_nothing_and_keeps_what_staff_changed():
    call_command("seed_rules", stdout=StringIO())
    Rule.objects.filter(kind=RETENTION).update(params={"days": 365}, is_verified=True)
    before = list(Rule.objects.values())
    call_command("seed_rules", stdout=StringIO())
    assert list(Rule.objects.values()) == before
