"""Logins by phone, and the codes sent to them."""

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.identifiers.encryption import index_of, seal_text
from circle.models import Community, Message, User
from circle.notifications import notify

SIGN_IN_CODE = "sign_in_code"
CODE_PAUSE = dt.timedelta(seconds=30)
CODES_PER_HOUR = 5
CODES_PER_DAY = 10
UNVERIFIED_RETENTION = dt.timedelta(days=1)


def login_for_phone(*, phone: str, at: dt.datetime) -> User:
    """The login of this mobile number, created unverified where there is none.

    Every number that asks for a code gets a row, so that no answer reveals who has a login.
    """
    known = User.objects.with_phone(phone)
    if known:
        return known
    columns = {"phone_sealed": seal_text(phone), "phone_index": index_of(phone), "date_joined": at}
    try:
        with transaction.atomic():
            return User.objects.create(password=make_password(None), **columns)
    except IntegrityError:  # somebody asked for the same number in the same moment
        return User.objects.get(phone_index=index_of(phone))


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


def verify_phone(*, user: User, at: dt.datetime) -> None:
    """Mark the phone as proved by a code; the first time is stored."""
    User.objects.filter(pk=user.pk, phone_verified_at=None).update(phone_verified_at=at)
    user.refresh_from_db(fields=["phone_verified_at"])


def sweep_unverified(at: dt.datetime) -> int:
    """Delete the logins of numbers that asked for a code and never came back; the number deleted.

    Not before its last code is a day old, since deleting it resets the daily limit.
    """
    stale = User.objects.filter(
        date_joined__lt=at - UNVERIFIED_RETENTION,
        phone_verified_at=None,
        last_login=None,
        email=None,
        name="",
        # what staff have tied to a number is not ours to delete
        residents=None,
        mandates_held=None,
        posts=None,
    )
    recent = Message.objects.filter(user__isnull=False, created_at__gt=at - UNVERIFIED_RETENTION)
    return stale.exclude(pk__in=recent.values("user")).delete()[1].get(User._meta.label, 0)


@transaction.atomic
def forget_factors(*, user: User) -> None:
    """Remove the second factors of a login and end its sessions, after the loss of phone and codes."""
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
