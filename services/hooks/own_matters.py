"""What the hall has for a login: the hook `own_matters`."""

from django.db.models import Exists

from circle.models import User
from services.models import AgencyCase, AidLoan, HallWaiting, RegisterEntry, Repair


def facts_of_hall(user: User) -> dict[str, Exists]:
    return {
        "waits_at_hall": Exists(HallWaiting.objects.mine(user).live()),
        "has_loans": Exists(AidLoan.objects.mine(user)),
        "has_repairs": Exists(Repair.objects.mine(user)),
        "is_registered": Exists(RegisterEntry.objects.mine(user).live()),
        "has_errands": Exists(AgencyCase.objects.mine(user)),
    }
