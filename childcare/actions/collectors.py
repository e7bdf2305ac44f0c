"""Who may take a child home: its guardians, and whom one of them has empowered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import guardians_of
from childcare.models import PickupPerson
from childcare.models.ages import is_adult
from circle.identifiers.masking import mask_phone
from circle.models import Mandate, Resident


@dataclass(frozen=True)
class Collector:
    """As staff see them when the child is collected: name and masked number only."""

    key: str
    name: str
    phone: str
    basis: Any
    person: Resident | None  # None for a login that the register does not know
    guardian: Resident | None = None
    mandate: Mandate | None = None
    entry: PickupPerson | None = None


def collectors_of(child: Resident | None, at: dt.datetime) -> list[Collector]:
    """Guardians first, whom to reach first at the front; nobody who is barred, and no minor."""
    if child is None:
        return []
    entries = PickupPerson.objects.current().filter(child=child).select_related("person").order_by("pk")
    barred = {entry.person_id for entry in entries if entry.is_barred}
    guardians = [each for each in guardians_of(child) if each.pk not in barred]
    found = [
        Collector(f"guardian-{each.code}", each.name, each.masked_phone, _("guardian"), each, guardian=each)
        for each in guardians
    ]
    found += mandated_collectors(child, guardians, barred, localdate(at))
    known = {each.person.pk for each in found if each.person}
    return found + [
        allowed_collector(entry)
        for entry in entries
        if not entry.is_barred and entry.person_id not in known and not entry.person.died_on
    ]


def mandated_collectors(
    child: Resident, guardians: list[Resident], barred: set[int], today: dt.date
) -> list[Collector]:
    """Whom the child's guardians (not those barred) have empowered, each login once."""
    given = Mandate.objects.active(today).covering(Mandate.Scope.CHILDCARE)
    theirs = given.filter(Q(principal__in=guardians) | Q(principal=child)).select_related(
        "agent", "principal"
    )
    seen = {each.login_id for each in guardians}
    found = []
    for mandate in theirs.order_by("pk"):
        own = Resident.objects.own(mandate.agent).order_by("pk").first()
        is_refused = own and (own.pk in barred or is_minor(own, today))
        if mandate.agent_id not in seen and not is_refused:
            seen.add(mandate.agent_id)
            found.append(mandated_collector(mandate, own))
    return found


def is_minor(person: Resident, today: dt.date) -> bool:
    """Where the register knows the birthday; of others the nurse sees whom she has before her."""
    return person.born_on is not None and not is_adult(person.born_on, today)


def allowed_collector(entry: PickupPerson) -> Collector:
    person = entry.person
    words = _("entered by the nursery at a guardian's wish: ask for the identity card")
    return Collector(f"adult-{person.code}", person.name, person.masked_phone, words, person, entry=entry)


def find_collector(child: Resident | None, key: str, at: dt.datetime) -> Collector:
    """The one with this key among those who may collect the child at that moment.

    Refuses: may_not_collect.
    """
    chosen = next((each for each in collectors_of(child, at) if each.key == key), None)
    if chosen is None:
        raise may_not_collect_error()
    return chosen


def may_not_collect_error() -> ValidationError:
    return ValidationError(
        _("This person may not collect the child. Please phone the guardians."), code="may_not_collect"
    )


def mandated_collector(mandate: Mandate, own: Resident | None) -> Collector:
    agent = mandate.agent
    words = _("empowered by %(name)s") % {"name": mandate.principal.name}
    name = own.name if own else agent.name
    return Collector(f"mandate-{mandate.code}", name, mask_phone(agent.phone), words, own, mandate=mandate)
