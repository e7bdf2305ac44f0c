import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.db.migrations.loader import MigrationLoader

from circle.management import backup_files as files
from circle.management.database_copy import TablesDifferError, copy_all
from circle.management.other_database import EMPTY_TABLES, other_database, refuse_rows, run_there

SOURCE, TARGET = "backup", "target"
# A drill must not touch the file that the running portal's chain is compared with.
APART = {"ANCHOR_FILE": ""}
AFTERWARDS = (["tick", "--hold-messages"], ["check_invariants"], ["verify_records"])


class Command(BaseCommand):
    help = (
        "Puts a backup into an empty database on SQLite or PostgreSQL, and its media into an empty folder; "
        "checks hashes, invariants, the chain of records and the keys. What may have been sent since the "
        "backup is held for staff. Stop the portal, its senders and its timer first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="one backup: the folder with its manifest")
        parser.add_argument("--into", required=True, metavar="URL", help="as in DATABASE_URL")
        parser.add_argument("--media", type=Path, metavar="FOLDER", help="for the pictures, as MEDIA_ROOT")
        parser.add_argument("--replace", action="store_true", help="over the rows and files that are there")

    def handle(self, *args: Any, folder: Path, into: str, **options: Any) -> None:
        try:
            manifest = files.read_manifest(folder)
            with tempfile.TemporaryDirectory() as scratch:
                self.restore(folder, into, Path(scratch), **options)
        except files.BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"This is the portal as it was at {manifest['at']}.")
        self.stdout.write("Where it takes over: manage.py begin_anchor_file, then start it.")

    def restore(
        self, folder: Path, into: str, scratch: Path, *, media: Path | None, replace: bool, **options: Any
    ) -> None:
        if media and not replace and media.is_dir() and any(media.iterdir()):
            raise CommandError(f"{media} is not empty")
        file = scratch / "database.sqlite3"
        files.decompress_file(files.opened_file(folder, files.DATABASE, scratch), file)
        bring_up_to_date(file)
        with other_database(SOURCE, f"sqlite:///{file}"), other_database(TARGET, into):
            if not replace:
                refuse_rows(TARGET)
            run_there(into, *EMPTY_TABLES, **APART)
            try:
                copied = copy_all(SOURCE, TARGET, lambda table, rows: None)
            except (DatabaseError, TablesDifferError) as error:
                raise CommandError(f"Nothing was restored: {error}") from error
        self.stdout.write(f"{sum(each.rows for each in copied.values())} rows of {len(copied)} tables")
        for said in run_there(into, *AFTERWARDS, **APART):
            self.stdout.write(said.splitlines()[-1])
        if media:
            files.unpack_folder(files.opened_file(folder, files.MEDIA, scratch), media)


def bring_up_to_date(file: Path) -> None:
    """A backup of earlier code is migrated in its copy; one of later code is refused."""
    copied = sqlite3.connect(file)
    applied = set(copied.execute("SELECT app, name FROM django_migrations").fetchall())
    copied.close()
    known = MigrationLoader(None)
    replaced = {key for migration in known.disk_migrations.values() for key in migration.replaces}
    if unknown := sorted(applied - set(known.disk_migrations) - replaced):
        app, name = unknown[-1]
        raise CommandError(f"This backup was made by later code: {app}.{name} is not known here")
    if set(known.disk_migrations) - applied:
        run_there(f"sqlite:///{file}", ["migrate", "--verbosity=0"], **APART)
