"""Audit labels, message events and permissions of the posts: the whole tables, row by row.

data/joined_tables.json says what they hold; a row that is added, changed or dropped is edited there as well.
"""

import json
from pathlib import Path

import pytest
from django.utils.translation import override

from circle.audit.action_labels import action_labels
from circle.models.roles import role_permissions
from circle.notifications import message_events

WRITTEN = json.loads((Path(__file__).parent / "data/joined_tables.json").read_text("utf-8"))


def joined_tables() -> dict:
    """As the file has them: labels in English, variables in the order in which vendors are sent them."""
    return {
        "audit_labels": {verb: str(label) for verb, label in action_labels().items()},
        "message_events": {
            name: [str(event.label), event.variables, event.is_urgent, event.has_secret]
            for name, event in message_events().items()
        },
        "permissions": {str(role): sorted(granted) for role, granted in role_permissions().items()},
    }


@pytest.mark.parametrize("table", WRITTEN)
def test_table_holds_the_rows_that_are_written_down(table):
    with override("en"):
        assert joined_tables()[table] == WRITTEN[table]


def test_variables_of_each_event_come_in_their_order():
    written = {name: list(event[1]) for name, event in WRITTEN["message_events"].items()}
    assert {name: list(event.variables) for name, event in message_events().items()} == written
