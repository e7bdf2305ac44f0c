import shutil
import sqlite3
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from circle.management import backup_files as files
from circle.management.database_copy import Content, TablesDifferError, contents_of, copy_all
from circle.management.other_database import EMPTY_TABLES, other_database, run_there

COPY = "copy"


class Command(BaseCommand):
    help = (
        "Writes database and media into a new folder in FOLDER, while the portal runs, with a manifest that "
        "holds hashes and the version of the code; encrypted where BACKUP_KEYS names a key. Older backups "
        "go, as --days and --months say."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--days", type=int, default=14, help="every backup of so many days stays")
        parser.add_argument("--months", type=int, default=12, help="and the first of each month for so many")

    def handle(self, *args: Any, folder: Path, days: int, months: int, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("This database is not migrated: run manage.py migrate first.")
        at = timezone.now()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = at.strftime(files.NAME)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as scratch:
            done = Path(scratch, "backup")
            done.mkdir(mode=0o700)
            tables = write_database(Path(scratch), done / files.DATABASE)
            files.pack_folder(Path(settings.MEDIA_ROOT), done / files.MEDIA)
            if keys := files.backup_keys():
                for file in (files.DATABASE, files.MEDIA):
                    files.seal_file(done / file, keys)
            files.write_manifest(done, at, {table: asdict(content) for table, content in tables.items()})
            done.rename(folder / name)
        rows = sum(content.rows for content in tables.values())
        self.stdout.write(f"{folder / name}: {rows} rows of {len(tables)} tables")
        for old in files.outdated_backups(files.backups_in(folder), at, days, months):
            shutil.rmtree(old)
            self.stdout.write(f"{old}: removed")


def write_database(scratch: Path, target: Path) -> dict[str, Content]:
    """As it was at one moment; returns what each of its tables holds."""
    file = scratch / "database.sqlite3"
    url = f"sqlite:///{file}"
    if connection.vendor == "sqlite":
        copy_file(str(connection.settings_dict["NAME"]), file)
    else:
        run_there(url, *EMPTY_TABLES)
    with other_database(COPY, url):
        try:
            found = (
                contents_of(COPY) if connection.vendor == "sqlite" else copy_all("default", COPY, no_progress)
            )
        except (DatabaseError, TablesDifferError) as error:
            raise CommandError(f"Nothing was written: {error}") from error
    flush_log(file)
    files.compress_file(file, target)
    return found


def copy_file(name: str, file: Path) -> None:
    source = sqlite3.connect(f"file:{name}?mode=ro", uri=True, timeout=20)
    source.execute("VACUUM INTO ?", [str(file)])
    source.close()


def flush_log(file: Path) -> None:
    """What is still in its write-ahead log comes into the file itself."""
    copied = sqlite3.connect(file)
    copied.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copied.execute("PRAGMA journal_mode=DELETE")
    copied.close()


def no_progress(table: str, rows: int) -> None:
    """Nobody waits for the progress of a nightly copy."""
