"""Who may act for whom: given and ended."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from circle.actions.sign_in import login_for_phone
from circle.models import Mandate, User
from circle.phones import mobile
from circle.records import record


@transaction.atomic
def give_mandate(*, mandate: Mandate, phone: str, at: dt.datetime, by: User) -> Mandate:
    """Keep a new mandate for whoever signs in with this mobile number, now or for the first time later.

    Refuses: phone_invalid, already_given (the same one is in force without an end).
    """
    mandate.agent = login_for_phone(phone=mobile(phone), at=at)
    try:
        with transaction.atomic():
            mandate.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(_("This person already holds that mandate."), code="already_given") from clash
    community = mandate.principal.community_id
    record(verb="mandate_given", subject=mandate, community=community, at=at, actor=by, basis=mandate.basis)
    return mandate


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, at: dt.datetime, by: User) -> Mandate:
    """End it from now on; one that has ended stays as it is."""
    if Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=at):
        community = mandate.principal.community_id
        record(verb="mandate_revoked", subject=mandate, community=community, at=at, actor=by)
    mandate.refresh_from_db(fields=["revoked_at"])
    return mandate
