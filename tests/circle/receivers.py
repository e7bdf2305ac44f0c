"""A vendor's gateway and a mail server on this machine, as real as the protocol asks."""

import json
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway:
    """What came in, in order; `answer` may be changed: of a body it makes (status, JSON)."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answer: Callable[[Any], tuple[int, Any]] = lambda _body: (200, {"Code": "OK"})

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _headers, body in self.requests]

    @property
    def ids(self) -> list[str]:
        return [headers["X-Message-Id"] for headers, _body in self.requests]


@contextmanager
def gateway() -> Iterator[Gateway]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.requests.append((dict(self.headers), body))
            status, said = found.answer(json.loads(body))
            content = json.dumps(said).encode()
            try:
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "http://127.0.0.1:9/")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                return  # who asked was killed meanwhile

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Gateway(f"http://127.0.0.1:{server.server_port}/send")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Mailbox:
    """What an SMTP server took; `refusals` by address, such as {"a@example.invalid": b"550 unknown"}.

    `came` is called for each letter before it is answered.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.letters: list[str] = []
        self.refusals: dict[str, bytes] = {}
        self.came: Callable[[], None] = lambda: None

    @property
    def ids(self) -> list[str]:
        """The part of each Message-ID that the outbox gave."""
        heads = [
            re.search(r"^Message-ID: <(.*)@", letter, re.MULTILINE | re.IGNORECASE) for letter in self.letters
        ]
        return [head.group(1) for head in heads if head]


class Conversation(socketserver.StreamRequestHandler):
    mailbox: Mailbox

    def say(self, line: bytes) -> None:
        with suppress(OSError):  # who asked was killed meanwhile
            self.wfile.write(line + b"\r\n")

    def handle(self) -> None:
        self.say(b"220 here")
        while line := self.rfile.readline().decode().strip():
            if line.upper() == "QUIT":
                self.say(b"221 bye")
                return
            self.answer(line)

    def answer(self, line: str) -> None:
        if line.upper().startswith("RCPT"):
            address = line.partition("<")[2].partition(">")[0]
            self.say(self.mailbox.refusals.get(address, b"250 ok"))
        elif line.upper() == "DATA":
            self.say(b"354 go on")
            lines = []
            while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
                lines.append(line)
            self.mailbox.letters.append("".join(lines))
            self.mailbox.came()
            self.say(b"250 taken")
        else:
            self.say(b"250 ok")


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    handler = type("Handler", (Conversation,), {})
    with MailServer(("127.0.0.1", 0), handler) as server:
        handler.mailbox = found = Mailbox(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()
