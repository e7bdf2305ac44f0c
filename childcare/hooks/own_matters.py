"""What the nursery has for a login: the hook `own_matters`."""

from django.db.models import Exists, Subquery
from django.utils.timezone import localdate

from childcare.models import Application, NurseryVisit, SecondParent
from circle.models import User


def facts_of_nursery(user: User) -> dict[str, Exists | Subquery]:
    """Among them the code under which the login was named as a second parent."""
    named = SecondParent.objects.named_to(user).order_by("id")
    return {
        "second_parent_code": Subquery(named.values("code")[:1]),
        "has_applications": Exists(Application.objects.mine(user)),
        "has_nursery_visits": Exists(NurseryVisit.objects.mine(user).to_come(localdate())),
    }
