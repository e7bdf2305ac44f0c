"""Published minutes against their record, their chain and the rows of their meeting."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from circle.audit import append_only
from circle.models import Record
from council import actions
from council.actions.verification import find_minutes_faults
from council.models import AgendaItem, Attendance, Meeting, MinutesVersion, Resolution, text_digest
from tests import make_council as council

pytestmark = [pytest.mark.django_db, pytest.mark.planted]
V1, V2 = "minutes 2026-11 v1: ", "minutes 2026-11 v2: "


def unguarded(model, change) -> None:
    """As somebody who owns the database can."""
    append_only.drop_triggers(connection, [model])
    change()
    append_only.install_triggers(connection, [model])


def faults() -> list[str]:
    return list(find_minutes_faults())


def rewrite(minutes: MinutesVersion) -> None:
    """The text and its hash together: the row itself is without a contradiction."""
    body = minutes.body.replace("大家", "大伙")
    values = {"body": body, "sha256": text_digest(body)}
    unguarded(MinutesVersion, lambda: MinutesVersion.objects.filter(pk=minutes.pk).update(**values))


def test_untouched_minutes_have_no_faults():
    council.corrected(council.published())
    actions.correct_minutes(
        published=MinutesVersion.objects.current().get(),
        reason="补记",
        at=council.AFTER,
        by=council.secretary(),
    )
    council.resolution(item=AgendaItem.objects.get(), yes=5, no=3, abstain=1)
    assert faults() == []


def test_publication_is_recorded_with_its_hash():
    minutes = council.published()
    assert Record.objects.get(verb="minutes_published").details == {"version": 1, "sha256": minutes.sha256}


def test_text_rewritten_with_its_hash_differs_from_the_record():
    rewrite(council.published())
    assert faults() == [V1 + "another hash was recorded when it was published"]


def test_publication_recorded_without_a_hash_is_no_fault():
    """Those before the hash was recorded."""
    minutes = council.published()
    published = Record.objects.filter(verb="minutes_published")
    unguarded(Record, lambda: published.update(details={"version": 1}))
    assert faults() == []
    unguarded(Record, lambda: published.delete())
    assert faults() == []
    assert minutes.is_public


def test_correction_names_the_version_that_it_replaces():
    first = council.published()
    council.corrected(first)
    records = Record.objects.filter(verb="minutes_published")
    unguarded(Record, lambda: records.delete())
    rewrite(first)
    assert faults() == [V2 + "it replaces another text than that of version 1"]


@pytest.mark.parametrize("version", [1, 2])
def test_version_that_is_gone_is_named(version):
    council.corrected(council.published())
    gone = MinutesVersion.objects.filter(version=version)

    def delete() -> None:
        gone.get().writers.clear()
        gone.delete()

    unguarded(MinutesVersion, delete)
    assert faults() == [f"minutes 2026-11 v{version}: it is gone"]


def test_last_version_that_is_gone_with_its_record_is_named():
    council.corrected(council.published())
    gone = MinutesVersion.objects.filter(version=2)

    def delete() -> None:
        gone.get().writers.clear()
        gone.delete()

    unguarded(MinutesVersion, delete)
    unguarded(Record, lambda: Record.objects.filter(details__version=2).delete())
    assert faults() == [V2 + "it is gone"]


def test_only_version_that_is_gone_is_named_by_its_record():
    minutes = council.published()

    def delete() -> None:
        minutes.writers.clear()
        MinutesVersion.objects.all().delete()

    unguarded(MinutesVersion, delete)
    assert faults() == [f"minutes v1, published as row {minutes.pk}: it is gone"]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda: Attendance.objects.filter(status="absent").update(status="excused"), "roll"),
        (lambda: Resolution.objects.update(yes=7, no=1), "points"),
        (lambda: Resolution.objects.update(text_zh="不同意。"), "points"),
        (lambda: AgendaItem.objects.update(title_zh="别的"), "points"),
        (lambda: Meeting.objects.update(ended_at=council.minutes_in(90)), "ended"),
        (lambda: Meeting.objects.update(opened_at=council.minutes_in(1)), "begun"),
    ],
)
def test_rows_that_say_something_else_than_the_published_minutes_are_found(change, part):
    council.published()
    change()
    assert faults() == [V1 + f"the rows of the meeting say something else: {part}"]


def test_body_and_place_may_be_renamed():
    minutes = council.published()
    minutes.meeting.body.__class__.objects.update(name_zh="新名")
    minutes.meeting.place.__class__.objects.update(name_zh="新名")
    assert faults() == []


def test_command_names_the_fault_and_fails(capsys):
    rewrite(council.published())
    with pytest.raises(CommandError):
        call_command("check_invariants")
    assert V1 + "another hash was recorded when it was published" in capsys.readouterr().err


def test_many_versions_are_verified_in_few_queries(django_assert_max_num_queries):
    minutes = council.published()
    for _ in range(3):
        minutes = council.corrected(minutes)
    with django_assert_max_num_queries(12):
        assert faults() == []
