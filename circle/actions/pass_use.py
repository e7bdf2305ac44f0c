"""A pass for signing in is used once, or swept away."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.identifiers.encryption import indexes_of
from circle.identifiers.public_codes import typed_code
from circle.models import SignInPass, User
from circle.notifications import notify
from circle.permissions.sign_in_policy import is_staff_sign_in_required

PASS_RETENTION = dt.timedelta(days=1)


@transaction.atomic
def use_pass(*, code: str, at: dt.datetime) -> User:
    """The user whom this code signs in; it works once, also when two send it at the same time.

    Refuses: incorrect_code (wrong, used, too old or void).
    """
    rows = SignInPass.objects.filter(code_hash__in=indexes_of(typed_code(code)))
    given = rows.select_related("resident", "user").first()
    claim = rows.filter(used_at=None, expires_at__gt=at)
    if given is None or not is_still_valid(given) or not claim.update(used_at=at):
        raise ValidationError(
            _("This code is not right, or it was used or is too old."), code="incorrect_code"
        )
    community = given.resident.community
    record(
        verb="sign_in_used",
        subject=given.resident,
        community=community,
        at=at,
        actor=given.user,
        given=given.pk,
        by=given.made_by_id,
    )
    notify(
        event="signed_in_by_clerk",
        community=community,
        user=given.user,
        at=at,
        dedupe=f"sign_in_pass:{given.pk}",
    )
    return given.user


def is_still_valid(given: SignInPass) -> bool:
    """False where since then the number changed, the person died, or the login got a post."""
    resident = given.resident
    is_theirs = resident.login_id == given.user_id and not (resident.died_on or resident.erased_at)
    return is_theirs and given.user.is_active and not is_staff_sign_in_required(given.user)


def sweep_passes(at: dt.datetime) -> int:
    """Delete rows of old codes; the audit log records who signed whom in."""
    return SignInPass.objects.filter(expires_at__lt=at - PASS_RETENTION).delete()[0]
