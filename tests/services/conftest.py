import pytest
from django.db.models.signals import post_init

from services.models import Slot


@pytest.fixture
def slots_read():
    """How many times of the hall a call reads from the database as rows."""

    def count(act) -> int:
        read = []

        def note(instance, **kwargs) -> None:
            read.append(instance)

        post_init.connect(note, sender=Slot)
        try:
            act()
        finally:
            post_init.disconnect(note, sender=Slot)
        return len(read)

    return count
