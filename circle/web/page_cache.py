"""Caches pages that are the same for everybody for a minute.

Building a page costs some thirty times what an empty answer costs, and most visitors ask for the same few.
Whoever has any cookie but that of the display preferences and that of a form (staff, a visitor with a message
waiting) always gets a fresh page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_page
from django.views.decorators.vary import vary_on_cookie

from circle.web.display_preferences import PREFERENCES_COOKIE

SECONDS = 60
View = Callable[..., HttpResponse]


def cache_for_a_minute(view: View) -> View:
    """The key holds the address, the language and, by the Vary header, the display preferences."""
    cached = cache_page(SECONDS, cache="pages")(vary_on_cookie(view))

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if set(request.COOKIES) - {PREFERENCES_COOKIE, settings.CSRF_COOKIE_NAME}:
            return view(request, *args, **kwargs)
        with only_preferences(request):
            return cached(request, *args, **kwargs)

    return wrapper


@contextmanager
def only_preferences(request: HttpRequest) -> Iterator[None]:
    """The cache reads the header: without the cookie of a form, else each visitor had pages of their own."""
    header = request.META.get("HTTP_COOKIE", "")
    chosen = [part for part in header.split(";") if part.strip().startswith(f"{PREFERENCES_COOKIE}=")]
    request.META["HTTP_COOKIE"] = ";".join(chosen).strip()
    try:
        yield
    finally:
        request.META["HTTP_COOKIE"] = header
