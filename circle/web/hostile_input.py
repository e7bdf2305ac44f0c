"""A NUL in an address or a form: no keyboard has it, and PostgreSQL takes it in no text."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NUL = "\0"


class NulMiddleware:
    """Answers 400 before any view reads it. After CsrfViewMiddleware, which has read the form by then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if NUL in request.path or "%00" in query or NUL in query:
            return refuse(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        return refuse(request) if request.method == "POST" and has_nul(request) else None


def has_nul(request: HttpRequest) -> bool:
    return any(NUL in text for name, texts in request.POST.lists() for text in (name, *map(str, texts)))


def refuse(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/400.html", status=400)
