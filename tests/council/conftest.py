import pytest

from tests import make


@pytest.fixture
def director_client(client, db):
    client.force_login(make.director())
    return client
