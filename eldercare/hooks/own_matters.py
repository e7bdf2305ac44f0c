"""What elder care has for a login beside booked care: the hook `own_matters`."""

from django.db.models import Exists
from django.utils.timezone import localdate

from circle.models import User
from eldercare.models import ClassWaiting, Enrolment, RightNotice


def facts_of_school(user: User) -> dict[str, Exists]:
    return {
        "has_school_places": Exists(Enrolment.objects.mine(user).live()),
        "has_right_notices": Exists(RightNotice.objects.mine(user).open_on(localdate())),
        "waits_for_class": Exists(ClassWaiting.objects.mine(user).live()),
    }
