"""One-time sign-in codes that a clerk gives in person to somebody whom no text message reaches."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.actions.sign_in import login_for_phone
from circle.audit.log import record
from circle.identifiers.encryption import index_of, indexes_of
from circle.identifiers.id_documents import IdType
from circle.identifiers.phone_numbers import is_mobile
from circle.identifiers.public_codes import new_code, typed_code
from circle.models import Community, Resident, SignInPass, User, within_posts
from circle.notifications import notify
from circle.permissions.sign_in_policy import is_staff_sign_in_required

MAY_GIVE = "circle.add_signinpass"
PASS_VALIDITY = dt.timedelta(minutes=10)
PASS_RETENTION = dt.timedelta(days=1)
CALLED_BACK = "call"
KNOWN_BY = [*IdType.choices, (CALLED_BACK, _("none: I have called their number back"))]


@transaction.atomic
def give_pass(*, resident: Resident, known_by: str, at: dt.datetime, by: User) -> str:
    """Create a code for one sign-in within ten minutes; an earlier one becomes void.

    `known_by`: the ID document that the clerk has seen, or a call back to the number. A resident
    with a mobile number and no login gets one.
    Refuses: not_allowed, resident_gone, document_missing, no_mobile (neither login nor mobile number),
    staff_login (holders of a post use the staff sign-in).
    """
    posts = Community.objects.filter(within_posts(by, MAY_GIVE, "pk"))
    if not posts.filter(pk=resident.community_id).exists():
        raise ValidationError(_("Your post does not allow that."), code="not_allowed")
    if known_by not in dict(KNOWN_BY):
        raise ValidationError(_("Say how you know that it is them."), code="document_missing")
    resident = Resident.objects.select_for_update(no_key=True).get(pk=resident.pk)
    user = ensure_login(resident, at)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two clerks give one after the other
    SignInPass.objects.filter(user=user, used_at=None).delete()
    code = new_code()
    given = SignInPass.objects.create(
        resident=resident,
        user=user,
        code_hash=index_of(code),
        made_by=by,
        made_at=at,
        expires_at=at + PASS_VALIDITY,
    )
    record(
        verb="sign_in_given",
        subject=resident,
        community=resident.community_id,
        at=at,
        actor=by,
        known_by=known_by,
        given=given.pk,
    )
    return code


def ensure_login(resident: Resident, at: dt.datetime) -> User:
    """The resident's login, created or linked by their mobile number where they have none."""
    if resident.died_on or resident.merged_into_id or resident.erased_at:
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")
    if resident.login is None:
        if not is_mobile(resident.phone):
            raise ValidationError(
                _("They have no mobile number on file. Enter it first: their login goes by it."),
                code="no_mobile",
            )
        resident.login = login_for_phone(phone=resident.phone, at=at)
        resident.save(update_fields=["login"])
    if is_staff_sign_in_required(resident.login):
        raise ValidationError(
            _("This login holds a post: it opens by e-mail address and password only."), code="staff_login"
        )
    return resident.login


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
