"""Showing a whole phone or ID number to staff, who give a reason."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.models import Community, Resident, Reveal, User, within_posts

MAY_REVEAL = "circle.reveal_resident"


@transaction.atomic
def reveal_number(*, resident: Resident, field: str, reason: str, at: dt.datetime, by: User) -> str:
    """The number. The reason is stored in a row of its own, the access in the audit log.

    Refuses: not_allowed, nothing_there, reason_missing, reason_too_long.
    """
    reason = checked_reason(reason)
    posts = Community.objects.filter(within_posts(by, MAY_REVEAL, "pk"))
    if not posts.filter(pk=resident.community_id).exists():
        raise ValidationError(_("Your post does not allow that."), code="not_allowed")
    number = {Reveal.Field.ID_NUMBER: resident.id_number, Reveal.Field.PHONE: resident.phone}[
        Reveal.Field(field)
    ]
    if not number:
        raise ValidationError(_("There is no number."), code="nothing_there")
    reveal = Reveal.objects.create(resident=resident, field=field, reason=reason, at=at, by=by)
    record(
        verb="number_revealed",
        subject=resident,
        community=resident.community_id,
        at=at,
        actor=by,
        field=field,
        reveal=reveal.pk,
    )
    return number
