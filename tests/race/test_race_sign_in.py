"""The limits of sign-in are kept by all processes together: they share the database and nothing else."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from circle.models import Message, User
from tests import make
from tests.race import children, sign_in
from tests.race.sign_in import THREADS

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PROCESSES = 2
PHONE = "13800138000"


def told(task: str, arguments: list[list[Any]], **limits: str | None) -> Counter[str]:
    """What all the threads of all processes were told, begun at the same moment."""
    shares = [arguments[first::PROCESSES] for first in range(PROCESSES)]
    jobs = [{"task": task, "arguments": share, "limits": limits} for share in shares]
    with children.children(sign_in.live, jobs) as found:
        children.let_in(found)
        return Counter(children.answers_of(found))


def everybody(*arguments: Any) -> list[list[Any]]:
    return [list(arguments)] * (PROCESSES * THREADS)


def guesses() -> list[list[Any]]:
    """One sign-in under way, and a wrong code for each thread."""
    client = Client()
    client.post("/sign-in/", {"phone": PHONE})
    code = int(Message.objects.get().all_values["code"])
    session = client.cookies["session"].value
    return [[session, f"{(code + number) % 1_000_000:06}"] for number in range(1, PROCESSES * THREADS + 1)]


@pytest.fixture(autouse=True)
def community():
    return make.community()


def test_number_asked_for_by_many_at_once_gets_one_code():
    answers = told("ask", everybody(PHONE))
    assert answers.pop("/sign-in/code/") == 1
    assert set(answers) - {"code_too_soon", "too_many_login_attempts"} == set()
    assert (Message.objects.count(), User.objects.count()) == (1, 1)


def test_login_sent_to_by_many_at_once_gets_one_code():
    user = make.resident_login()
    assert told("send", everybody(user.pk)) == {"sent": 1, "code_too_soon": PROCESSES * THREADS - 1}
    assert Message.objects.count() == 1


def test_connection_used_by_many_at_once_keeps_its_limit():
    """allauth lets nobody pass whom it could not count within a second: there may be fewer than five."""
    phones = [[make.mobile()] for _ in range(PROCESSES * THREADS)]
    answers = told("ask", phones, request_login_code="5/h/ip")
    passed = answers.pop("/sign-in/code/")
    assert (1 <= passed <= 5, answers) == (True, {"too_many_login_attempts": PROCESSES * THREADS - passed})


def test_staff_door_takes_five_failures_from_all_processes_together():
    answers = told("knock", everybody(make.director().email))
    tried = answers.pop("email_password_mismatch")
    assert (1 <= tried <= 5, set(answers) - {"too_many_login_attempts", "429"}) == (True, set())


def test_code_tried_by_many_at_once_is_tried_three_times():
    """The third wrong one, and all after it, are led back to the start."""
    answers = told("guess", guesses())
    assert answers["incorrect_code"] <= 3
    assert answers == {"incorrect_code": answers["incorrect_code"], "/sign-in/": answers["/sign-in/"]}


def test_code_counted_in_the_session_alone_is_tried_more_often():
    """The negative control: what allauth itself counts is overrun by the same load."""
    assert told("guess", guesses(), try_login_code=None)["incorrect_code"] > 3
