"""What a post has to do for a person now: the hook `works_for`."""

from django.db.models import QuerySet

from circle.models import Resident, User
from eldercare.models import CareBooking


def care_to_give(resident: Resident, user: User) -> QuerySet[CareBooking]:
    """Care to come, or somebody who did not open and of whom nothing is known yet."""
    own = CareBooking.objects.in_care_of(user).filter(resident=resident)
    return own.live() | own.nobody_home()
