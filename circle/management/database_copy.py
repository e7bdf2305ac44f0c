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
from psycopg2.extras import execute_values  # type: ignore[import-untyped]

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


class Digest:
    """Grows with the rows of one table, in the order of their keys."""

    def __init__(self) -> None:
        self.rows, self.sum = 0, hashlib.sha256()
        self.encode = json.JSONEncoder(default=as_text, sort_keys=True, ensure_ascii=False).encode

    def add(self, rows: list[tuple]) -> None:
        self.rows += len(rows)
        self.sum.update("".join(map(self.encode, rows)).encode())

    def content(self) -> Content:
        return Content(self.rows, self.sum.hexdigest())


def batches_of(model: type[models.Model], alias: str) -> Iterator[list[tuple]]:
    """All rows in the order of their keys, each a tuple in the order of `fields_of`."""
    names = [field.attname for field in fields_of(model)]
    rows = models.QuerySet(model, using=alias).order_by("pk").values_list(*names).iterator(chunk_size=AT_ONCE)
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


def fields_of(model: type[models.Model]) -> list[models.Field]:
    return list(model._meta.local_concrete_fields)


def content_of(model: type[models.Model], alias: str) -> Content:
    digest = Digest()
    for batch in batches_of(model, alias):
        digest.add(batch)
    return digest.content()


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
        read = {model._meta.db_table: copy_rows(model, source, target, tell) for model in all_models()}
        check_references(target)
        append_only.install_triggers(connections[target], append_only.append_only_models())
        town_stamp.install_triggers(connections[target])
        set_sequences(target)
        copied = contents_of(target)
        if wrong := [table for table, content in copied.items() if content != read[table]]:
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


def copy_rows(
    model: type[models.Model], source: str, target: str, tell: Callable[[str, int], Any]
) -> Content:
    """As they are, without `save`, which would set times and send signals; returns what was read."""
    digest, prepare = Digest(), preparation(model, target)
    with connections[target].cursor() as cursor:
        for batch in batches_of(model, source):
            digest.add(batch)
            insert(cursor, model, [prepare(row) for row in batch])
    tell(model._meta.db_table, digest.rows)
    return digest.content()


def preparation(model: type[models.Model], alias: str) -> Callable[[tuple], list]:
    """A function that turns the values of a row into what that database takes."""
    connection = connections[alias]
    prepare = [field.get_db_prep_save for field in fields_of(model)]
    return lambda row: [of_field(value, connection) for of_field, value in zip(prepare, row, strict=True)]


def insert(cursor: Any, model: type[models.Model], rows: list[list]) -> None:
    names = ", ".join(f'"{field.column}"' for field in fields_of(model))
    into = f'INSERT INTO "{model._meta.db_table}" ({names})'
    if cursor.db.vendor == "postgresql":
        execute_values(cursor, f"{into} VALUES %s", rows, page_size=AT_ONCE)
    else:
        places = ", ".join(["%s"] * len(fields_of(model)))
        cursor.executemany(f"{into} VALUES ({places})", rows)


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
