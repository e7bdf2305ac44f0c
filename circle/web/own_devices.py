"""Browsers of the community's own: what is rated on them is counted apart."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from circle.models import User

COOKIE, AGE = "own_device", dt.timedelta(days=400)


def mark_own_device(response: HttpResponse) -> HttpResponse:
    """For pages whose secret address only tablets, kiosks and displays of the community know."""
    response.set_signed_cookie(
        COOKIE,
        "1",
        max_age=AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def is_own_device(request: HttpRequest) -> bool:
    """Also any browser in which staff are signed in."""
    if isinstance(request.user, User) and request.user.is_staff:
        return True
    return bool(request.get_signed_cookie(COOKIE, default=""))
