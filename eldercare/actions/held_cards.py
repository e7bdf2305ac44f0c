"""Cards that people hold: staff note the last day, so that the clock can tell them before it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.audit.log import record
from circle.models import Resident, User
from circle.permissions.on_behalf import refuse_gone
from eldercare.models import HeldCard, Right

LONGEST_CARD = dt.timedelta(days=50 * 366)


@transaction.atomic
def note_card(*, resident: Resident, right: Right, ends_on: dt.date, at: dt.datetime, by: User) -> HeldCard:
    """The card that somebody holds, and its last day; a renewed one replaces the day.

    Refuses: other_community, resident_gone, not_a_card, day_past, too_far_ahead (50 years).
    """
    refuse_card(resident, right, ends_on, localdate(at))
    values = {"community": resident.community, "ends_on": ends_on, "noted_at": at, "noted_by": by}
    card, _is_new = HeldCard.objects.update_or_create(resident=resident, right=right, defaults=values)
    record(
        verb="card_noted",
        subject=card,
        community=card.community_id,
        at=at,
        actor=by,
        right=right.code,
        ends_on=ends_on.isoformat(),
    )
    return card


def refuse_card(resident: Resident, right: Right, ends_on: dt.date, today: dt.date) -> None:
    if right.community_id != resident.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    refuse_gone(resident)
    if right.sort != Right.Sort.CARD:
        raise ValidationError(_("This is no card."), code="not_a_card")
    if ends_on < today:
        raise ValidationError(_("This day is over."), code="day_past")
    if ends_on > today + LONGEST_CARD:
        raise ValidationError(_("Please look at the year again."), code="too_far_ahead")
