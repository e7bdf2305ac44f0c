"""What a post has to do for a person now: the hook `works_for`."""

from django.db.models import QuerySet

from circle.models import Resident, User, within_posts
from services.models import Booking


def live_bookings(resident: Resident, user: User) -> QuerySet[Booking]:
    own = Booking.objects.live().filter(within_posts(user, "services.change_booking"))
    return own.filter(resident=resident)
