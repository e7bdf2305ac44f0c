import os
import subprocess
import sys
from typing import Any

import environ
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from circle.management.database_copy import copy_all, tables_with_rows
from circle.settings import complete_database

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
        open_database(url)
        try:
            self.move(url)
        finally:
            connections[TARGET].close()
            del connections[TARGET], connections.databases[TARGET]

    def move(self, url: str) -> None:
        refuse_rows()
        for command in (["migrate", "--verbosity=0"], ["createcachetable"]):
            run_there(url, *command)
        try:
            wrong = copy_all("default", TARGET, self.tell)
        except DatabaseError as error:
            raise CommandError(f"Nothing was copied: {error}") from error
        if wrong:
            raise CommandError(f"Nothing was copied: these tables differ: {', '.join(wrong)}")
        self.stdout.write("Every table has the same rows on both sides. Now change DATABASE_URL.")

    def tell(self, table: str, rows: int) -> None:
        if rows:
            self.stdout.write(f"{table}: {rows}")


def open_database(url: str) -> None:
    try:
        found = complete_database(environ.Env.db_url_config(url))
    except Exception as error:
        raise CommandError(f"This is no address of a database: {error}") from error
    if (
        str(found["NAME"]) == str(connection.settings_dict["NAME"])
        and found["ENGINE"] == settings.DATABASES["default"]["ENGINE"]
    ):
        raise CommandError("This is the database that would be copied.")
    connections.databases[TARGET] = connections.databases["default"] | {"OPTIONS": {}} | found


def refuse_rows() -> None:
    try:
        filled = tables_with_rows(TARGET)
    except DatabaseError as error:
        raise CommandError(f"The other database does not answer: {error}") from error
    if filled:
        raise CommandError(f"The other database is not empty: {', '.join(filled[:5])}")


def run_there(url: str, *command: str) -> None:
    """In a process of its own, whose default database is the other one."""
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{command[0]} failed there: {done.stderr.strip()[-500:]}")
