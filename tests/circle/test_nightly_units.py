"""The nightly units: what they run exists, and a failure is told at once."""

import re

import pytest
from django.core.management import CommandError, call_command, get_commands

from tests import make
from tests.test_settings import ROOT

UNITS = sorted((ROOT / "deploy").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_unit_runs_commands_that_exist(unit):
    text = unit.read_text(encoding="utf-8")
    named = re.findall(r"manage\.py (\w+)", text)
    assert set(named) <= set(get_commands())
    assert named or "gunicorn" in text
    assert ("OnFailure=circle-failed@%n.service" in text) is (unit.stem in ("circle-backup", "circle-check"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_timer_belongs_to_each_nightly_unit(unit):
    text = unit.read_text(encoding="utf-8")
    is_timed = "Type=oneshot" in text and "@" not in unit.name
    assert unit.with_suffix(".timer").exists() is is_timed


@pytest.mark.django_db
def test_directors_and_operator_are_told_of_a_failure(settings, mailoutbox):
    settings.OPERATOR_EMAIL = ["ops@example.org"]
    director = make.director()
    make.post(user=make.user(email="chief@example.org"), role="director")
    make.post(user=make.user(email="clerk@example.org"), role="hall_clerk")
    make.post(user=make.user(email="gone@example.org", is_active=False), role="director")
    call_command("report_failure", "circle-backup.service")
    [mail] = mailoutbox
    assert (
        {"ops@example.org", "chief@example.org"}
        <= set(mail.to)
        <= {
            "ops@example.org",
            "chief@example.org",
            director.email,
        }
    )
    assert "circle-backup.service" in mail.subject


@pytest.mark.django_db
def test_nobody_to_tell_is_a_fault():
    with pytest.raises(CommandError, match="Nobody to tell"):
        call_command("report_failure", "circle-check.service")
