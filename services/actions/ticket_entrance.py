"""The address in the QR code at the entrance of a hall: it changes, so a photo of it is no use."""

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from circle.models import Facility

PERIOD = 120  # seconds
ACCEPTED = 3  # periods: time to open the page, read it and press the button
LENGTH = 16


def entrance_token(hall: Facility, at: dt.datetime) -> str:
    return token_of_period(hall, int(at.timestamp()) // PERIOD)


def token_of_period(hall: Facility, period: int) -> str:
    return salted_hmac("services.entrance", f"{hall.pk}:{period}", algorithm="sha256").hexdigest()[:LENGTH]


def refuse_old_token(hall: Facility, token: str, at: dt.datetime) -> None:
    """Refuses: entrance_code_old (shown some minutes ago, or never)."""
    if not any(constant_time_compare(token, valid) for valid in valid_tokens(hall, at)):
        raise ValidationError(
            _("This code was shown some minutes ago. Scan the one that stands at the entrance now."),
            code="entrance_code_old",
        )


def valid_tokens(hall: Facility, at: dt.datetime) -> Iterator[str]:
    latest = int(at.timestamp()) // PERIOD
    return (token_of_period(hall, latest - age) for age in range(ACCEPTED))
