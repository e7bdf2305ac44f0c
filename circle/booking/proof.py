"""Phone number and booking code, which stand for a person without an account for half an hour."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from circle.audit.log import record_refusal
from circle.models import User, Via

SHOWN_FOR = dt.timedelta(minutes=30)
SHOWN_AT_MOST = 10
RATE_LIMIT = "find_booking"  # of ACCOUNT_RATE_LIMITS


@dataclass(frozen=True)
class Proof:
    """Which appointments of an app this session may see without a login."""

    session_key: str  # where the session has the moment at which each code was proved
    find_url: str  # name of the page that asks for number and code
    bookings: Callable[[], Any]  # an AppointmentQuerySet
    with_rows: Callable[[Any], Any]  # with all that its page shows

    def is_given(self, request: HttpRequest, code: str) -> bool:
        """In this session, less than half an hour ago."""
        moment: float = request.session.get(self.session_key, {}).get(code, 0)
        return timezone.now().timestamp() - moment < SHOWN_FOR.total_seconds()

    def remember(self, request: HttpRequest, code: str) -> None:
        shown = request.session.get(self.session_key, {}) | {code: timezone.now().timestamp()}
        newest = sorted(shown, key=shown.__getitem__)[-SHOWN_AT_MOST:]
        request.session[self.session_key] = {each: shown[each] for each in newest}

    def forget(self, request: HttpRequest) -> None:
        """On a computer of many people the next one finds nothing."""
        request.session.pop(self.session_key, None)

    def booking_of(self, request: HttpRequest, code: str) -> Any:
        """The booking, if it is this visitor's; None where an anonymous visitor may still show that it is.

        A signed-in stranger gets the same 404 as for a code that does not exist; staff, too: they work in the
        back office.
        """
        if self.is_given(request, code):
            return self.with_rows(self.bookings()).get(code=code)
        if not isinstance(request.user, User):
            return None
        return get_object_or_404(self.with_rows(self.bookings().mine(request.user)), code=code)

    def for_its_person(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """For a view of one booking, which it gets in place of the code; others are asked who they are."""

        @wraps(view)
        def wrapper(request: HttpRequest, code: str) -> HttpResponse:
            found = self.booking_of(request, code)
            if found is None:
                return redirect(f"{reverse(self.find_url)}?{urlencode({'code': code})}")
            return view(request, found)

        return wrapper

    def find(self, request: HttpRequest, phone: str, code: str) -> Any:
        """The booking of this code and number. An unknown code and a wrong number get the same answer.

        Refuses: too_many (ACCOUNT_RATE_LIMITS, find_booking), not_found.
        """
        if not ratelimit.consume(request, action=RATE_LIMIT, key=code):
            raise ValidationError(
                _("Too many attempts. Please wait ten minutes, or phone us."), code="too_many"
            )
        found = self.bookings().proved_by(phone, code).first()
        if found:
            return found
        tried = self.bookings().select_related("community").filter(code=code).first()
        if tried:
            record_refusal(
                verb="booking_found",
                code="not_found",
                subject=tried,
                community=tried.community,
                at=timezone.now(),
                actor=actor_of(request),
            )
        raise ValidationError(
            _("No booking has this code and this number. Check both, or phone us."), code="not_found"
        )

    def acting(self, request: HttpRequest, booking: Any) -> dict[str, Any]:
        """Which booking is changed online now and by whom, as the actions ask for it."""
        who = {"by": actor_of(request), "is_proved": self.is_given(request, booking.code)}
        return {"booking": booking, "at": timezone.now(), "via": Via.ONLINE} | who


def actor_of(request: HttpRequest) -> User | None:
    """None where phone number and booking code stand for the person."""
    return request.user if isinstance(request.user, User) else None
