import pytest
import time_machine

from tests import make


@pytest.fixture
def in_the_morning():
    with time_machine.travel(make.MORNING, tick=False):
        yield
