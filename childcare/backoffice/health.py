"""What the health answers say at a glance, for those who look after the child; the words stand on a page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from childcare.models import Application, NurseryClass
from childcare.models.teachers import of_classes
from circle.models import User

READ, CORRECT = "childcare.view_health", "childcare.change_health"

ALLERGY, MEDICINE, UNANSWERED = _("allergy"), _("illness or medicine"), _("no health answers")


def health_signs(application: Application) -> list[Any]:
    """Empty where there is nothing to mind."""
    health = application.health_or_none
    if health is None:
        return [UNANSWERED]
    return [ALLERGY] * health.has_allergies + [MEDICINE] * health.takes_medicine


def reads_health(user: User, group: NurseryClass | None) -> bool:
    """Whether this user may read the answers about the children of a class: of the own ones, and the head."""
    if group is None or not user.has_perm(READ):
        return False
    return NurseryClass.objects.filter(of_classes(user, READ, "pk"), pk=group.pk).exists()
