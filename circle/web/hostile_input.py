"""What no browser of ours sends: a NUL, which PostgreSQL takes in no text, and an address without end."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NUL = "\0"
LONGEST_QUERY = 8_000  # bytes, twice what gunicorn lets in; SQLite searches for no text of 50,000


class HostileInputMiddleware:
    """Answers 400 or 414 before any view reads it. After CsrfViewMiddleware, which has read the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return refusal_page(request, status=414)
        if NUL in request.path or "%00" in query or NUL in query:
            return refusal_page(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        return refusal_page(request) if request.method == "POST" and has_nul(request) else None


def has_nul(request: HttpRequest) -> bool:
    return any(NUL in text for name, texts in request.POST.lists() for text in (name, *map(str, texts)))


def refusal_page(request: HttpRequest, status: int = 400) -> HttpResponse:
    """Without the query, which each link of the page would carry on."""
    request.META["QUERY_STRING"] = ""
    return render(request, "errors/400.html", status=status)
