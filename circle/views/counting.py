"""The page "how we count", rendered from docs/how-we-count.md, so that they cannot differ."""

from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from circle.formats.language import is_english
from circle.models import StreetNetwork
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute

SOURCE = settings.BASE_DIR / "docs" / "how-we-count.md"


@cache
def explanation_html(in_english: bool) -> tuple[str, SafeString]:
    """(title, HTML) of one half of the file: Chinese first, then English, each under a first heading."""
    half = SOURCE.read_text(encoding="utf-8").removeprefix("# ").split("\n# ")[in_english]
    title, body = half.split("\n", 1)
    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    return title, mark_safe(rendered)  # noqa: S308 - our own file, and no HTML passes through


@require_safe
@cache_for_a_minute
def how_we_count(request: PortalRequest) -> HttpResponse:
    """/circle/how-we-count/: the rules, and which streets are in use."""
    title, body = explanation_html(is_english())
    context = {
        "title": title,
        "body": body,
        "streets": StreetNetwork.objects.current(request.community),
    }
    return render(request, "circle/how_we_count.html", context)
