import pytest

from tests.race import server


@pytest.fixture
def hall_server(transactional_db, tmp_path):
    """A gunicorn of two workers with four threads each, over this test's database."""
    with server.served(tmp_path) as served:
        yield served
