"""Whether a post has something to do for a person: the hook `works_for`."""

from circle.models import Resident, User, within_posts
from services.models import Booking


def has_live_booking(resident: Resident, user: User) -> bool:
    own = Booking.objects.live().filter(within_posts(user, "services.change_booking"))
    return own.filter(resident=resident).exists()
