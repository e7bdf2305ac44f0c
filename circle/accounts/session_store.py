"""Sessions: encrypted in the database, and extended on each day their owner visits."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from circle.identifiers.encryption import seal_text, unseal_text

SEEN_ON_KEY = "seen_on"


class SealedSerializer:
    """Encrypts session data at rest: during a sign-in it holds the phone number and the code."""

    def dumps(self, values: Any) -> bytes:
        return seal_text(json.dumps(values)).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(unseal_text(data.decode()))


class SlidingSessionMiddleware:
    """Saves the session of a signed-in user once a day, so that its lifetime counts from the last visit.

    A session that ends at a fixed time (staff) is not extended.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        today = localdate().isoformat()
        # Only where the page has read the session anyway, so that no other page pays a query.
        if session.accessed and SESSION_KEY in session and session.get(SEEN_ON_KEY) != today:
            session[SEEN_ON_KEY] = today
        return response
