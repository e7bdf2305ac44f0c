"""Append-only tables: the database refuses every change, and the guards come back when they were lost."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from circle.audit import append_only
from circle.audit.log import record
from circle.audit.seals import seal_records
from circle.models import Purge, Record, Seal
from circle.models.keys import KeyCanary
from circle.models.ticks import LastTick
from circle.permissions.same_community import missing_guards
from tests import make

pytestmark = pytest.mark.django_db

GUARDED = [Record, Seal, Purge]
IN_SQL = {
    "sqlite": [
        "UPDATE {table} SET community_id = community_id",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT OR IGNORE INTO {table} SELECT * FROM {table}",
        "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO NOTHING",
        "INSERT INTO {table} SELECT * FROM {table} WHERE 1 ON CONFLICT (id) DO UPDATE SET id = excluded.id",
        "UPDATE OR REPLACE {table} SET community_id = community_id",
    ],
    "postgresql": [
        "UPDATE {table} SET community_id = community_id",
        "DELETE FROM {table}",
        "TRUNCATE {table}",
        "TRUNCATE {table} CASCADE",
    ],
}[connection.vendor]


def one_of_each() -> None:
    community = make.here()
    record(verb="booking_made", subject=community, community=community, at=make.MORNING)
    seal_records(community)
    times = {"at": make.MORNING, "older_than": make.MORNING}
    Purge.objects.create(community=community, last_position=0, count=0, **times)
    connection.check_constraints()  # as a commit would; PostgreSQL truncates no table with checks to come


@pytest.mark.parametrize("model", GUARDED)
@pytest.mark.parametrize("statement", IN_SQL)
def test_append_only_rows_refuse_sql(model, statement):
    one_of_each()
    before = list(model.objects.values())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement.format(table=model._meta.db_table))
    assert list(model.objects.values()) == before != []


@pytest.mark.parametrize("model", GUARDED)
def test_append_only_rows_refuse_the_orm(model):
    one_of_each()
    row = model.objects.get()
    for act in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(community=make.community()),
        lambda: model.objects.bulk_update([row], ["community"]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert model.objects.get() == row


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("model", list(append_only.append_only_models()), ids=lambda model: model.__name__)
def test_every_unique_key_of_an_append_only_table_is_guarded(model):
    """INSERT OR REPLACE deletes the row that has the same key, and no trigger of DELETE is asked."""
    keys = {frozenset(columns) for columns, _condition in append_only.unique_keys(connection, model)}
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    assert keys == {
        frozenset(each["columns"]) for each in found.values() if each["unique"] or each["primary_key"]
    }


def test_row_with_a_new_id_does_not_take_the_place_of_another():
    """The place in the chain is the same, the id is not."""
    one_of_each()
    before = list(Seal.objects.values())
    columns = "community_id, position, record_id, digest"
    other = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    for values in (
        "community_id, position, record_id + 1, 'x'",
        "community_id, position + 1, record_id, 'x'",
    ):
        statement = f"{other} INTO circle_seal ({columns}) SELECT {values} FROM circle_seal"  # noqa: S608
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(statement)
    assert list(Seal.objects.values()) == before


def test_every_guarded_table_has_its_triggers():
    assert set(GUARDED) <= set(append_only.append_only_models())
    assert append_only.missing_triggers(connection) == set()
    append_only.drop_triggers(connection, GUARDED)
    events = {"sqlite": ["update", "delete", "insert"], "postgresql": ["update", "delete", "truncate"]}
    tables = ("record", "seal", "purge")
    names = {f"circle_{table}_no_{event}" for table in tables for event in events[connection.vendor]}
    assert append_only.missing_triggers(connection) == names
    append_only.install_triggers(connection, GUARDED)


def test_migrate_puts_a_lost_trigger_back():
    connection.cursor().execute(append_only.drop_statement(connection.vendor, Record, "DELETE"))
    assert append_only.missing_triggers(connection) == {"circle_record_no_delete"}
    call_command("migrate", verbosity=0)
    assert append_only.missing_triggers(connection) == set()
    one_of_each()
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.all().delete()


def test_system_check_of_the_database_names_a_lost_trigger():
    def warned() -> list[str]:
        found = run_checks(tags=["database"], databases=["default"])
        return [warning.msg for warning in found if warning.id == "circle.W002"]

    assert warned() == []
    connection.cursor().execute(append_only.drop_statement(connection.vendor, Seal, "UPDATE"))
    (sentence,) = warned()
    assert "circle_seal_no_update" in sentence
    append_only.install_triggers(connection, [Seal])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("reset_sequences", [True, False])  # by hand, and after a test that committed
def test_flush_empties_the_tables_and_leaves_their_triggers(reset_sequences):
    one_of_each()
    rights = Permission.objects.count()
    call_command("flush", interactive=False, verbosity=0, reset_sequences=reset_sequences)
    assert [model.objects.count() for model in GUARDED] == [0, 0, 0]
    filled = [model for model in apps.get_models() if model._meta.managed and model._default_manager.exists()]
    assert set(filled) == {ContentType, Permission, KeyCanary, LastTick}
    assert Permission.objects.count() == rights > 0
    assert append_only.missing_triggers(connection) == set()
    assert missing_guards(connection) == set()
