"""Every deed that the code records has words."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import override

from circle.audit.action_labels import action_label, action_labels, status_label
from circle.audit.log import record
from circle.models import Record
from services.models import Booking
from tests import make

ROOT = Path(__file__).resolve().parents[2]
APPS = ["circle", "services", "eldercare", "childcare", "council"]
# Functions that pass a verb on to `record`.
KEEPERS = {
    "record_consent",
    "record_post_change",
    "record_notice",
    "record_teacher_change",
    "record_item_change",
    "close_erasure",
    "close_residence",
}


def recorded(app: str) -> set[str]:
    """The verbs that stand in the code as they are, after `verb=` or among what such a function is given."""
    found = set()
    for file in (ROOT / app).rglob("*.py"):
        text = file.read_text()
        if "verb" not in text:
            continue
        calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
        for call in calls:
            found |= {word.value.value for word in call.keywords if word.arg == "verb" and plain(word.value)}
            if getattr(call.func, "id", "") in KEEPERS:
                found |= {word.value for word in call.args if plain(word) and "_" in word.value}
    return found


def plain(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_each_recorded_verb_has_words():
    found = set().union(*map(recorded, APPS))
    assert len(found) > 80
    assert sorted(found - set(action_labels())) == []


@pytest.mark.parametrize("app", APPS)
def test_app_has_the_words_of_what_it_records(app):
    hooks = apps.get_app_config(app).hooks
    assert sorted(recorded(app) - set(import_string(hooks["audit_labels"])())) == []


@pytest.mark.parametrize("status", [status for status in Booking.Status if status != "booked"])
def test_each_step_of_a_booking_has_words(status):
    assert f"booking_{status}" in action_labels()


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("booking_made", "预约成功"),
        ("booking_made_refused", "被拒绝：预约成功"),
        ("something_else", "something_else"),
    ],
)
def test_deed_is_said_in_words(verb, words):
    with override("zh-hans"):
        assert action_label(verb) == words


# Statuses, the columns "from" and "to" ----------------------------------------------------------------------


def models_with_status() -> list[type[models.Model]]:
    ours = [model for model in apps.get_models() if model._meta.app_label in APPS]
    return [model for model in ours if any(f.name == "status" and f.choices for f in model._meta.fields)]


@pytest.mark.parametrize("model", models_with_status(), ids=lambda model: model._meta.label_lower)
def test_each_status_is_said_in_chinese(model):
    with override("zh-hans"):
        codes = [code for code, _label in model.status.field.choices]
        labels = {code: status_label(model._meta.label_lower, code) for code in codes}
    assert [
        code for code, label in labels.items() if not any("\u4e00" <= sign <= "\u9fff" for sign in label)
    ] == []


@pytest.mark.parametrize(
    ("subject_type", "status", "label"),
    [
        ("services.booking", "no_show", "没来"),
        ("council.resolution", "adopted", "通过"),  # its column is not called status
        ("services.booking", "no_such_status", "no_such_status"),
        ("services.booking", "", ""),
        ("circle.community", "open", "open"),  # a model without choices of that name
    ],
)
def test_status_label_of_a_row(subject_type, status, label):
    with override("zh-hans"):
        assert status_label(subject_type, status) == label


@pytest.mark.django_db
def test_audit_list_and_record_say_statuses_in_chinese(client):
    booking = make.booking()
    record(
        verb="booking_no_show",
        subject=booking,
        community=booking.community,
        at=make.MORNING,
        before="booked",
        after="no_show",
    )
    client.force_login(make.director())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    row = Record.objects.get(verb="booking_no_show")
    listed = client.get(reverse("admin:circle_record_changelist"), {"verb": row.verb}).text
    opened = client.get(reverse("admin:circle_record_change", args=[row.pk])).text
    assert re.findall(r'class="field-(?:before|after)">([^<]*)<', listed) == ["已预约", "没来"]
    assert re.findall(r'class="readonly">([^<]*)<', opened)[5:7] == ["已预约", "没来"]
