"""What was decided under the tables of before comes out the same under those of now."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from council import actions
from council.models import Attendance, BodyRule, Meeting, Membership, MinutesVersion, Resolution
from tests import make_council as council

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.planted,
    pytest.mark.long,
    pytest.mark.one_database("sqlite"),
    pytest.mark.any_day,  # of its own it walks migrations alone
]
AT = council.AFTER


class OldChain(MigrationLoader):
    """Without the migrations that build an empty database at once: nothing leads back through those."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {
            key: migration for key, migration in self.disk_migrations.items() if not migration.replaces
        }


@pytest.fixture
def back_to():
    """Brings the council's tables back to a migration; afterwards they are those of now again."""

    def go(name: str):
        executor = MigrationExecutor(connection)
        executor.loader = OldChain(connection)
        executor.migrate([("council", name)])
        return executor.loader.project_state(("council", name)).apps

    yield go
    call_command("migrate", "council", verbosity=0)


def test_past_meetings_take_their_own_rule_and_roll(back_to):
    """One test for all of it: to migrate there and back takes twenty seconds."""
    published = council.published()
    coming = council.noticed(body=published.meeting.body, part=2)
    other = council.published(body=council.committee(), members=6, present=5)
    # A seat that was never marked, and one that was given afterwards for that day.
    Attendance.objects.filter(
        membership=Membership.objects.filter(body=other.meeting.body).latest("pk")
    ).delete()
    late = council.seat(body=published.meeting.body)
    before = decisions()

    old = back_to("0001_initial")
    assert "seat" not in [field.name for field in old.get_model("council", "Attendance")._meta.fields]
    bodies = old.get_model("council", "Body").objects.filter(pk=published.meeting.body_id)
    bodies.update(pass_num=3, pass_den=4, quorum_num=1, quorum_den=1)
    call_command("migrate", "council", verbosity=0)

    rules = BodyRule.objects.filter(body=published.meeting.body_id)
    assert [rule.to_pass.num for rule in rules.order_by("pk")] == [1, 3]
    assert rules.on(council.STARTS.date()).first().to_pass.num == 3
    meetings = [Meeting.objects.get(pk=row.pk).rule.to_pass.num for row in (published.meeting, coming)]
    assert meetings == [1, 3]
    assert not Attendance.objects.filter(membership=late).exists()
    assert Attendance.objects.filter(meeting=other.meeting).count() == 6
    for version in (published, other):
        second = correct(version)
        assert (second.sheet.roll, second.sheet.points) == (version.sheet.roll, version.sheet.points)
    assert decisions() == before


def decisions() -> list[dict]:
    """All that was decided; the revision of the form is younger than the oldest tables."""
    rows = Resolution.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "revision"} for row in rows]


def correct(published: MinutesVersion) -> MinutesVersion:
    published = MinutesVersion.objects.get(pk=published.pk)
    return actions.correct_minutes(published=published, reason="错别字", at=AT, by=council.secretary())
