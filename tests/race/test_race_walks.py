"""Two computations of one kind at once: one does it, and readers see the old answers or the new, whole."""

import threading

import pytest

from circle.actions import queue_walks
from circle.models import WalkRun, WalkTime
from circle.proximity import compute as computing
from tests import make, make_walks

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
HOMES = 40


@pytest.fixture
def community():
    """The ways from one building are known; then forty come, and those from all are asked for."""
    make.building()
    kind = make.facility(east=100).kind
    make_walks.adopted()
    assert len(compute()) == 1
    for number in range(HOMES):
        make.building(east=number)
    queue_walks(community=make.here(), kinds=[kind], at=make.MORNING)
    return make.here()


def compute() -> list[computing.ComputedKind]:
    return list(computing.compute_waiting(make.here(), make.MORNING))


def shown() -> int:
    """How many ways from buildings the pages see."""
    return WalkTime.objects.published().filter(building__isnull=False).count()


def test_of_two_computations_at_once_one_does_it_and_the_other_gives_way(community, at_once):
    answers = at_once(compute, compute)
    assert sorted(len(answer) for answer in answers) == [0, 1]
    assert shown() == WalkTime.objects.filter(building__isnull=False).count() == HOMES + 1
    assert WalkRun.objects.exclude(state="superseded").count() == 1


@pytest.mark.planted
def test_without_the_claim_both_would_write(community, at_once, monkeypatch):
    monkeypatch.setattr(computing, "claim_run", lambda run, network, at: True)
    monkeypatch.setattr(computing, "publish_run", waiting_for_both(computing.publish_run))
    answers = at_once(compute, compute)
    assert any(isinstance(answer, Exception) for answer in answers) or len(answers[0] + answers[1]) == 2


def waiting_for_both(publish):
    both = threading.Barrier(2)

    def wait(run):
        both.wait(timeout=5)
        publish(run)

    return wait


def test_readers_see_the_old_answers_until_the_new_are_whole(community, at_once):
    is_done = threading.Event()

    def work() -> None:
        try:
            compute()
        finally:
            is_done.set()

    def read() -> set[int]:
        seen = {shown()}
        while not is_done.is_set():
            seen.add(shown())
        return seen | {shown()}

    worked, seen = at_once(work, read)
    assert worked is None
    assert seen - {1} == {HOMES + 1}
