"""Logins by phone: made, verified, swept away."""

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from circle.identifiers.encryption import index_of, seal_text
from circle.models import Message, User

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
