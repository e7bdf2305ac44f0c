from typing import Any

from django import template
from django.utils import timezone

from circle.models import User
from eldercare.models import CareBooking

register = template.Library()

LIVE_SHOWN, OVER_SHOWN = 20, 5


@register.inclusion_tag("eldercare/_my_care.html")
def my_care(user: User) -> dict[str, Any]:
    """Of this login's people: those to come first, then the latest of those that are over."""
    mine = CareBooking.objects.mine(user).shown().with_stranded(timezone.now())
    live = mine.live().order_by("day", "starts_at", "id")
    return {"bookings": live[:LIVE_SHOWN], "past": mine.over().latest_first()[:OVER_SHOWN]}
