"""What a post has to do for a person now: the hook `works_for`."""

from typing import Any

from django.db.models import QuerySet

from circle.models import Resident, User, within_posts
from services.models import Booking, RegisterEntry


def live_matters(resident: Resident, user: User) -> QuerySet[Any, Any]:
    """Bookings, and entries in special registers that this post confirms and looks after."""
    own = Booking.objects.live().filter(within_posts(user, "services.change_booking"), resident=resident)
    entries = RegisterEntry.objects.for_user(user).live().filter(resident=resident)
    looked_after = entries.filter(within_posts(user, "services.change_registerentry"))
    return own.order_by().values("pk").union(looked_after.order_by().values("pk"))
