from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from circle.management.database_copy import TablesDifferError, copy_all
from circle.management.other_database import (
    EMPTY_TABLES,
    is_same_database,
    other_database,
    refuse_rows,
    run_there,
)

TARGET = "target"


class Command(BaseCommand):
    help = (
        "Copies the database of DATABASE_URL into another, empty one, on SQLite or PostgreSQL, and compares "
        "every table afterwards. All or nothing. Stop the portal, its senders and its timer first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="as in DATABASE_URL: postgres:////run/postgresql/circle")

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("This database is not migrated: run manage.py migrate first.")
        with other_database(TARGET, url):
            if is_same_database("default", TARGET):
                raise CommandError("This is the database that would be copied.")
            refuse_rows(TARGET)
            run_there(url, *EMPTY_TABLES)
            try:
                copy_all("default", TARGET, self.tell)
            except (DatabaseError, TablesDifferError) as error:
                raise CommandError(f"Nothing was copied: {error}") from error
        self.stdout.write("Every table has the same rows on both sides. Now change DATABASE_URL.")

    def tell(self, table: str, rows: int) -> None:
        if rows:
            self.stdout.write(f"{table}: {rows}")
