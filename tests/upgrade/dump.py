"""Writes the database of DATABASE_URL as gzipped SQL, for each release: `python -m tests.upgrade.dump 0.1.0`.

The demo before: `make demo-data`, or on PostgreSQL migrate, createcachetable and load_demo.
"""

import gzip
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def dump_sqlite(file: str) -> str:
    with sqlite3.connect(file) as connection:
        return "\n".join(connection.iterdump())


def dump_postgresql(url: str) -> str:
    """Rows as INSERT, so that a driver can execute the file; without psql's own commands."""
    program = Path(subprocess.check_output(["pg_config", "--bindir"], text=True).strip()) / "pg_dump"
    options = ["--inserts", "--rows-per-insert=200", "--no-owner", "--no-privileges"]
    text = subprocess.check_output([program, *options, url], text=True)
    return re.sub(r"^\\.*\n", "", text, flags=re.MULTILINE)


def main(name: str) -> None:
    url = os.environ["DATABASE_URL"]
    vendor, _separator, file = url.partition(":///")
    if vendor == "sqlite":
        text = dump_sqlite(file)
    else:
        vendor, text = "postgresql", dump_postgresql(url.replace("postgres:///", "postgresql:///"))
    (FOLDER / f"{name}.{vendor}.sql.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(sys.argv[1])
