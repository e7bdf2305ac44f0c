"""Keeps pages that are the same for everybody while the stamp of their community stands.

A kept page is given to whoever is signed out, for the address, language and look that it was built for. It
ends with any write to what public pages show (web/town_stamp.py), and with the minute, since a place opens or
shuts and a session begins or ends on a full minute: so a page is right whatever the clock does. Never kept is
what holds a form's token, a cookie, a message, or rows of a table without the stamp, such as places left.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from circle.models.town_stamps import Stamp, read_stamps, stamp_of
from circle.web.kept import Kept
from circle.web.town import under_stamps
from circle.web.town_stamp import stamped_tables

View = Callable[..., HttpResponse]
PAGES_MOST = 500
TABLES = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "?(\w+)"?')
# What a browser has stored is asked about each time, and answered by 304 where it is still right.
CACHE_CONTROL = "no-cache"
ENCODING = re.compile(r"\bgzip\b")


@dataclass(frozen=True)
class KeptPage:
    community: int
    stamp: Stamp
    minute: int
    packed: bytes
    headers: dict[str, str]

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Packed where the browser takes that: it holds no secret that its length could tell."""
        is_packed = bool(ENCODING.search(request.headers.get("Accept-Encoding", "")))
        body = self.packed if is_packed else gzip.decompress(self.packed)
        response = HttpResponse(body, headers=self.headers)
        if is_packed:
            response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
        known = get_conditional_response(request, etag=self.headers["ETag"], response=response)
        return known or response


PAGES: Kept[KeptPage] = Kept(PAGES_MOST)


def cache_for_a_minute(view: View) -> View:
    """A view whose page depends, for signed-out people, on address, language and preferences alone."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.KEEP_PAGES or request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        minute, stamps = this_minute(), read_stamps()
        if not is_like_everybody(request):
            with under_stamps(stamps):
                return view(request, *args, **kwargs)
        key = key_of(request)
        page = PAGES.find(key)
        if page and (page.minute, page.stamp) == (minute, stamp_of(stamps, page.community)):
            return page.answer(request)
        reads = Tables()
        with under_stamps(stamps), connection.execute_wrapper(reads):
            response = view(request, *args, **kwargs)
            if not reads.are_stamped or not may_be_kept(request, response):
                return response
            community: int = request.community.pk  # type: ignore[attr-defined]
        page = kept_page(response, community, stamp_of(stamps, community), minute)
        PAGES.put(key, page)
        return page.answer(request)

    return wrapper


def is_like_everybody(request: HttpRequest) -> bool:
    """Nobody is signed in, and nothing is remembered about this visitor but how they read.

    A cookie of a session that is over, or of somebody else's site, does not matter.
    """
    if "messages" in request.COOKIES:
        return False
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.session.keys()


def key_of(request: HttpRequest) -> Hashable:
    try:
        host = request.get_host()
    except DisallowedHost:
        host = ""
    look = request.preferences  # type: ignore[attr-defined]
    is_part = request.headers.get("HX-Request", "")
    return request.method, request.is_secure(), host, request.get_full_path(), get_language(), look, is_part


def this_minute() -> int:
    return int(timezone.now().timestamp() // 60)


class Tables:
    """An execute wrapper: whether all that is read stands under the stamp."""

    def __init__(self) -> None:
        self.are_stamped = True

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        self.are_stamped &= stamped_tables().keys() >= set(TABLES.findall(sql))
        return execute(sql, *more)


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """A whole page without a cookie, a message or a form's token, which its view has not kept to itself."""
    is_whole = response.status_code == 200 and not response.streaming and not response.cookies
    is_open = "no-store" not in response.get("Cache-Control", "")
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    has_messages = getattr(get_messages(request), "used", False)
    return is_whole and is_open and not has_token and not has_messages


def kept_page(response: HttpResponse, community: int, stamp: Stamp, minute: int) -> KeptPage:
    headers = dict(response.items()) | {
        "Cache-Control": CACHE_CONTROL,
        "ETag": f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"',
    }
    return KeptPage(community, stamp, minute, gzip.compress(response.content, 6, mtime=0), headers)
