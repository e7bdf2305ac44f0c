"""Renders the portal's error pages into one JSON file: with DEBUG on a browser never gets to see them.

Run as `python -m tests.browser.error_pages FILE` in the environment of demo_site.environment().
"""

import json
import sys
from pathlib import Path
from typing import Any

import django
import pytest  # noqa: F401 - its presence selects the plain static storage in the settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.utils import translation

from tests.browser.browsing import LOOKS

LANGUAGES = {"zh": ("zh-hans", ""), "en": ("en", "/en")}
STATUSES = (400, 403, 404, 429, 500, 503)


def error_page(status: int, request: HttpRequest) -> str:
    if status == 503:
        from circle.web.trouble import show_trouble  # the models are there only now

        return show_trouble(request).content.decode()
    handler: Any = get_resolver().resolve_error_handler(status)
    is_told_why = status not in (429, 500)
    response: HttpResponse = handler(request, exception=Exception()) if is_told_why else handler(request)
    return response.content.decode()


def error_pages() -> dict[str, str]:
    """HTML by "404 zh elder"; "csrf" stands for the page after a stale form."""
    found = {}
    for look, cookie in LOOKS.items():
        client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
        client.cookies["look"] = cookie
        for word, (language, prefix) in LANGUAGES.items():
            request = client.get(f"{prefix}/help/").wsgi_request
            with translation.override(language):
                for status in STATUSES:
                    found[f"{status} {word} {look}"] = error_page(status, request)
            found[f"csrf {word} {look}"] = client.post(f"{prefix}/report/").content.decode()
    return found


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(error_pages(), ensure_ascii=False), encoding="utf-8")
