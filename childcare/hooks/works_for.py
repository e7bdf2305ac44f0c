"""Whether a post has something to do for a person: the hook `works_for`."""

from django.db.models import Q

from childcare.models import Application
from childcare.models.applications import in_reach
from circle.models import Guardianship, Resident, User


def has_live_application(resident: Resident, user: User) -> bool:
    """Of the guardian to whom the nursery writes, of another guardian, and of the child itself."""
    own = Application.objects.live().filter(in_reach(user, "childcare.change_application"))
    wards = Guardianship.objects.current().filter(adult=resident).values("child")
    return own.filter(Q(guardian=resident) | Q(child=resident) | Q(child__in=wards)).exists()
