"""One-time sign-in codes that a clerk gives in person to somebody whom no text message reaches."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.actions.phone_logins import login_for_phone
from circle.audit.log import record
from circle.identifiers.encryption import index_of
from circle.identifiers.id_documents import IdType
from circle.identifiers.phone_numbers import is_mobile
from circle.identifiers.public_codes import new_code
from circle.models import Community, Resident, SignInPass, User, within_posts
from circle.permissions.sign_in_policy import is_staff_sign_in_required

MAY_GIVE = "circle.add_signinpass"
PASS_VALIDITY = dt.timedelta(minutes=10)
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
