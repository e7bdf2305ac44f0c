"""The rules of the hall are refused when they are saved, not when somebody books."""

import pytest
import time_machine
from django.urls import reverse

from circle.admin.rules import RuleForm
from circle.models import Rule
from services import actions
from tests import make
from tests.html_forms import sent_by

pytestmark = pytest.mark.django_db
AT = make.MORNING

NO_SHOWS, PER_DAY = "hall_no_shows", "hall_bookings_per_day"
WRONG = [
    (NO_SHOWS, '{"days": 90}'),
    (NO_SHOWS, '{"most": 3}'),
    (NO_SHOWS, '{"most": "three", "days": 90}'),
    (NO_SHOWS, '{"most": -1, "days": 90}'),
    (NO_SHOWS, '{"most": true, "days": 90}'),
    (NO_SHOWS, '{"most": 3, "days": 367}'),
    (NO_SHOWS, "[3, 90]"),
    (PER_DAY, '{"least": 2}'),
    (PER_DAY, '{"most": 0}'),
    (PER_DAY, '{"most": 1.5}'),
]
RIGHT = [
    (NO_SHOWS, '{"most": 0, "days": 1}'),
    (NO_SHOWS, '{"most": 99, "days": 366}'),
    (PER_DAY, '{"most": 1}'),
    ("retention_register", '{"days": 183}'),
]


def form_of(kind: str, params: str) -> RuleForm:
    said = {"kind": kind, "params": params, "valid_from": "2026-01-01", "source_zh": "示例"}
    return RuleForm(said)


def test_rule_that_cannot_be_read_is_refused():
    refused = [form_of(kind, params).has_error("params", code="rule_wrong") for kind, params in WRONG + RIGHT]
    assert refused == [True] * len(WRONG) + [False] * len(RIGHT)
    assert all(form_of(kind, params).is_valid() for kind, params in RIGHT)


def test_back_office_says_which_value_is_wrong(client):
    client.force_login(make.director())
    url = reverse("admin:circle_rule_add")
    sent = sent_by(client.get(url), "rule_form") | {"kind": [NO_SHOWS], "params": ['{"days": 90}']}
    page = client.post(url, sent | {"valid_from": ["2026-01-01"], "source_zh": ["示例"]})
    assert "“most”" in str(page.context["adminform"].form.errors["params"])
    assert not Rule.objects.exists()


@pytest.mark.parametrize("params", [{}, {"most": "three", "days": 90}, {"most": None}, [3]])
def test_row_from_elsewhere_that_cannot_be_read_limits_nobody(params):
    for kind in (NO_SHOWS, PER_DAY):
        make.rule(kind, params=params)
    anna = make.own_resident()
    with time_machine.travel(AT, tick=False):
        earlier = make.slot(starts_at=AT)
        booked = make.booking(resident=anna, slot=earlier, at=make.moment(0, 0), via="phone", by=make.clerk())
        actions.record_no_show(booking=booked, at=AT, by=make.clerk())
        assert make.booking(resident=anna, slot=make.slot(starts_at=make.moment(1, 9)))
        assert make.booking(resident=anna, slot=make.slot(starts_at=make.moment(1, 15)))
