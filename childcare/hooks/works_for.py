"""What a post has to do for a person now: the hook `works_for`."""

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from childcare.models import Application
from childcare.models.applications import in_reach
from childcare.models.teachers import of_classes
from circle.models import Guardianship, Resident, User


def live_applications(resident: Resident, user: User) -> QuerySet[Application]:
    """Of the guardian to whom the nursery writes, of another guardian, and of the child itself.

    A nurse has to do with the children of the own classes.
    """
    own = Application.objects.live().filter(in_reach(user, "childcare.change_application"))
    in_class = Application.objects.enrolled(localdate()).filter(
        of_classes(user, "childcare.change_childday", "offer__nursery_class")
    )
    wards = Guardianship.objects.current().filter(adult=resident).values("child")
    theirs = Q(guardian=resident) | Q(child=resident) | Q(child__in=wards)
    return (own | in_class).filter(theirs)
