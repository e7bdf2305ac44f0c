"""Visits that a person in a post still has, and handing them over."""

import datetime as dt
from functools import partial

from django.db.models import Q

from circle.models import User
from circle.permissions.handover import Work
from eldercare import actions
from eldercare.models import CareBooking


def open_work(holders: set[int]) -> list[Work]:
    """Care that is assigned to these logins. The hook `open_work`."""
    crew = Q(assigned_to__in=holders) | Q(assistant__in=holders)
    live = CareBooking.objects.live().filter(crew).shown()
    return [
        Work(
            key=f"care:{booking.pk}" + ("" if member == booking.assigned_to else ":assistant"),
            holder=member.pk,
            community=booking.community_id,
            label=f"{booking.kind.name} · {booking.resident}",
            due=booking.day,
            hand_over=partial(hand_over_work, booking, member),
        )
        for booking in live
        for member in booking.crew
        if member.pk in holders
    ]


def hand_over_work(booking: CareBooking, member: User, *, to: User, at: dt.datetime, by: User) -> CareBooking:
    """`to` takes the place of this member of the crew."""
    booking.refresh_from_db(fields=["assigned_to", "assistant"])  # both members may hand over at once
    first, second = (to if each == member else each for each in (booking.assigned_to, booking.assistant))
    return actions.assign_worker(booking=booking, worker=first or to, assistant=second, at=at, by=by)
