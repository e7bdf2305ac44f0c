"""Who goes where on a day, decided together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from circle.booking.busy import lock_people
from circle.models import User
from eldercare.actions.assigning import assign_worker
from eldercare.models import CareBooking


@dataclass(frozen=True)
class Choice:
    """Who gives the care of one booking; `known`: the crew that was shown to who decides, as `crew_key`."""

    booking: CareBooking
    worker: User
    assistant: User | None = None
    known: str | None = None  # None: whoever it was


@transaction.atomic
def assign_several(*, choices: Sequence[Choice], at: dt.datetime, by: User) -> dict[int, ValidationError]:
    """Assign each of them; the refusals of `assign_worker` by the booking's id, the others are assigned.

    All rows are locked first and in one order, so that two who decide about one day at once never wait for
    each other.
    """
    bookings = CareBooking.objects.filter(pk__in=[each.booking.pk for each in choices])
    list(bookings.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    crews = [bookings.values_list(name, flat=True) for name in ("assigned_to", "assistant")]
    before = User.objects.filter(pk__in={pk for crew in crews for pk in crew if pk})
    people = [person for each in choices for person in (each.worker, each.assistant) if person]
    lock_people(*people, *before)
    refused = {}
    for each in choices:
        try:
            assign_worker(
                booking=each.booking,
                worker=each.worker,
                assistant=each.assistant,
                known=each.known,
                at=at,
                by=by,
            )
        except ValidationError as refusal:
            refused[each.booking.pk] = refusal
    return refused
