"""Lists that grow to a million rows are read by an index on both databases."""

import datetime as dt

import pytest
from django.db import connection

from circle.models import Message, Record

pytestmark = pytest.mark.django_db

SINCE = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def plan_of(rows) -> str:
    """On PostgreSQL as for a large table: it reads a small one from its beginning to its end."""
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: Record.objects.filter(community=1, at__gte=SINCE).order_by("-at")[:100], "record_by_day"),
        (lambda: Record.objects.filter(community=1, verb="x").order_by("-id")[:100], "record_by_verb"),
        (
            lambda: Message.objects.filter(community=1, status="dead").order_by("-id")[:100],
            "message_by_status",
        ),
    ],
)
def test_list_is_read_by_its_index(rows, index):
    assert index in plan_of(rows())
