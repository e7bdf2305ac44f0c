"""Error pages in the portal's own style; they must render even when the database is down."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from circle.web.request_log import current_id
from circle.web.trouble import is_trouble, show_trouble


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called by Django while it handles the exception."""
    if is_trouble(sys.exception()):
        return show_trouble(request)
    return render(request, "errors/500.html", {"request_id": current_id.get()[:8]}, status=500)
