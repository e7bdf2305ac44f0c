"""One process of people at the doors, each in a thread of its own; test_race_sign_in.py starts it."""

import os
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from threading import Barrier, local
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import setup_test_environment
from django.utils import timezone

from tests.race.children import READY

THREADS = 8
door = Barrier(THREADS)
shown = local()


def note_form(context: Any, **kwargs: Any) -> None:
    """The form that this thread was shown. A response of the test client holds those of all threads."""
    if "form" in context:
        shown.form = context["form"]


def posted(client: Client, url: str, fields: dict[str, str]) -> str:
    response = client.post(url, fields)
    if response.status_code != 422:
        return response.get("Location", str(response.status_code))
    found = shown.form.errors.as_data()
    return ", ".join(error.code or "" for errors in found.values() for error in errors)


def ask(phone: str) -> str:
    return posted(Client(), "/sign-in/", {"phone": phone})


def knock(email: str) -> str:
    return posted(Client(), "/sign-in/staff/", {"login": email, "password": "wrong"})


def guess(session: str, code: str) -> str:
    client = Client()
    client.cookies["session"] = session
    return posted(client, "/sign-in/code/", {"code": code})


def send(user: int) -> str:
    """Not through the pages: there the count of connections lets one in at a time."""
    from circle.actions import send_sign_in_code
    from circle.models import Community, User

    login, community = User.objects.get(pk=user), Community.objects.get()
    door.wait()
    try:
        send_sign_in_code(user=login, code="123456", community=community, at=timezone.now())
    except ValidationError as refusal:
        return refusal.code
    return "sent"


def done(task: str, arguments: list[Any]) -> str:
    try:
        answer: str = globals()[task](*arguments)
    finally:
        connections.close_all()
    return answer


def live(pipe: Connection) -> None:
    """Hears the task, a list of arguments for each thread, and the limits that are not as in production.

    Says what each thread was told: the code of a refusal, where it was led, or the status of another page.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # Django tells each 422 there
    setup_test_environment()  # or no template would tell that it was drawn
    template_rendered.connect(note_form)
    job = pipe.recv()
    settings.ACCOUNT_RATE_LIMITS |= job["limits"]
    pipe.send(READY)
    pipe.recv()
    with ThreadPoolExecutor(len(job["arguments"])) as threads:
        pipe.send(list(threads.map(lambda arguments: done(job["task"], arguments), job["arguments"])))
