"""A drill: the portal is backed up while it runs, lost, and restored with every row, hash and promise."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from circle.management.backup_files import (
    DATABASE,
    MANIFEST,
    MEDIA,
    NAME,
    PIECE,
    BackupError,
    backup_keys,
    opened_file,
    outdated_backups,
    read_manifest,
    seal_file,
    write_manifest,
)
from tests.upgrade.test_move import refused
from tests.upgrade.test_upgrade import manage

pytestmark = [pytest.mark.django_db, pytest.mark.long]
UNTOUCHED_BY_THE_CLOCK = ("circle_resident", "services_serviceitem", "childcare_health", "council_topic")


@pytest.fixture
def media(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "media"
    (folder / "notices").mkdir(parents=True)
    (folder / "notices" / "picture.webp").write_bytes(b"RIFF" * 100)
    monkeypatch.setenv("MEDIA_ROOT", str(folder))
    return folder


def backup(database: str, folder: Path) -> Path:
    manage(database, "back_up", str(folder))
    [done] = folder.iterdir()
    return done


def tables_of(folder: Path) -> dict:
    return read_manifest(folder)["tables"]


def one_value(database: str, query: str):
    """Of a SQLite database."""
    with sqlite3.connect(database.removeprefix("sqlite:///")) as opened:
        return opened.execute(query).fetchone()[0]


def put_message(file: str, status: str, dedupe: str) -> None:
    """A copy of the latest message to a person, as the sender found it."""
    with sqlite3.connect(file) as opened:
        names = [row[1] for row in opened.execute("PRAGMA table_info(circle_message)")]
        others = ", ".join(f'"{name}"' for name in names if name not in ("id", "dedupe", "status", "channel"))
        latest = "SELECT max(id) FROM circle_message WHERE resident_id IS NOT NULL"
        opened.execute(
            f"INSERT INTO circle_message (dedupe, status, channel, {others})"  # noqa: S608
            f" SELECT ?, ?, 'sms', {others} FROM circle_message WHERE id = ({latest})",
            [dedupe, status],
        )
    opened.close()


def test_portal_is_restored_as_it_was(source, target, media, tmp_path, monkeypatch):
    """From SQLite into the engine that is tested, and back; encrypted the second time."""
    first = backup(source, tmp_path / "first")
    assert read_manifest(first)["code"]["release"]
    said = manage(source, "restore", str(first), "--into", target, "--media", str(tmp_path / "pictures"))
    assert ("every promise holds" in said, "every chain holds" in said) == (True, True)
    assert (tmp_path / "pictures" / "notices" / "picture.webp").read_bytes() == b"RIFF" * 100
    manage(target, "check", "--database", "default", "--fail-level", "WARNING")  # the triggers are there
    assert "is not empty" in refused(source, "restore", str(first), "--into", target)

    key, third = Fernet.generate_key().decode(), f"sqlite:///{tmp_path / 'third.sqlite3'}"
    monkeypatch.setenv("BACKUP_KEYS", key)
    second = backup(target, tmp_path / "second")
    assert sorted(file.name for file in second.iterdir()) == [
        "database.sqlite3.gz.sealed",
        "manifest.json",
        "media.zip.sealed",
    ]
    copied, again = tables_of(first), tables_of(second)
    # Both commands let the clock act: a deadline that passes between them may change a booking or an offer.
    for table in UNTOUCHED_BY_THE_CLOCK:
        assert again[table] == copied[table], table
    for table in ("services_booking", "childcare_application"):
        assert again[table]["rows"] == copied[table]["rows"] > 0
    monkeypatch.setenv("BACKUP_KEYS", Fernet.generate_key().decode())
    assert "do not open" in refused(source, "restore", str(second), "--into", third)
    monkeypatch.setenv("BACKUP_KEYS", f"{Fernet.generate_key().decode()},{key}")
    assert "every promise holds" in manage(source, "restore", str(second), "--into", third)


@pytest.mark.one_database("sqlite")  # that one is all it touches
@pytest.mark.any_day
def test_nothing_that_may_have_gone_out_is_sent_again(source, media, tmp_path, monkeypatch):
    """What waited when the backup was made, and what the clock would write again, waits for staff."""
    file = source.removeprefix("sqlite:///")
    put_message(file, "queued", "may-have-gone-out")
    put_message(file, "sending", "was-being-sent")
    done = backup(source, tmp_path / "backups")
    into = f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    letters = tmp_path / "letters"
    monkeypatch.setenv("SMS_URL", f"file://{letters}")
    monkeypatch.setenv("EMAIL_URL", f"filemail:///{letters}")
    assert "messages are held for staff" in manage(source, "restore", str(done), "--into", into)
    ours = "dedupe IN ('may-have-gone-out', 'was-being-sent')"
    query = f"SELECT group_concat(DISTINCT status || fault) FROM circle_message WHERE {ours}"  # noqa: S608
    assert one_value(into, query) == "deadrestored"
    for command in (["tick"], ["send_messages"]):
        manage(into, *command)
    assert not letters.exists() or not list(letters.iterdir())
    assert one_value(into, "SELECT count(*) FROM circle_message WHERE status = 'sending'") == 0

    # The control: where nothing was restored they wait to go out.
    assert set(one_value(source, query).split(",")) == {"queued", "sending"}


@pytest.mark.one_database("sqlite")  # that one is all it touches
@pytest.mark.any_day
def test_backup_over_data_is_asked_for(source, media, tmp_path):
    done = backup(source, tmp_path / "backups")
    before = tables_of(done)
    with sqlite3.connect(source.removeprefix("sqlite:///")) as opened:
        opened.execute("UPDATE circle_grid SET name_zh = '乱'")
    opened.close()
    assert "is not empty" in refused(source, "restore", str(done), "--into", source)
    assert "is not empty" in refused(source, "restore", str(done), "--into", source, "--media", str(media))
    manage(source, "restore", str(done), "--into", source, "--replace", "--media", str(media))
    [again] = (each for each in backup_again(source, tmp_path) if each != done)
    assert tables_of(again)["circle_grid"] == before["circle_grid"]


def backup_again(database: str, folder: Path) -> list[Path]:
    manage(database, "back_up", str(folder / "again"))
    return list((folder / "again").iterdir())


@pytest.mark.one_database("sqlite")  # that one is all it touches
def test_backup_of_later_code_is_refused(source, media, tmp_path):
    with sqlite3.connect(source.removeprefix("sqlite:///")) as opened:
        names = "INSERT INTO django_migrations (app, name, applied)"
        opened.execute(f"{names} VALUES ('circle', '9999_later', '2026-11-01')")
    opened.close()
    done, into = backup(source, tmp_path / "backups"), tmp_path / "into.sqlite3"
    assert "made by later code: circle.9999_later" in refused(
        source, "restore", str(done), "--into", f"sqlite:///{into}"
    )
    assert not into.exists()


# The files --------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path) -> Path:
    """A whole one, as far as its hashes say."""
    made = tmp_path / "backup"
    made.mkdir()
    (made / DATABASE).write_bytes(b"x" * (3 * PIECE + 1))
    (made / MEDIA).write_bytes(b"")
    write_manifest(made, dt.datetime(2026, 11, 29, 2, tzinfo=dt.UTC), {})
    return made


def change(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"y")


def lose(folder: Path) -> None:
    (folder / DATABASE).unlink()


def lose_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def spoil_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("[1]")


FAULTS = {
    change: "is not as it was written",
    lose: "is missing",
    lose_manifest: "no manifest",
    spoil_manifest: "no manifest",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_whole_is_refused(folder, fault):
    assert read_manifest(folder)["files"][DATABASE]
    fault(folder)
    with pytest.raises(BackupError, match=FAULTS[fault]):
        read_manifest(folder)


@pytest.fixture
def sealed(folder, settings) -> Path:
    settings.BACKUP_KEYS = [Fernet.generate_key().decode()]
    return seal_file(folder / DATABASE, backup_keys())


def test_sealed_file_opens_with_its_key_alone(sealed, settings, tmp_path):
    assert not sealed.with_name(DATABASE).exists()
    settings.BACKUP_KEYS = [Fernet.generate_key().decode(), *settings.BACKUP_KEYS]
    assert opened_file(sealed.parent, DATABASE, tmp_path).read_bytes() == b"x" * (3 * PIECE + 1)
    settings.BACKUP_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(BackupError, match="do not open"):
        opened_file(sealed.parent, DATABASE, tmp_path)
    settings.BACKUP_KEYS = []
    with pytest.raises(BackupError, match="names no key"):
        opened_file(sealed.parent, DATABASE, tmp_path)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ([0, 1, 2, 3], "ends too early"),
        ([0, 2, 1, 3, 4], "not as"),
        ([0, 1, 3, 4], "not as"),
        ([], "too early"),
    ],
)
def test_sealed_pieces_stand_in_their_order(sealed, tmp_path, order, said):
    pieces = sealed.read_bytes().splitlines(keepends=True)
    assert len(pieces) == 5
    sealed.write_bytes(b"".join(pieces[number] for number in order))
    with pytest.raises(BackupError, match=said):
        opened_file(sealed.parent, DATABASE, tmp_path)


def test_backups_go_when_they_are_old():
    now = dt.datetime(2026, 11, 29, 2, tzinfo=dt.UTC)
    nights = [now - dt.timedelta(days=days) for days in range(400, -1, -1)]
    found = {Path(each.strftime(NAME)): each for each in nights}
    retained = set(found) - set(outdated_backups(found, now, 14, 12))
    days = [f"2026-11-{day}" for day in range(16, 30)]
    months = ["2025-12-01", *(f"2026-{month:02}-01" for month in range(1, 12))]
    assert sorted(path.name[:10] for path in retained) == sorted([*months, *days])
    old = {Path("a"): now - dt.timedelta(days=900)}
    assert outdated_backups(old, now, 14, 12) == []  # the last one stays, however old
