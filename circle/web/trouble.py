"""Tells trouble around the portal, which passes by itself, from a fault in it."""

from errno import EDQUOT, ENOSPC, EROFS

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from circle.web.middleware import last_known_phone

RETRY_SECONDS = 30
# Of PostgreSQL: a table is missing, and the server (a standby, such as after a failure) takes no writes.
OF_THE_SERVER = {"42P01", "25006"}
OF_OUR_SQL = ("no such column", "near ")  # SQLite tells these faults of ours as operational ones


def is_trouble(error: BaseException | None) -> bool:
    """Database or cache gone, or without one of their tables; disk full: the request asked for none of it."""
    if isinstance(error, OperationalError):
        return not str(error).startswith(OF_OUR_SQL)
    if isinstance(error, DatabaseError):
        return getattr(error.__cause__, "pgcode", "") in OF_THE_SERVER
    if isinstance(error, OSError):
        return error.errno in (ENOSPC, EDQUOT, EROFS)
    return isinstance(error, InterfaceError) or type(error).__module__.startswith("redis.")


def show_trouble(request: HttpRequest) -> HttpResponse:
    """503 in our style, without a look into the database."""
    context = {"phone": last_known_phone(), "was_sent": request.method == "POST"}
    response = render(request, "errors/503.html", context, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
