"""What the council does when something happens in circle."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from circle.models import Resident, User
from circle.signals import resident_died, residents_merging
from council.actions import end_membership
from council.models import Membership, Support


@receiver(resident_died)
def handle_resident_death(*, resident: Resident, at: dt.datetime, by: User, **kwargs: Any) -> None:
    """What they raised stays on the agenda: it was a matter of the neighbourhood."""
    for membership in Membership.objects.filter(resident=resident).on(at.date()).select_related("body"):
        end_membership(membership=membership, on=resident.died_on or at.date(), at=at, by=by)


@receiver(residents_merging)
def handle_merge(*, kept: Resident, duplicate: Resident, **kwargs: Any) -> None:
    """Who stood behind a topic under both rows counts once."""
    both = Support.objects.filter(resident=kept).values("topic")
    Support.objects.filter(resident=duplicate, topic__in=both).delete()
