"""What a post has to do for a person now: the hook `works_for`."""

from typing import Any

from django.db.models import QuerySet

from circle.models import Resident, User, within_posts
from services.models import AgencyCase, AidLoan, Booking, RegisterEntry, Repair
from services.models.cases import CHANGE
from services.models.loans import CHANGE as CHANGE_LOAN
from services.models.repairs import CHANGE as CHANGE_REPAIR


def live_matters(resident: Resident, user: User) -> QuerySet[Any, Any]:
    """Bookings, errands, and entries in special registers that this post confirms and looks after."""
    own = Booking.objects.live().filter(within_posts(user, "services.change_booking"), resident=resident)
    entries = RegisterEntry.objects.for_user(user).live().filter(resident=resident)
    looked_after = entries.filter(within_posts(user, "services.change_registerentry"))
    cases = AgencyCase.objects.live().filter(within_posts(user, CHANGE), resident=resident)
    loans = AidLoan.objects.holding().filter(within_posts(user, CHANGE_LOAN), resident=resident)
    repairs = Repair.objects.live().filter(within_posts(user, CHANGE_REPAIR), resident=resident)
    parts = [rows.order_by().values("pk") for rows in (looked_after, cases, loans, repairs)]
    return own.order_by().values("pk").union(*parts)
