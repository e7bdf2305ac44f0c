from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from circle.apps import write_first_rows
from circle.audit import append_only
from circle.models import TownStamp

# `migrate` writes these rows, the same ones each time; nothing else writes to their tables.
OF_MIGRATE = ("django_content_type", "auth_permission")


class Command(flush.Command):
    """Django's flush, for tests: drops the triggers of append-only tables and installs them again.

    After a test that committed (Django then leaves the sequences as they are) it empties only the tables that
    hold rows, and leaves what `migrate` wrote: a fifth of the time.
    """

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        if not options.get("reset_sequences", True):
            empty_filled_tables(connection)
            return
        append_only.drop_triggers(connection, append_only.append_only_models())
        try:
            super().handle(**options)
        finally:
            append_only.install_triggers(connection, append_only.append_only_models())
        TownStamp.objects.using(connection.alias).all().delete()  # written while the others were emptied


def empty_filled_tables(connection: BaseDatabaseWrapper) -> None:
    tables = filled_tables(connection)
    models = [model for model in append_only.append_only_models() if model._meta.db_table in tables]
    append_only.drop_triggers(connection, models)
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
            cursor.execute(f"DELETE FROM {TownStamp._meta.db_table}")  # noqa: S608 - written by the lines above
    finally:
        append_only.install_triggers(connection, models)
    write_first_rows(using=connection.alias)


def filled_tables(connection: BaseDatabaseWrapper) -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = [
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})"  # noqa: S608
        for name in tables
        if name not in OF_MIGRATE
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]
