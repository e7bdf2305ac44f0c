"""Seats in the bodies."""

import datetime as dt

from django.db import transaction

from circle.audit.log import record
from circle.models import User
from council.models import Membership


@transaction.atomic
def end_membership(*, membership: Membership, on: dt.date, at: dt.datetime, by: User) -> None:
    """The seat is free after that day, or after its first day where that is later. Twice is harmless."""
    last = max(on, membership.starts_on)
    if Membership.objects.filter(pk=membership.pk).exclude(ends_on__lte=last).update(ends_on=last):
        community = membership.body.community_id
        record(verb="membership_ended", subject=membership, community=community, at=at, actor=by)
    membership.refresh_from_db(fields=["ends_on"])
