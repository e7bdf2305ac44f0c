"""The HTTP client for a vendor's gateway; address, headers and shape of the body are settings.

Requests are signed: X-Signature is HMAC-SHA256, in hex, of "<X-Timestamp>.<body>" under the gateway's secret.
X-Message-Id is the same when a message is sent again, so that the gateway can drop the copy.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from http.client import HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from circle.notifications.gateway_shapes import RefusedError, answer_code, check_answer, fill_body

SECONDS = 10
MOST_BYTES = 65_536
TRANSIENT = {408, 425, 429}


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
