"""The files of a backup: a SQLite database, whatever engine it came from, the media, and a manifest of both.

Each is compressed and, where BACKUP_KEYS names a key, encrypted in pieces. Without its manifest a backup is
none.
"""

import datetime as dt
import gzip
import hashlib
import json
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

MANIFEST, DATABASE, MEDIA = "manifest.json", "database.sqlite3.gz", "media.zip"
SEALED = ".sealed"
NAME = "%Y-%m-%dT%H%M%SZ"
PIECE = 1 << 20


class BackupError(Exception):
    """This folder holds no whole backup, or it cannot be read with these keys."""


def code_version() -> dict[str, str]:
    """The release, and in a git clone the commit."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    git = shutil.which("git")
    commit = ""
    if git and (settings.BASE_DIR / ".git").exists():
        asked = [git, "-C", str(settings.BASE_DIR), "rev-parse", "HEAD"]
        commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    return {"release": project["version"], "commit": commit}


def compress_file(source: Path, target: Path) -> None:
    with source.open("rb") as read, gzip.open(target, "wb", compresslevel=3) as written:
        shutil.copyfileobj(read, written, PIECE)


def decompress_file(source: Path, target: Path) -> None:
    with gzip.open(source, "rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, PIECE)


def pack_folder(folder: Path, target: Path) -> None:
    """Stored: uploads are compressed already. A zip, since Python 3.11.2 unpacks no tar safely."""
    with zipfile.ZipFile(target, "w") as packed:
        for file in sorted(folder.rglob("*")):
            packed.write(file, file.relative_to(folder))


def unpack_folder(source: Path, folder: Path) -> None:
    """No name leads out of the folder: `extractall` drops leading slashes and `..`."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(source) as packed:
        packed.extractall(folder)


def backup_keys() -> MultiFernet | None:
    keys = [Fernet(key) for key in settings.BACKUP_KEYS]
    return MultiFernet(keys) if keys else None


def seal_file(file: Path, keys: MultiFernet) -> Path:
    """One token in a line for each piece, with its number, so that none can be left out or exchanged."""
    sealed = file.with_name(file.name + SEALED)
    with file.open("rb") as read, sealed.open("wb") as written:
        for number, piece in enumerate(chain(pieces_of(read), [b""])):
            written.write(keys.encrypt(number.to_bytes(8, "big") + piece) + b"\n")
    file.unlink()
    return sealed


def pieces_of(read: Any) -> Iterator[bytes]:
    while piece := read.read(PIECE):
        yield piece


def open_sealed(sealed: Path, target: Path) -> None:
    keys = backup_keys()
    if keys is None:
        raise BackupError(f"{sealed.name} is encrypted, and BACKUP_KEYS names no key")
    is_whole = False
    with sealed.open("rb") as read, target.open("wb") as written:
        for number, token in enumerate(read):
            try:
                text = keys.decrypt(token.strip())
            except InvalidToken:
                raise BackupError(f"BACKUP_KEYS do not open {sealed.name}") from None
            if is_whole or text[:8] != number.to_bytes(8, "big"):
                raise BackupError(f"{sealed.name} is not as it was written")
            written.write(text[8:])
            is_whole = len(text) == 8
    if not is_whole:
        raise BackupError(f"{sealed.name} ends too early")


def digest_of(file: Path) -> str:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def write_manifest(folder: Path, at: dt.datetime, tables: dict[str, Any]) -> None:
    """Last of all, with the hash of each file."""
    found = {
        "at": at.isoformat(),
        "code": code_version(),
        "files": {file.name: digest_of(file) for file in sorted(folder.iterdir())},
        "tables": tables,
    }
    (folder / MANIFEST).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Raises BackupError where a file is missing or not as it was written."""
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = dict(found["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{folder} has no manifest of a backup: {error}") from None
    for name, digest in files.items():
        file = folder / Path(name).name
        if not file.is_file():
            raise BackupError(f"{name} is missing")
        if digest_of(file) != digest:
            raise BackupError(f"{name} is not as it was written")
    return found


def opened_file(folder: Path, name: str, scratch: Path) -> Path:
    """The file in clear: itself, or what its sealed form holds."""
    plain = folder / name
    if plain.exists():
        return plain
    open_sealed(plain.with_name(name + SEALED), scratch / name)
    return scratch / name


def backups_in(folder: Path) -> dict[Path, dt.datetime]:
    """Whole ones of ours, oldest first; anything else in the folder is not touched."""
    found = {}
    for each in sorted(folder.iterdir()):
        if (each / MANIFEST).is_file():
            try:
                found[each] = dt.datetime.strptime(each.name, NAME).replace(tzinfo=dt.UTC)
            except ValueError:
                continue
    return found


def outdated_backups(found: dict[Path, dt.datetime], at: dt.datetime, days: int, months: int) -> list[Path]:
    """All but those of the last `days`, and the first of each month for `months`; the newest always stays."""
    first_of_month: dict[tuple[int, int], Path] = {}
    for folder, made in found.items():
        first_of_month.setdefault((made.year, made.month), folder)
    retained = {folder for folder, made in found.items() if made > at - dt.timedelta(days=days)}
    retained |= {
        folder
        for (year, month), folder in first_of_month.items()
        if (at.year - year) * 12 + at.month - month < months
    }
    return [folder for folder in list(found)[:-1] if folder not in retained]
