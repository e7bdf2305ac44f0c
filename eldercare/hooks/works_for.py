"""Whether a post has something to do for a person: the hook `works_for`."""

from circle.models import Resident, User
from eldercare.models import CareBooking


def has_care_to_give(resident: Resident, user: User) -> bool:
    """Care to come, or somebody who did not open and of whom nothing is known yet."""
    own = CareBooking.objects.in_care_of(user).filter(resident=resident)
    return (own.live() | own.nobody_home()).exists()
