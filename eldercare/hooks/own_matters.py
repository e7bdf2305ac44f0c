"""What elder care has for a login beside booked care: the hook `own_matters`."""

from django.db.models import Exists
from django.utils.timezone import localdate

from circle.models import User
from eldercare.models import (
    CareSeries,
    ClassWaiting,
    Enrolment,
    MealOrder,
    RightNotice,
    StandingOrder,
)


def facts_of_login(user: User) -> dict[str, Exists]:
    return {
        "has_care_series": Exists(CareSeries.objects.mine(user).live()),
        "has_school_places": Exists(Enrolment.objects.mine(user).live()),
        "has_right_notices": Exists(RightNotice.objects.mine(user).open_on(localdate())),
        "has_meals": Exists(MealOrder.objects.mine(user).to_come(localdate())),
        "has_standing_meals": Exists(StandingOrder.objects.mine(user).live()),
        "waits_for_class": Exists(ClassWaiting.objects.mine(user).live()),
    }
