"""Sessions: sealed in the database, and as long as their owner keeps coming back."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from circle.identifiers.encryption import seal_text, unseal_text

SEEN_ON_KEY = "seen_on"


class SealedSerializer:
    """Half a sign-in is kept in the session: the phone number and its code. At rest both are sealed."""

    def dumps(self, values: Any) -> bytes:
        return seal_text(json.dumps(values)).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(unseal_text(data.decode()))


class SlidingSessionMiddleware:
    """Whoever is signed in is kept so from the last visit on: once a day the session is saved again.

    A session that ends at a fixed time (staff) still does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        today = localdate().isoformat()
        # Only where the page has read it anyway: nobody else pays a query.
        if session.accessed and SESSION_KEY in session and session.get(SEEN_ON_KEY) != today:
            session[SEEN_ON_KEY] = today
        return response
