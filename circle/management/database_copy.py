"""Copies every row of one database into another, as Python sees it, on either engine.

`dumpdata` and `loaddata` would not do: JSON cuts a moment to milliseconds, and the chain of the audit
log holds all six digits.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction

from circle.audit import append_only
from circle.web import town_stamp

AT_ONCE = 500
# What `migrate` itself writes into a new database.
FIRST_ROWS = {"auth.permission", "contenttypes.contenttype", "circle.keycanary", "circle.lasttick"}


@dataclass(frozen=True)
class Content:
    """How many rows a table has, and a hash of all of them in the order of their keys."""

    rows: int
    digest: str


def all_models() -> list[type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def rows_of(model: type[models.Model], alias: str) -> Iterator[models.Model]:
    return models.QuerySet(model, using=alias).order_by("pk").iterator(chunk_size=AT_ONCE)


def content_of(model: type[models.Model], alias: str) -> Content:
    count, digest = 0, hashlib.sha256()
    names = [field.attname for field in model._meta.local_concrete_fields]
    for row in rows_of(model, alias):
        count += 1
        values = [getattr(row, name) for name in names]
        digest.update(json.dumps(values, default=as_text, sort_keys=True, ensure_ascii=False).encode())
    return Content(count, digest.hexdigest())


def as_text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def tables_with_rows(alias: str) -> list[str]:
    """Of models, but for the first rows of every database."""
    there = set(connections[alias].introspection.table_names())
    return [
        model._meta.db_table
        for model in all_models()
        if model._meta.db_table in there
        and model._meta.label_lower not in FIRST_ROWS
        and models.QuerySet(model, using=alias).exists()
    ]


class TablesDifferError(Exception):
    """These tables are not the same on both sides."""


def copy_all(source: str, target: str, tell: Callable[[str, int], Any]) -> dict[str, Content]:
    """All or nothing, over whatever the target holds; returns what every table holds now.

    The source is read as it was at one moment: on SQLite nobody writes meanwhile. Raises TablesDifferError.
    """
    with transaction.atomic(using=source), transaction.atomic(using=target):
        hold_still(source)
        append_only.drop_triggers(connections[target], append_only.append_only_models())
        town_stamp.drop_triggers(connections[target])
        empty_tables(target)
        for model in all_models():
            tell(model._meta.db_table, copy_rows(model, source, target))
        check_references(target)
        append_only.install_triggers(connections[target], append_only.append_only_models())
        town_stamp.install_triggers(connections[target])
        set_sequences(target)
        copied = contents_of(target)
        there = contents_of(source)
        if wrong := [table for table, content in copied.items() if content != there[table]]:
            raise TablesDifferError(f"these tables differ: {', '.join(wrong)}")
    return copied


def contents_of(alias: str) -> dict[str, Content]:
    return {model._meta.db_table: content_of(model, alias) for model in all_models()}


def hold_still(alias: str) -> None:
    if connections[alias].vendor == "postgresql":
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def empty_tables(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        for model in all_models():
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 - a table of ours


def copy_rows(model: type[models.Model], source: str, target: str) -> int:
    """As they are: without `save`, which would set times and send signals."""
    fields, count = list(model._meta.local_concrete_fields), 0
    rows = rows_of(model, source)
    insert = models.QuerySet(model, using=target)._insert  # type: ignore[attr-defined]  # noqa: SLF001
    size = min(AT_ONCE, connections[target].ops.bulk_batch_size(fields, range(AT_ONCE)))
    while batch := list(islice(rows, size)):
        insert(batch, fields=fields, using=target, raw=True)
        count += len(batch)
    return count


def check_references(alias: str) -> None:
    """Now and not at the end: PostgreSQL makes no trigger on a table with checks to come."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    else:
        connection.check_constraints()


def set_sequences(alias: str) -> None:
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), all_models()):
            cursor.execute(statement)
