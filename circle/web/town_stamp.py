"""Whatever is written to a table that public pages show gives its community a new stamp, by triggers.

So neither `queryset.update` nor a line of SQL can forget it, and others see the stamp change at the moment at
which they see the write. The number is random: after a rollback or a restore none comes back with other rows
behind it. Which tables count is said by the hook `stamped`; a page that reads any other table is never kept
(web/page_cache.py). A remade table of SQLite refuses triggers that name it, so they go before `migrate` and
come back after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.core.exceptions import FieldDoesNotExist
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignKey, Model

from circle.hooks import hook_functions
from circle.models import Community
from circle.models.town_stamps import EVERYWHERE, TownStamp

PREFIX = "stamps_"
RANDOM = {"sqlite": "random()", "postgresql": "(random() * 9007199254740991)::bigint"}
EVENTS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


@dataclass(frozen=True)
class Stamped:
    """A table, and the SQL that leads from its row (written as `{row}`) to its community."""

    table: str
    scope: str

    def name(self, event: str) -> str:
        return f"{PREFIX}{self.table}_{event.lower()}"


@cache
def stamped_tables() -> dict[str, Stamped]:
    models: list[Any] = [model for named in hook_functions("stamped") for model in named()]
    models += [field.remote_field.through for model in models for field in model._meta.local_many_to_many]
    return {model._meta.db_table: Stamped(model._meta.db_table, scope_of(model)) for model in models}


def scope_of(model: type[Model]) -> str:
    """Its own column, that of the first row it names, or everywhere."""
    if model is Community:  # by its host it decides about the pages of the others
        return str(EVERYWHERE)
    if has_community(model):
        return '{row}."community_id"'
    for field in model._meta.local_concrete_fields:
        if isinstance(field, ForeignKey) and has_community(field.related_model):
            parent: Any = field.related_model
            table, key = parent._meta.db_table, parent._meta.pk.column
            return f'(SELECT "community_id" FROM "{table}" WHERE "{key}" = {{row}}."{field.column}")'  # noqa: S608
    return str(EVERYWHERE)


def has_community(model: Any) -> bool:
    try:
        field = model._meta.get_field("community")
    except FieldDoesNotExist:
        return False
    return bool(field.concrete) and field.related_model is Community


def sqlite_statements(stamped: Stamped) -> Iterator[str]:
    """Two statements and no ON CONFLICT: that of an INSERT OR IGNORE outside would replace it."""
    stamps, random = TownStamp._meta.db_table, RANDOM["sqlite"]
    for event, row in EVENTS.items():
        rows = ["OLD", "NEW"] if event == "UPDATE" else [row]
        lines = ""
        for each in rows:
            scope = f"coalesce({stamped.scope.format(row=each)}, {EVERYWHERE})"
            lines += f"INSERT OR IGNORE INTO {stamps} (scope, number) VALUES ({scope}, {random}); "  # noqa: S608
            lines += f"UPDATE {stamps} SET number = {random} WHERE scope = {scope}; "  # noqa: S608
        name = stamped.name(event)
        yield f"CREATE TRIGGER {name} AFTER {event} ON {stamped.table} FOR EACH ROW BEGIN {lines}END"


def postgresql_statements(stamped: Stamped) -> Iterator[str]:
    """Once a statement and community, in the order of their ids: who loads many rows writes few stamps."""

    scope = f"coalesce({stamped.scope.format(row='r')}, {EVERYWHERE})"

    def write(rows: str) -> str:
        scopes = f"SELECT DISTINCT {scope} AS scope FROM {rows} r"  # noqa: S608 - names of ours
        return (
            f"INSERT INTO {TownStamp._meta.db_table} (scope, number) "  # noqa: S608
            f"SELECT scope, {RANDOM['postgresql']} FROM ({scopes} ORDER BY 1) scopes "
            "ON CONFLICT (scope) DO UPDATE SET number = excluded.number;"
        )

    function = f"{PREFIX}{stamped.table}"
    body = f"BEGIN IF TG_OP = 'UPDATE' THEN {write('gone')} END IF; {write('changed')} RETURN NULL; END"
    yield f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
    for event, row in EVENTS.items():
        named = f"{row} TABLE AS changed" + (" OLD TABLE AS gone" if event == "UPDATE" else "")
        yield (
            f"CREATE TRIGGER {stamped.name(event)} AFTER {event} ON {stamped.table} REFERENCING {named} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    make = sqlite_statements if connection.vendor == "sqlite" else postgresql_statements
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        drop_triggers(connection)
        for stamped in stamped_there(connection):
            for statement in make(stamped):
                cursor.execute(statement)


def stamped_there(connection: BaseDatabaseWrapper) -> list[Stamped]:
    """Those whose tables are there; after a migration back to before the stamp, none."""
    tables = set(connection.introspection.table_names())
    known = stamped_tables().values() if TownStamp._meta.db_table in tables else ()
    return [stamped for stamped in known if stamped.table in tables]


def installed_triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name → table."""
    query = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: table for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    there = installed_triggers(connection)
    with connection.cursor() as cursor:
        for name, table in there.items():
            cursor.execute(
                f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
            )


def missing_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    wanted = {stamped.name(event) for stamped in stamped_there(connection) for event in EVENTS}
    return wanted - installed_triggers(connection).keys()


def install_after_migrate(*, using: str, **_signal: Any) -> None:
    install_triggers(connections[using])


def drop_before_migrate(*, using: str, **_signal: Any) -> None:
    drop_triggers(connections[using])


@register(Tags.database)
def check_triggers(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """circle.W004: a stamped table lacks a trigger. A warning, since an error would stop `migrate`."""
    return [
        checks.Warning(f"The trigger {name} is missing: run manage.py migrate.", id="circle.W004")
        for alias in databases or ()
        for name in sorted(missing_triggers(connections[alias]))
    ]
