import pytest
import time_machine

from tests import make_council as council


@pytest.fixture
def clock():
    """During the call for topics."""
    with time_machine.travel(council.IN_CALL, tick=False) as traveller:
        yield traveller


@pytest.fixture
def secretary(client, db):
    """At the desk."""
    found = council.secretary()
    client.force_login(found)
    return found
