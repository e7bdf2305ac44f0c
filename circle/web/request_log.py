"""One line for each request: its id, route, status, time and queries; no address, no name, no number."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-Id"
FROM_PROXY = re.compile(r"[0-9a-f]{16,64}\Z")
current_id: ContextVar[str] = ContextVar("current_id", default="")
log = logging.getLogger(__name__)


class RequestLogMiddleware:
    """Before all others, so that it sees the answer of each of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = request_id_of(request)
        token = current_id.set(found)
        request.request_id = found  # type: ignore[attr-defined]  # Django logs a missing page after us
        queries, begun = QueryCount(), time.perf_counter()
        try:
            with connection.execute_wrapper(queries):
                response = self.get_response(request)
            response[HEADER] = found
            note_request(request, response, queries.count, time.perf_counter() - begun)
        finally:
            current_id.reset(token)
        return response


class QueryCount:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def request_id_of(request: HttpRequest) -> str:
    """The proxy's, by which its own log is found, else a new one; a visitor cannot choose it."""
    given = request.headers.get(HEADER, "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return given if FROM_PROXY.match(given) else uuid.uuid4().hex


def note_request(request: HttpRequest, response: HttpResponse, queries: int, seconds: float) -> None:
    """The route's name and never the address, which may hold a booking code or what somebody searched for."""
    match = request.resolver_match
    if not match and request.path.startswith(settings.STATIC_URL):
        return
    is_slow = seconds * 1000 > settings.SLOW_REQUEST_MS
    values = {
        "method": request.method if request.method in ("GET", "HEAD", "POST") else "other",
        "route": match.view_name if match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000),
        "queries": queries,
    }
    told = "slow request" if is_slow else "request"
    log.log(logging.WARNING if is_slow else logging.INFO, told, extra={"request_values": values})
