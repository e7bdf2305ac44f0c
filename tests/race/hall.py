"""A hall with slots, and families who want to book there, laid out in bulk in an empty database."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.utils import timezone

from circle.calendar.working_days import SHANGHAI
from circle.models import Resident, User
from services.models import ServiceItem, Slot
from tests import make

DAYS = 5  # the slots are spread over so many days, so that one person can hold several places


@dataclass(frozen=True)
class Hall:
    item: ServiceItem
    clerk: User
    slots: list[Slot]
    families: list[list[Resident]]  # each family books over one phone

    @property
    def places(self) -> int:
        return sum(slot.capacity for slot in self.slots)


def lay_out(
    *, slots: int, places: int, families: int, members: int, for_staff_every: int = 0, days: int = DAYS
) -> Hall:
    """Slots from tomorrow on (the pages go by the real clock); each n-th one is for phone and window."""
    item = make.bookable()
    counter = item.counters.get()
    rows = []
    for number in range(slots):
        is_for_staff = for_staff_every and number % for_staff_every == 0
        starts_at = opening(days_from_now=1 + number % days) + dt.timedelta(seconds=number // days)
        rows.append(
            Slot(
                community=counter.community,
                counter=counter,
                channel=Slot.Channel.COUNTER if is_for_staff else Slot.Channel.ONLINE,
                day=starts_at.date(),
                starts_at=starts_at,
                ends_at=starts_at + dt.timedelta(minutes=30),
                capacity=places,
            )
        )
    return Hall(
        item=item,
        clerk=make.clerk(community=counter.community),
        slots=Slot.objects.bulk_create(rows),
        families=settle(counter.community, families, members),
    )


def opening(days_from_now: int) -> dt.datetime:
    day = timezone.now().astimezone(SHANGHAI).date() + dt.timedelta(days=days_from_now)
    return dt.datetime.combine(day, dt.time(9), tzinfo=SHANGHAI)


def settle(community: Any, families: int, members: int) -> list[list[Resident]]:
    logins = []
    for _ in range(families):
        login = User(name="", phone_verified_at=timezone.now())
        login.phone = make.mobile()
        logins.append(login)
    home = make.building(community=community)
    people = [
        Resident(community=community, building=home, name=f"居民{number}", login=login)
        for number, login in enumerate(User.objects.bulk_create(logins))
        for _ in range(members)
    ]
    people = Resident.objects.bulk_create(people)
    return [people[first : first + members] for first in range(0, len(people), members)]


def signed_in(user: User) -> str:
    """The session cookie of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
