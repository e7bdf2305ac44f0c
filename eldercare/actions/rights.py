"""Which rights somebody has on a day, from what is known about them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from eldercare.models.rights import Facts, Right, RightTerms


@dataclass(frozen=True)
class Entitlement:
    """A right with the terms of the day; one that is not sure depends on something that was not said."""

    right: Right
    terms: RightTerms
    is_sure: bool = True


def entitlements(rights: Iterable[Right], facts: Facts, day: dt.date) -> list[Entitlement]:
    """In the order of the rights; of a group only the highest of the sure ones."""
    found = []
    for right in rights:
        terms = right.terms_on(day)
        if terms and (terms.holds(facts) or terms.may_hold(facts)):
            found.append(Entitlement(right, terms, is_sure=terms.holds(facts)))
    best: dict[str, Entitlement] = {}
    for each in found:
        group = each.right.group
        if each.is_sure and group and amount_of(each) > amount_of(best.get(group)):
            best[group] = each
    return [each for each in found if not is_outdone(each, best.get(each.right.group))]


def amount_of(each: Entitlement | None) -> int:
    return (each.terms.cents or 0) if each else -1


def is_outdone(each: Entitlement, best: Entitlement | None) -> bool:
    """By another one of its group that is sure; what may be more is still worth asking for."""
    if best is None or each is best:
        return False
    return each.is_sure or amount_of(each) <= amount_of(best)
