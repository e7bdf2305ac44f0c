"""Codes for signing in by phone."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.models import Community, Message, User
from circle.notifications import notify

SIGN_IN_CODE = "sign_in_code"
CODE_PAUSE = dt.timedelta(seconds=30)
CODES_PER_HOUR = 5
CODES_PER_DAY = 10


@transaction.atomic
def send_sign_in_code(*, user: User, code: str, community: Community, at: dt.datetime) -> None:
    """Put a code for the phone of this login into the outbox.

    The limit counts the messages themselves under a lock on the login, so it is exact for any number of
    processes and cannot be lost with a cache.
    Refuses: code_too_soon (one in 30 seconds), too_many_codes (5 in an hour, 10 on a day).
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    hour_ago = at - dt.timedelta(hours=1)
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    codes = Message.objects.filter(user=user, event=SIGN_IN_CODE, created_at__gt=min(hour_ago, midnight))
    sent = list(codes.values_list("created_at", flat=True))
    if any(each > at - CODE_PAUSE for each in sent):
        raise ValidationError(
            _("A code is on its way. You can ask for another one in half a minute."), code="code_too_soon"
        )
    in_the_hour, today = (sum(each > since for each in sent) for since in (hour_ago, midnight))
    if in_the_hour >= CODES_PER_HOUR or today >= CODES_PER_DAY:
        raise ValidationError(
            _("Many codes were sent to this number just now. Please try again later, or phone %(phone)s."),
            code="too_many_codes",
            params={"phone": community.phone},
        )
    notify(
        event=SIGN_IN_CODE,
        community=community,
        user=user,
        secret={"code": code},
        dedupe=f"{SIGN_IN_CODE}:{user.pk}:{at.timestamp()}",
        at=at,
    )
