"""Rate limits per connection, for pages that are costly to serve."""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def is_rate_limited(request: HttpRequest, page: str, times: int, seconds: int) -> bool:
    """Whether this connection has asked more than `times` for the page in the current window of `seconds`."""
    address = hashlib.sha256(get_adapter().get_client_ip(request).encode()).hexdigest()
    key = f"asked:{page}:{int(time.time() // seconds)}:{address}"
    if cache.add(key, 1, timeout=2 * seconds):
        return False
    return cache.incr(key) > times
