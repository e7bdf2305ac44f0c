"""An offer out of line is recorded with its reason, which is published."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from childcare.actions.passing import families_ahead
from childcare.actions.together import is_skipped
from childcare.models import Application, NurseryClass, PassedOver
from circle.models import User

Reason = PassedOver.Reason
REASONS_OF_STAFF = [reason for reason in Reason.values if reason != Reason.TOGETHER]


def record_passing(
    application: Application,
    nursery_class: NurseryClass,
    start_on: dt.date,
    reason: str,
    at: dt.datetime,
    by: User | None,
) -> dict[str, object]:
    """The rows of whoever is passed over, and what the record of the offer says about it. The caller holds
    the class: no other offer comes between. A household that starts together, and cannot, is skipped with
    that reason, and stays where it is.

    Refuses: passes_over (somebody else is, and no reason of the list is given).
    """
    found = families_ahead(application, nursery_class, start_on)
    skipped = [each for each in found if is_skipped(each, nursery_class, start_on, at)]
    ahead = [each for each in found if each not in skipped]
    if ahead and (by is None or reason not in REASONS_OF_STAFF):
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
            reason=Reason.TOGETHER if each in skipped else reason,
            passed_at=at,
            passed_by=by,
        )
        for each in found
    )
    counted = {"skipped": len(skipped)} if skipped else {}
    return counted | ({"passed_over": len(ahead), "reason": reason} if ahead else {})
