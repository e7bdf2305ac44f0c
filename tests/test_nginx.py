"""deploy/nginx.conf in a real nginx, before a portal that answers, is cut off, and is gone."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection

from tests import make
from tests.test_tooling import ROOT

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="nginx is the same for each database"),
    pytest.mark.skipif(not (NGINX or os.environ.get("CI")), reason="needs nginx, which CI installs"),
]

HOST = "circle.example.org"
SECURITY = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Strict-Transport-Security",
)
OWN_POLICY = "default-src 'none'"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Security-Policy: default-src 'self'\r\nConnection: close\r\n\r\nportal"


@dataclass
class Portal:
    """Stands where gunicorn would: answers, or cuts off so many requests first."""

    path: Path
    cuts: int = 0
    asked: list[str] = field(default_factory=list)

    def listen(self) -> socket.socket:
        held = socket.socket(socket.AF_UNIX)
        held.bind(str(self.path))
        held.listen()
        Thread(target=self.answer_all, args=(held,), daemon=True).start()
        return held

    def answer_all(self, held: socket.socket) -> None:
        while True:
            try:
                visitor, _ = held.accept()
            except OSError:  # closed: the test is over
                return
            with visitor:
                self.asked.append(visitor.recv(65536).split(b" ", 1)[0].decode())
                if self.cuts:
                    self.cuts -= 1
                else:
                    visitor.sendall(ANSWER)


@dataclass
class Reply:
    status: int
    headers: Message
    text: str


def ask_over(connection: http.client.HTTPConnection, method: str, path: str, **headers: str) -> Reply:
    with closing(connection):
        connection.request(method, path, body=b"x=1" if method == "POST" else None, headers=headers)
        with connection.getresponse() as answer:
            return Reply(answer.status, answer.headers, answer.read().decode())


@dataclass
class Site:
    portal: Portal
    plain: int
    secure: int

    def ask(self, method: str, path: str, cookie: str = "", host: str = HOST) -> Reply:
        connection = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=10)
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE  # it was made for this test
        with closing(socket.create_connection(("127.0.0.1", self.secure), timeout=10)) as plain:
            # The name in the handshake decides which server of nginx answers.
            connection.sock = trusting.wrap_socket(plain, server_hostname=host)
        return ask_over(connection, method, path, Host=host, **({"Cookie": cookie} if cookie else {}))

    def ask_plain(self, path: str, host: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=10)
        return ask_over(connection, "GET", path, Host=host)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def make_certificate(folder: Path) -> None:
    folder.mkdir()
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={HOST}", *files]
    subprocess.run(command, check=True, capture_output=True)


def settings_of_nginx(folder: Path, plain: int, secure: int) -> str:
    """The shipped file, with the folders and ports of this test."""
    shipped = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    here = {
        "/run/circle/gunicorn.sock": str(folder / "gunicorn.sock"),
        "/var/lib/circle/": f"{folder}/",
        "/etc/circle/tls/": f"{folder}/tls/",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{secure}",
    }
    for theirs, ours in here.items():
        assert theirs in shipped
        shipped = shipped.replace(theirs, ours)
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "client_body"))
    unused = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""  # the folder of a test is closed to everybody else
    return (
        f"daemon off; {user} pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
        "http { types { text/html html; text/css css; image/png png; } access_log off;\n"
        f"{temporary} {unused}\n{shipped}\n}}\n"
    )


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    make.community()
    call_command("write_error_pages", str(tmp_path / "errors"))
    (tmp_path / "media").mkdir()
    (tmp_path / "media/x.png").write_bytes(b"x")
    make_certificate(tmp_path / "tls")
    found = Site(Portal(tmp_path / "gunicorn.sock"), free_port(), free_port())
    (tmp_path / "nginx.conf").write_text(settings_of_nginx(tmp_path, found.plain, found.secure))
    command = [str(NGINX), "-p", str(tmp_path), "-e", str(tmp_path / "error.log"), "-c"]
    with (tmp_path / "nginx.log").open("w") as log:
        process = subprocess.Popen([*command, str(tmp_path / "nginx.conf")], stdout=log, stderr=log)
    try:
        wait_until_open(found.secure, process, tmp_path / "nginx.log")
        yield found
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_until_open(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())


def test_get_that_is_cut_off_is_asked_once_more(site):
    site.portal.cuts = 1
    with site.portal.listen():
        assert site.ask("GET", "/").status == 200
        assert site.portal.asked == ["GET", "GET"]


def test_post_is_never_sent_twice(site):
    site.portal.cuts = 1
    with site.portal.listen():
        assert site.ask("POST", "/").status == 503
        assert site.portal.asked == ["POST"]


def test_get_is_asked_no_third_time(site):
    site.portal.cuts = 3
    with site.portal.listen():
        assert site.ask("GET", "/").status == 503
        assert site.portal.asked == ["GET", "GET"]


@pytest.mark.parametrize(
    ("path", "cookie", "lang", "size", "sentence"),
    [
        ("/circle/", "", "zh-Hans", "normal", "网站暂时打不开"),
        ("/en/circle/", "", "en", "normal", "The portal cannot be reached for a moment"),
        ("/en", "look=size=elder", "en", "elder", "The portal cannot be reached for a moment"),
        ("/entry/", "look=size%3Delder", "zh-Hans", "normal", "网站暂时打不开"),
    ],
)
def test_portal_that_is_gone_is_told_in_our_style(site, path, cookie, lang, size, sentence):
    answer = site.ask("GET", path, cookie)
    page = answer.text
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'lang="{lang}"' in page
    assert f'data-size="{size}"' in page
    assert make.PHONE in page
    assert sentence in page
    style = site.ask("GET", "/errors/page.css")
    assert (style.status, style.headers["Content-Type"]) == (200, "text/css")
    assert style.text == (ROOT / "static/css/app.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "ask",
    [
        lambda site: site.ask("GET", "/"),
        lambda site: site.ask("GET", "/errors/page.css"),
        lambda site: site.ask("GET", "/errors/503.zh.normal.html"),  # no address of its own: 404
        lambda site: site.ask("GET", "/media/x.png"),
        lambda site: site.ask("GET", "/media/none.png"),
        lambda site: site.ask("GET", "/" + "x" * 9_000),
    ],
)
def test_own_answers_of_nginx_carry_each_security_header_once(site, ask: Callable[[Site], Reply]):
    answer = ask(site)
    found = {name: answer.headers.get_all(name) or [] for name in SECURITY}
    assert {name: len(values) for name, values in found.items()} == dict.fromkeys(SECURITY, 1)
    assert found["Content-Security-Policy"][0].startswith(OWN_POLICY)
    assert answer.headers["Server"] == "nginx"


def test_answers_of_the_portal_get_no_second_header(site):
    with site.portal.listen():
        answer = site.ask("GET", "/")
    assert (answer.text, answer.headers.get_all("Content-Security-Policy")) == (
        "portal",
        ["default-src 'self'"],
    )
    assert answer.headers["X-Frame-Options"] is None


def test_foreign_host_gets_no_answer(site):
    with pytest.raises(ssl.SSLError):
        site.ask("GET", "/", host="foreign.example.org")
    with pytest.raises(http.client.RemoteDisconnected):
        site.ask_plain("/", host="foreign.example.org")


def test_plain_http_is_sent_to_https(site):
    answer = site.ask_plain("/help/", host=HOST)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/help/")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Strict-Transport-Security"] is None
