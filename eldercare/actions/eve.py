"""On the eve the elder and who acts for them are told who comes, with the word of the day."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from circle.booking.change_rules import notify_of_change
from circle.booking.reminders import due_reminders
from circle.models import User
from circle.notifications import Value
from circle.permissions.on_behalf import login_to_notify
from eldercare.actions.care_rules import CARE
from eldercare.actions.messages import agent_mandates, notify_logins
from eldercare.actions.word_of_day import callers, word_of
from eldercare.models import CareBooking

EVENT = "who_comes"
Status = CareBooking.Status


def tell_who_comes(*, at: dt.datetime) -> int:
    """Of tomorrow's care from the afternoon on, and of today's that is still to come; returns their number.

    Of care at the elder's door alone. Once for each crew: where somebody else is assigned afterwards, they
    are told again, also of one that they were told of before.
    """
    days = [due.day for due in due_reminders(at)]
    is_to_come = Q(starts_at__gt=at) | Q(starts_at=None, day__gt=localdate(at))
    rows = CareBooking.objects.at_door().filter(is_to_come, status=Status.ASSIGNED, day__in=days)
    rows = rows.exclude(CareBooking.stranded_at(at)).shown()
    found = rows.select_related("community", "resident__login", "mandate__agent")
    return sum(tell_of(booking, at) for booking in found if booking.crew_told != crew_of(booking))


def crew_of(booking: CareBooking) -> str:
    """Who comes and when, as one value."""
    people = ",".join(str(worker.pk) for worker in booking.crew)
    return f"{booking.day} {booking.slot_id or ''} {people}"


@transaction.atomic
def tell_of(booking: CareBooking, at: dt.datetime) -> bool:
    """False where it was changed meanwhile, or somebody else has just told them."""
    crew = crew_of(booking)
    same = {"assigned_to": booking.assigned_to, "assistant": booking.assistant, "slot": booking.slot}
    still = CareBooking.objects.filter(pk=booking.pk, status=Status.ASSIGNED, day=booking.day, **same)
    if not still.exclude(crew_told=crew).update(crew_told=crew):
        return False
    values: dict[str, Value] = {
        "number": "、".join(each.number for each in callers(booking) if each.number) or "–",
        "word": word_of(booking, at),
    }
    once = f"{crew}:{at:%d%H%M%S}"  # the same crew may come again after another one was told
    notify_of_change(CARE, booking, EVENT, at, once=once, more=values)
    told = login_to_notify(booking.resident, booking.mandate, at)
    agents = User.objects.filter(mandates_held__in=agent_mandates(booking, at)).distinct()
    others = [each for each in agents if each != told]
    notify_logins(booking, f"care_{EVENT}", others, at, dedupe=once, more=values)
    return True
