"""An offer out of line: who waited longer for the class, and the reason that is published."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import ngettext

from childcare.models import Application, NurseryClass, PassedOver
from childcare.models.wishes import waits_for
from circle.models import User

Status = Application.Status


def families_ahead(
    application: Application, nursery_class: NurseryClass, start_on: dt.date
) -> list[Application]:
    """Checked, waiting longer for this class, of its age on that day and willing to begin then: whom an offer
    passes over."""
    willing = Q(start_by=None) | Q(start_by__gte=start_on)
    waiting = Application.objects.filter(
        waits_for(nursery_class), willing, submitted_at__lt=application.submitted_at
    ).exclude(status=Status.SUBMITTED)
    rows = waiting.exclude(pk=application.pk).select_related("child").order_by("submitted_at", "pk")
    return [
        each
        for each in rows
        if each.child and each.child.born_on and nursery_class.takes(each.child.born_on, start_on)
    ]


def record_passing(
    application: Application,
    nursery_class: NurseryClass,
    start_on: dt.date,
    reason: str,
    at: dt.datetime,
    by: User | None,
) -> dict[str, object]:
    """The rows of whoever is passed over, and what the record of the offer says about it. The caller holds
    the class: no other offer comes between.

    Refuses: passes_over (somebody is, and no reason of the list is given).
    """
    ahead = families_ahead(application, nursery_class, start_on)
    if not ahead:
        return {}
    if by is None or reason not in PassedOver.Reason.values:
        sentence = ngettext(
            "%(count)s family has waited longer for this class. Choose the reason: it is published.",
            "%(count)s families have waited longer for this class. Choose the reason: it is published.",
            len(ahead),
        )
        raise ValidationError(sentence % {"count": len(ahead)}, code="passes_over")
    PassedOver.objects.bulk_create(
        PassedOver(
            application=each,
            offered_to=application,
            nursery_class=nursery_class,
            reason=reason,
            passed_at=at,
            passed_by=by,
        )
        for each in ahead
    )
    return {"passed_over": len(ahead), "reason": reason}
