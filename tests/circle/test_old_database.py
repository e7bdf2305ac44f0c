"""A database of before the first release is refused with a sentence, and nothing in it changes."""

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder

from circle.models import Community
from tests import make

pytestmark = pytest.mark.django_db

APPLIED = MigrationRecorder.Migration.objects.filter(app="circle")


def test_migrate_refuses_a_database_of_before_the_first_release():
    community = make.here()
    APPLIED.filter(name="0001_initial").update(name="0001_places_and_people")

    with pytest.raises(CommandError, match="before the first release") as refusal:
        call_command("migrate", verbosity=0)

    assert "demo data" in str(refusal.value)
    assert Community.objects.get() == community


def test_migrate_is_harmless_when_repeated():
    call_command("migrate", verbosity=0)

    assert APPLIED.filter(name="0001_initial").count() == 1
