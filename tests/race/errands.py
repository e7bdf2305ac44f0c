"""What neighbours do beside the hall while the server is killed: care, council topics, nursery seats."""

import datetime as dt
import random
import time
from dataclasses import dataclass
from itertools import cycle, zip_longest
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from childcare.models import Application
from circle.booking.form_keys import FORM_KEY
from circle.booking.idempotency import new_key
from circle.models import Community, Resident
from council.models import Meeting
from eldercare.models import CareSlot
from tests import make, make_childcare, make_council, make_eldercare
from tests.race.clients import Answer, FormSender, timed
from tests.race.hall import opening, settle, signed_in

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Neighbourhood:
    """Families, times of care for a third of them, a council that asks for topics, and offers of seats."""

    slots: list[CareSlot]
    meeting: Meeting
    families: list[list[Resident]]
    offered: list[list[Application]]  # to each family


def lay_out(*, families: int, members: int, children: int) -> Neighbourhood:
    """In the community that is there. `children`: offers to each family, in classes that are then full."""
    here, at = make.here(), timezone.now()
    kinds = [make_eldercare.kind(community=here) for _ in range(2)]
    starts = [opening(1 + number % 3) + number // 3 * HOUR for number in range(families * members // 6 + 1)]
    slots = [make_eldercare.slot(kind=kind, starts_at=each, capacity=1) for kind in kinds for each in starts]
    meeting = make_council.calling(
        starts_at=at + dt.timedelta(days=20),
        ends_at=at + dt.timedelta(days=20, hours=2),
        call_opens_at=at - HOUR,
        call_closes_at=at + dt.timedelta(days=10),
        at=at - 2 * HOUR,
    )
    people = settle(here, families, members)
    return Neighbourhood(
        slots=slots,
        meeting=meeting,
        families=people,
        offered=[offer_places(here, family, children, at) for family in people],
    )


def offer_places(
    here: Community, family: list[Resident], children: int, at: dt.datetime
) -> list[Application]:
    day = at.date() + dt.timedelta(days=30)
    group = make_childcare.nursery_class(
        community=here,
        facility=make.facility(dimension="children", community=here),
        capacity=children,
        starts_on=at.date() - dt.timedelta(days=60),
    )
    born_on = day - dt.timedelta(days=580)
    values = {"nursery_class": group, "start_on": day, "child_born_on": born_on, "at": at}
    return [make_childcare.offered(guardian=family[0], **values) for _ in range(children)]


class Neighbour(FormSender):
    """On the pages of the three apps above the hall's."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.slots = {slot.pk: slot for slot in CareSlot.objects.select_related("kind")}
        self.meetings = {meeting.pk: meeting.slug for meeting in Meeting.objects.all()}

    def care(self, resident: int, slot: int, key: str) -> Answer:
        found = self.slots[slot]
        asked = urlencode({"resident": self.residents[resident], "slot": found.code})
        url = f"{reverse('care_check', args=[found.kind.code])}?{asked}"
        return self.submit(Answer("care", slot, resident, key), url, {"once": key, "note": ""})

    def topic(self, resident: int, meeting: int, key: str) -> Answer:
        fields = {"resident": self.residents[resident], "meeting": self.meetings[meeting], "once": key}
        fields |= {"text": "路灯不亮。", "dimension": "", "scenario": ""}
        return self.submit(Answer("topic", meeting, resident, key), reverse("topic_check"), fields)

    def accept(self, code: str, key: str) -> Answer:
        return self.submit(
            Answer("accept", key=key), reverse("application_accept", args=[code]), {FORM_KEY: key}
        )

    def decline(self, code: str, key: str) -> Answer:
        return self.submit(
            Answer("decline", key=key), reverse("application_decline", args=[code]), {FORM_KEY: key}
        )


def run_errands(client: Neighbour, *, steps: list[tuple[Any, ...]], seconds: float) -> list[Answer]:
    """One after the other, each with a key of its own, until all is done or the time is up."""
    stop = time.monotonic() + seconds
    answers = []
    for verb, *arguments in steps:
        if time.monotonic() >= stop:
            break
        answers.append(timed(getattr(client, verb), *arguments, new_key()))
    return answers


def plans(found: Neighbourhood, origin: str, seconds: float) -> list[dict[str, Any]]:
    """One for each family: for each member a time of care and some topics, for each child yes or no."""
    return [
        {
            "kind": "Neighbour",
            "client": {"origin": origin, "session": signed_in(family[0].login), "is_patient": True},
            "task": "run_errands",
            "arguments": {"steps": errands_of(found, family, offers, seed=number), "seconds": seconds},
        }
        for number, (family, offers) in enumerate(zip(found.families, found.offered, strict=True))
    ]


def errands_of(
    found: Neighbourhood, family: list[Resident], offers: list[Application], *, seed: int
) -> list[tuple[Any, ...]]:
    """A bit of everything from the start, however soon the time is up."""
    chance = random.Random(seed)
    kinds: list[list[tuple[Any, ...]]] = [
        [(verb, each.code) for each, verb in zip(offers, cycle(["accept", "decline"]), strict=False)],
        [("care", person.pk, chance.choice(found.slots).pk) for person in family],
        [("topic", person.pk, found.meeting.pk) for person in family],
    ]
    return [step for steps in zip_longest(*kinds) for step in steps if step]
