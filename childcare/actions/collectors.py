"""Who may take a child home: its guardians, and whom one of them has empowered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import guardians_of
from circle.identifiers.masking import mask_phone
from circle.models import Mandate, Resident


@dataclass(frozen=True)
class Collector:
    """As staff see them when the child is collected: name and masked number only."""

    key: str
    name: str
    phone: str
    basis: Any
    guardian: Resident | None = None
    mandate: Mandate | None = None


def collectors_of(child: Resident | None, at: dt.datetime) -> list[Collector]:
    """Guardians first, whom to reach first at the front. Four queries."""
    if child is None:
        return []
    guardians = list(guardians_of(child))
    given = Mandate.objects.active(localdate(at)).covering(Mandate.Scope.CHILDCARE)
    theirs = given.filter(Q(principal__in=guardians) | Q(principal=child)).select_related(
        "agent", "principal"
    )
    found = [
        Collector(f"guardian-{each.code}", each.name, each.masked_phone, _("guardian"), guardian=each)
        for each in guardians
    ]
    seen = {each.login_id for each in guardians}
    for mandate in theirs.order_by("pk"):
        if mandate.agent_id not in seen:
            seen.add(mandate.agent_id)
            found.append(mandated_collector(mandate))
    return found


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


def mandated_collector(mandate: Mandate) -> Collector:
    agent = mandate.agent
    own = Resident.objects.own(agent).order_by("pk").first()
    words = _("empowered by %(name)s") % {"name": mandate.principal.name}
    name = own.name if own else agent.name
    return Collector(f"mandate-{mandate.code}", name, mask_phone(agent.phone), words, mandate=mandate)
