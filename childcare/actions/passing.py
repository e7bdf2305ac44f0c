"""An offer out of line: who waited longer for the class."""

import datetime as dt
from typing import Any

from django.db.models import Q

from childcare.models import Application, NurseryClass
from childcare.models.draw_order import in_draw_order
from childcare.models.wishes import waits_for

Status = Application.Status


def families_ahead(
    application: Application, nursery_class: NurseryClass, start_on: dt.date
) -> list[Application]:
    """Checked, ahead in the line of this class, of its age on that day and willing to begin then: whom an
    offer passes over. A child that does not wait for the class stands where it sent in; two that sent in at
    one moment pass nobody over, and no child its own sibling."""
    line = Application.objects.filter(waits_for(nursery_class) | Q(pk=application.pk))
    rows = list(in_draw_order(line, nursery_class).select_related("child"))
    ahead = rows[: [each.pk for each in rows].index(application.pk)]
    return [
        each
        for each in ahead
        if each.status != Status.SUBMITTED
        and not (each.siblings_id and each.siblings_id == application.siblings_id)
        and not (is_undrawn(each) and each.submitted_at == application.submitted_at)
        and not (each.start_by and each.start_by < start_on)
        and each.child
        and each.child.born_on
        and nursery_class.takes(each.child.born_on, start_on)
    ]


def is_undrawn(row: Any) -> bool:
    """Of a row of `in_draw_order`."""
    return row.drawn_at is None and row.legal_at is None
