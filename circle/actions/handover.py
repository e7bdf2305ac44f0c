"""Handover of open work to a colleague."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import StaffPost, User
from circle.permissions.handover import Work


@transaction.atomic
def hand_over(*, work: Work, post: StaffPost, to: StaffPost, at: dt.datetime, by: User) -> None:
    """Give one item of open work to a colleague.

    Refuses: substitute_unfit (themselves, another community, not in office or away that day), and what
    the app's own action refuses.
    """
    day = localtime(at).date()
    colleagues = StaffPost.objects.active(day).filter(community=post.community_id, user__is_active=True)
    fits = colleagues.exclude(user=post.user_id).exclude(pk__in=colleagues.away(day).values("pk"))
    if work.community != post.community_id or not fits.filter(pk=to.pk).exists():
        raise ValidationError(_("This colleague cannot take it over."), code="substitute_unfit")
    work.hand_over(to=to.user, at=at, by=by)
    record(
        verb="work_handed_over",
        subject=post,
        community=post.community_id,
        at=at,
        actor=by,
        work=work.key,
        to=to.pk,
    )
