"""Who may ring at an elder's door today, for whoever answers the duty phone."""

import datetime as dt
from dataclasses import dataclass

from django.utils.timezone import localdate

from circle.models import Resident
from eldercare.actions.word_of_day import Caller, caller_on_round, callers, word_of, word_of_round
from eldercare.models import CareBooking, Pairing


@dataclass(frozen=True)
class Expected:
    """Somebody who is to come today, and the word that they say."""

    callers: list[Caller]
    word: str
    starts_at: dt.datetime | None = None
    is_volunteer: bool = False


def expected_today(resident: Resident, at: dt.datetime) -> list[Expected]:
    """Care by time, then the volunteers who may look in on any day. Nothing about what is given."""
    today = localdate(at)
    cares = (
        CareBooking.objects.live().at_door().filter(resident=resident, day=today, assigned_to__isnull=False)
    )
    rows = cares.select_related("assigned_to", "assistant").order_by("starts_at", "pk")
    found = [Expected(callers(row), word_of(row, at), row.starts_at) for row in rows]
    return found + [volunteer_of(pairing, today) for pairing in pairings_of([resident])]


def pairings_of(people: list[Resident]) -> list[Pairing]:
    met = Pairing.objects.introduced().filter(resident__in=people, resident__died_on=None)
    return list(met.select_related("volunteer__user", "resident").order_by("resident", "place"))


def volunteer_of(pairing: Pairing, day: dt.date) -> Expected:
    volunteer = pairing.volunteer
    word = word_of_round(volunteer.pk, pairing.resident, day)
    return Expected([caller_on_round(volunteer)], word, is_volunteer=True)
