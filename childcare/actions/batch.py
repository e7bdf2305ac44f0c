"""Places of a class offered to the first in line, one after the other, each by itself."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from childcare.actions.limits import places_today
from childcare.actions.line import line_of
from childcare.actions.next_offer import offer_from
from childcare.models import Application, NurseryClass
from circle.models import User

Status = Application.Status


@dataclass(frozen=True)
class Answer:
    """What became of one application; `refusal` is empty where it was offered a place."""

    application: Application
    refusal: str


def first_in_line(nursery_class: NurseryClass, today: dt.date) -> list[Application]:
    """Checked, and as many as there are places: shown before they are offered one. The class has `booked`."""
    waiting = line_of(nursery_class).filter(status=Status.VERIFIED)
    return list(waiting.shown()[: places_today(nursery_class, today).left])


def is_offered_with_sibling(application: Application) -> bool:
    """Since the list was read."""
    if application.siblings_id is None:
        return False
    return Application.objects.filter(pk=application.pk, status=Status.OFFERED).exists()


def offer_to_line(
    *, nursery_class: NurseryClass, codes: list[str], days: int, at: dt.datetime, by: User
) -> list[Answer]:
    """Those of these applications that are still the first in line, in its order. One that is refused stops
    nobody else."""
    found = []
    for application in first_in_line(nursery_class, localdate(at)):
        if application.code not in codes or is_offered_with_sibling(application):
            continue
        refusal = ""
        try:
            offer_from(application, nursery_class, days, at, None, by)
        except ValidationError as error:
            refusal = error.messages[0]
        found.append(Answer(application, refusal))
    return found
