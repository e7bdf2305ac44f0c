import pytest

from tests.race import server
from tests.race.clock import Clock


@pytest.fixture
def hall_server(transactional_db, tmp_path):
    """A gunicorn of two workers with four threads each, over this test's database."""
    with server.served(tmp_path) as served:
        yield served


@pytest.fixture
def clock(tmp_path):
    return Clock(tmp_path)


@pytest.fixture
def clocked_server(transactional_db, tmp_path, clock):
    """The same, whose clock can be moved."""
    with server.served(tmp_path, clock.environment(), clock.options) as served:
        yield served
