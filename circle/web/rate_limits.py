"""So many questions from one connection, for pages that cost the server more than others."""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def is_rate_limited(request: HttpRequest, page: str, times: int, seconds: int) -> bool:
    """Whether this connection has asked for the page more than so many times in this stretch of time."""
    address = hashlib.sha256(get_adapter().get_client_ip(request).encode()).hexdigest()
    key = f"asked:{page}:{int(time.time() // seconds)}:{address}"
    if cache.add(key, 1, timeout=2 * seconds):
        return False
    return cache.incr(key) > times
