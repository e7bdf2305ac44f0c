"""A row and the rows it names lie in one community: kept by triggers, as a CHECK sees one row only.

A model names its columns, and its lists of rows (many to many), in `same_community`. SQLite remakes a table
under another name, which a trigger that names it would refuse: so they are dropped before `migrate` and
installed after it, and a system check names those that are missing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "both rows must belong to one community"


@dataclass(frozen=True)
class Guard:
    """One trigger: `wrong` is the condition under which it refuses, `locked` the same on PostgreSQL."""

    name: str
    table: str
    event: str
    wrong: str
    locked: str


def community_guards() -> Iterator[Guard]:
    for model in apps.get_models():
        for name in getattr(model, "same_community", ()):
            field: Any = model._meta.get_field(name)
            if field.many_to_many:
                yield from list_guards(field)
                continue
            child, parent = model._meta.db_table, field.related_model._meta.db_table
            theirs = f'SELECT community_id FROM "{parent}" WHERE id = NEW."{field.column}"'  # noqa: S608
            wrong, locked = (f"({sql}) <> NEW.community_id" for sql in (theirs, f"{theirs} FOR SHARE"))
            for event in ("INSERT", "UPDATE"):
                yield Guard(f"{child}_{name}_near_{event.lower()}", child, event, wrong, locked)
            named = f'EXISTS (SELECT 1 FROM "{child}" WHERE "{field.column}" = OLD.id)'  # noqa: S608
            moved = f"NEW.community_id <> OLD.community_id AND {named}"
            yield Guard(f"{parent}_stays_for_{child}", parent, "UPDATE", moved, moved)


def list_guards(field: Any) -> Iterator[Guard]:
    """For a list of rows: a line of the joining table names two, and neither moves away from the other."""
    joined = field.remote_field.through
    line = joined._meta.db_table
    ends = [joined._meta.get_field(name) for name in (field.m2m_field_name(), field.m2m_reverse_field_name())]
    owner, member = (
        f'(SELECT community_id FROM "{end.related_model._meta.db_table}" WHERE id = NEW."{end.column}"'  # noqa: S608
        for end in ends
    )
    for event in ("INSERT", "UPDATE"):
        wrong, locked = (f"{owner}{end} <> {member}{end}" for end in (")", " FOR SHARE)"))
        yield Guard(f"{line}_near_{event.lower()}", line, event, wrong, locked)
    for end in ends:
        parent = end.related_model._meta.db_table
        named = f'EXISTS (SELECT 1 FROM "{line}" WHERE "{end.column}" = OLD.id)'  # noqa: S608
        moved = f"NEW.community_id <> OLD.community_id AND {named}"
        yield Guard(f"{parent}_stays_for_{line}", parent, "UPDATE", moved, moved)


def install_statements(vendor: str, guard: Guard) -> list[str]:
    on = f"BEFORE {guard.event} ON {guard.table} FOR EACH ROW"
    drop = drop_statement(vendor, guard)
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        return [drop, f"CREATE TRIGGER {guard.name} {on} WHEN {guard.wrong} {refuse}"]
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"$$ BEGIN IF {guard.locked} THEN {refuse} END IF; RETURN NEW; END $$"
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS {body}",
        drop,
        f"CREATE TRIGGER {guard.name} {on} EXECUTE FUNCTION {guard.name}()",
    ]


def drop_statement(vendor: str, guard: Guard) -> str:
    table = f" ON {guard.table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {guard.name}{table}"


def guards_with_table(connection: BaseDatabaseWrapper) -> list[Guard]:
    """Those whose tables have the column; after a migration backwards some have not."""
    tables = set(connection.introspection.table_names())
    return [guard for guard in community_guards() if guard.table in tables]


def install_guards(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for guard in guards_with_table(connection):
            for statement in install_statements(connection.vendor, guard):
                cursor.execute(statement)


def drop_guards(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for guard in guards_with_table(connection):
            cursor.execute(drop_statement(connection.vendor, guard))


def install_after_migrate(*, using: str, **_signal: Any) -> None:
    install_guards(connections[using])


def drop_before_migrate(*, using: str, **_signal: Any) -> None:
    drop_guards(connections[using])


@register(Tags.database)
def check_guards(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """circle.W003: a guard is missing. A warning, since an error would stop `migrate`."""
    return [
        checks.Warning(f"The trigger {name} is missing: run manage.py migrate.", id="circle.W003")
        for alias in databases or ()
        for name in sorted(missing_guards(connections[alias]))
    ]


def missing_guards(connection: BaseDatabaseWrapper) -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    return {guard.name for guard in guards_with_table(connection)} - there
