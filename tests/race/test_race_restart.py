"""Nobody notices a restart of the portal, or its death: the socket stays open meanwhile."""

import http.client
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from tests import make
from tests.race.systemd import Service, held_socket, read_unit

pytestmark = [pytest.mark.race, pytest.mark.long, pytest.mark.django_db(transaction=True)]

CLIENTS = 8
PAGES = ("/en/help/", "/healthz", "/en/services/")
HOW = (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL)


class Connection(http.client.HTTPConnection):
    """Over a Unix socket, as nginx comes."""

    def __init__(self, path: Path) -> None:
        super().__init__("127.0.0.1", timeout=30)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(30)
        self.sock.connect(str(self.path))


def ask(path: Path, page: str) -> str:
    connection = Connection(path)
    try:
        connection.request("GET", page, headers={"Connection": "close"})
        answer = connection.getresponse()
        answer.read()
        return str(answer.status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()


def keep_asking(path: Path, is_over: Event, seen: Counter[str]) -> None:
    while not is_over.is_set():
        for page in PAGES:
            seen[ask(path, page)] += 1


def restart_under_load(
    service: Service, path: Path, restart: Callable[[Service, Counter[str]], None]
) -> Counter[str]:
    """Answers by status or error while the portal is restarted three times under eight clients."""
    seen: Counter[str] = Counter()
    is_over = Event()
    service.start()
    try:
        wait_for_answers(path)
        clients = [Thread(target=keep_asking, args=(path, is_over, seen)) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        restart(service, seen)
        is_over.set()
        for client in clients:
            client.join()
    finally:
        is_over.set()
        service.kill()
    return seen


def restart_three_times(path: Path) -> Callable[[Service, Counter[str]], None]:
    def restart(service: Service, seen: Counter[str]) -> None:
        for how in HOW:
            wait_for_load(seen)
            service.stop(how)
            service.start()
            wait_for_answers(path)
        wait_for_load(seen)

    return restart


def wait_for_load(seen: Counter[str]) -> None:
    """Until as many more were answered or refused as all clients ask in a round, however slow the machine."""
    until, enough = time.monotonic() + 60, seen.total() + CLIENTS * len(PAGES)
    while seen.total() < enough:
        assert time.monotonic() < until, seen
        time.sleep(0.05)


def wait_for_answers(path: Path) -> None:
    until = time.monotonic() + 30
    while ask(path, "/healthz") != "200":
        assert time.monotonic() < until, (path.parent / "service.log").read_text()[-3000:]
        time.sleep(0.05)


def test_no_request_fails_while_the_portal_is_restarted(tmp_path):
    make.community()
    path = tmp_path / "gunicorn.sock"
    with held_socket(path) as held:
        seen = restart_under_load(Service(tmp_path, held=held), path, restart_three_times(path))
    assert set(seen) == {"200"}, seen
    assert seen["200"] > CLIENTS * len(PAGES) * len(HOW)


def test_requests_fail_where_the_portal_opens_the_socket_itself(tmp_path):
    """The negative control: the same restarts without the socket unit."""
    make.community()
    path = tmp_path / "gunicorn.sock"
    seen = restart_under_load(Service(tmp_path, bind=path), path, restart_three_times(path))
    assert sum(count for answer, count in seen.items() if answer != "200") > 0, seen


def test_units_leave_the_socket_to_systemd():
    service, held = read_unit("circle.service"), read_unit("circle.socket")
    assert "--bind" not in service["Service"]["ExecStart"]
    assert service["Unit"]["Requires"] == "circle.socket"
    # It would take the socket away with each stop.
    assert "RuntimeDirectory" not in service["Service"]
    assert (service["Service"]["Restart"], service["Unit"]["StartLimitIntervalSec"]) == ("always", "0")
    assert held["Socket"]["ListenStream"] == "/run/circle/gunicorn.sock"
    assert (held["Socket"]["SocketGroup"], held["Socket"]["SocketMode"]) == ("www-data", "0660")
