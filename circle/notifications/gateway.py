"""The HTTP client for a vendor's gateway; address, headers and shape of the body are settings.

Requests are signed: X-Signature is HMAC-SHA256, in hex, of "<X-Timestamp>.<body>" under the gateway's secret.
X-Message-Id is the same when a message is sent again, so that the gateway can drop the copy.
"""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from http.client import HTTPMessage
from string import Template
from typing import IO, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 10
MOST_BYTES = 65_536
TRANSIENT = {408, 425, 429}


class RefusedError(Exception):
    """The gateway rejects this message for good; `code` says why."""

    def __init__(self, code: object) -> None:
        # Some vendors repeat the phone number in their answer; it must not reach the log or the table.
        self.code = re.sub(r"\d{7,}", "#", re.sub(r"[^\w.:-]", "", str(code)))[:60]
        super().__init__(self.code)


class NoRedirect(HTTPRedirectHandler):
    """Follows no redirect: an answer must not send a message to another address."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def post_message(
    url: str, *, shape: Mapping[str, Any], values: Mapping[str, str], secret: str, message_id: str
) -> None:
    """Send one message; raises RefusedError, or any other error where the fault may be temporary.

    `shape` is a gateway setting: "headers"; "body" with $names of `values`; "ok", the values that the JSON
    answer must have; "busy", for each name a list of values after which the message is retried.
    """
    body = json.dumps(fill_body(shape.get("body", {}), values), ensure_ascii=False).encode()
    stamp = str(int(time.time()))
    signature = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Timestamp": stamp,
        "X-Signature": signature,
        "X-Message-Id": message_id,
    }
    request = Request(url, body, headers | shape.get("headers", {}), method="POST")  # noqa: S310 - settings.py
    try:
        with build_opener(NoRedirect).open(request, timeout=SECONDS) as response:
            answer = response.read(MOST_BYTES)
    except HTTPError as error:
        with error:
            if error.code >= 500 or error.code in TRANSIENT:
                raise ConnectionError(f"http_{error.code}") from None
            raise RefusedError(answer_code(error.read(MOST_BYTES)) or f"http_{error.code}") from None
    check_answer(answer, shape)


def fill_body(shape: Any, values: Mapping[str, str]) -> Any:
    """The body with its $names replaced at any depth."""
    if isinstance(shape, dict):
        return {name: fill_body(value, values) for name, value in shape.items()}
    if isinstance(shape, list):
        return [fill_body(value, values) for value in shape]
    return Template(shape).safe_substitute(values) if isinstance(shape, str) else shape


def check_answer(answer: bytes, shape: Mapping[str, Any]) -> None:
    """Judge by the body, since many vendors answer 200 to everything.

    Raises ConnectionError where it may be retried. Refuses: the vendor's code, or not_ok.
    """
    parsed = parse_answer(answer)
    if any(parsed.get(name) in codes for name, codes in shape.get("busy", {}).items()):
        raise ConnectionError(f"http_200_{answer_code(answer)}")
    if any(parsed.get(name) != value for name, value in shape.get("ok", {}).items()):
        raise RefusedError(answer_code(answer) or "not_ok")


def answer_code(answer: bytes) -> str:
    parsed = parse_answer(answer)
    return str(next((parsed[name] for name in ("code", "Code", "errcode") if name in parsed), ""))


def parse_answer(answer: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(answer)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
