"""Append-only tables, enforced by triggers of the database on SQLite and on PostgreSQL.

A model names its exceptions (a draft is edited, a published text replaced) in `deletable_when`,
`insertable_when` and `edits`; each condition becomes part of the trigger, and one that is NULL does not hold.
On SQLite no new row may have the unique key of another: INSERT OR REPLACE would delete that one. A migration
that remakes a table drops its triggers, so they are installed again after every `migrate`, and a system check
(`manage.py check --database default`) names those that are missing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from django.apps import AppConfig, apps
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import UniqueConstraint

from circle.models.records import AppendOnly, Edit

REFUSAL = "rows of this table are append-only"
HALF_YEAR_AGO = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now', '-183 days')",
    "postgresql": "now() - interval '183 days'",
}
IS_SAME = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}
EVENTS = {"sqlite": ("UPDATE", "DELETE", "INSERT"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def append_only_models(app_configs: Iterable[AppConfig] | None = None) -> Iterator[type[AppendOnly]]:
    for config in app_configs or apps.get_app_configs():
        yield from (model for model in config.get_models() if issubclass(model, AppendOnly))


def trigger_events(vendor: str, model: type[AppendOnly]) -> Sequence[str]:
    """SQLite can replace a row by an INSERT, of which the trigger of DELETE learns nothing."""
    begins = ("INSERT",) if model.insertable_when and "INSERT" not in EVENTS[vendor] else ()
    return (*EVENTS[vendor], *begins)


def trigger_name(model: type[AppendOnly], event: str) -> str:
    return f"{model._meta.db_table}_no_{event.lower()}"


def install_triggers(connection: BaseDatabaseWrapper, models: Iterable[type[AppendOnly]]) -> None:
    """In one transaction, so that no writer comes between the old trigger and the new one."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for model in models:
            # After a migration back to an earlier state the table lacks columns that the model has.
            table = connection.introspection.get_table_description(cursor, model._meta.db_table)
            there = {column.name for column in table}
            for event in trigger_events(connection.vendor, model):
                for statement in create_statements(connection, model, event, there):
                    cursor.execute(statement)


def drop_triggers(connection: BaseDatabaseWrapper, models: Iterable[type[AppendOnly]]) -> None:
    with connection.cursor() as cursor:
        for model in models:
            for event in trigger_events(connection.vendor, model):
                cursor.execute(drop_statement(connection.vendor, model, event))


def drop_statement(vendor: str, model: type[AppendOnly], event: str) -> str:
    table = f" ON {model._meta.db_table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger_name(model, event)}{table}"


def create_statements(
    connection: BaseDatabaseWrapper, model: type[AppendOnly], event: str, there: set[str]
) -> Sequence[str]:
    vendor, name, table = connection.vendor, trigger_name(model, event), model._meta.db_table
    passes = pass_condition(vendor, model, event, there)
    if vendor == "sqlite":
        clash = " OR ".join(clash_conditions(connection, model, event, there))
        condition = sqlite_condition(passes, clash, event)
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        return [
            drop_statement(vendor, model, event),
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}{condition} {refuse}",
        ]
    level = "STATEMENT" if event == "TRUNCATE" else "ROW"
    result = "OLD" if event == "DELETE" else "NEW"
    exemption = f"IF {passes} THEN RETURN {result}; END IF; " if passes else ""
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"$$ BEGIN {exemption}{refuse} END $$"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}",
        drop_statement(vendor, model, event),
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {level} EXECUTE FUNCTION {name}()",
    ]


def sqlite_condition(passes: str, clash: str, event: str) -> str:
    """An INSERT passes unless it clashes; the others pass only where the model says so."""
    if not passes and event != "INSERT":
        return ""
    refused = [f"({passes}) IS NOT TRUE"] if passes else []
    return " WHEN " + " OR ".join([*refused, *([clash] if clash else [])])


def clash_conditions(
    connection: BaseDatabaseWrapper, model: type[AppendOnly], event: str, there: set[str]
) -> Iterator[str]:
    """One for each unique key: another row has it, which OR REPLACE would delete."""
    if event == "DELETE":
        return
    table, pk = model._meta.db_table, model._meta.pk.column
    other = f' AND "{pk}" IS NOT OLD."{pk}"' if event == "UPDATE" else ""
    for columns, condition in unique_keys(connection, model):
        if set(columns) <= there:
            same = " AND ".join(f'"{name}" = NEW."{name}"' for name in columns)
            of_new = re.sub(r'"(\w+)"', r'NEW."\1"', condition)
            also = f" AND ({condition}) AND ({of_new})" if condition else ""
            yield f'EXISTS (SELECT 1 FROM "{table}" WHERE {same}{also}{other})'  # noqa: S608 - names of columns


def unique_keys(connection: BaseDatabaseWrapper, model: type[AppendOnly]) -> list[tuple[list[str], str]]:
    """The columns of each, and the SQL condition under which it counts; empty means always."""
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    keys = [([str(field.column)], "") for field in fields.values() if field.unique]
    editor = connection.schema_editor(collect_sql=True)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            columns = [str(fields[name].column) for name in constraint.fields]
            condition = cast("Any", constraint)._get_condition_sql(model, editor)  # noqa: SLF001
            keys.append((columns, condition or ""))
    return keys


def pass_condition(vendor: str, model: type[AppendOnly], event: str, there: set[str]) -> str:
    """The SQL condition under which the event is allowed; empty means never."""
    if event == "DELETE":
        return model.deletable_when.format(half_year_ago=HALF_YEAR_AGO[vendor])
    if event in ("TRUNCATE", "INSERT"):
        return model.insertable_when if event == "INSERT" else ""
    return " OR ".join(f"({edit_condition(vendor, model, edit, there)})" for edit in model.edits)


def edit_condition(vendor: str, model: type[AppendOnly], edit: Edit, there: set[str]) -> str:
    """With columns named, every other column must stay unchanged, including one that is added later."""
    columns = [str(field.column) for field in model._meta.local_concrete_fields]
    fixed = [name for name in columns if name in there and name not in edit.only] if edit.only else []
    same = [f'OLD."{name}" {IS_SAME[vendor]} NEW."{name}"' for name in fixed]
    return " AND ".join([f"({edit.when})", *same])


def missing_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that the tables of this database should have and lack."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    return {
        trigger_name(model, event)
        for model in models_with_table(connection)
        for event in trigger_events(connection.vendor, model)
    } - there


def models_with_table(
    connection: BaseDatabaseWrapper, app_configs: Iterable[AppConfig] | None = None
) -> list[type[AppendOnly]]:
    """Those whose table exists: after a migration back to zero there are none."""
    tables = set(connection.introspection.table_names())
    return [model for model in append_only_models(app_configs) if model._meta.db_table in tables]


def install_after_migrate(*, app_config: AppConfig, using: str, **kwargs: Any) -> None:
    connection = connections[using]
    install_triggers(connection, models_with_table(connection, [app_config]))


@register(Tags.database)
def check_triggers(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """circle.W002: an append-only table lacks a trigger. A warning, since an error would stop `migrate`."""
    return [
        checks.Warning(
            f"The trigger {name} is missing: run manage.py migrate.",
            id="circle.W002",
        )
        for alias in databases or ()
        for name in sorted(missing_triggers(connections[alias]))
    ]
