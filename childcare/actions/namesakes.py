"""Children of one name and birthday: one child entered by two parents, until staff say that it is another."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models import Application, KnownApart
from circle.audit.log import record
from circle.identifiers.person_names import normalise_name
from circle.models import Resident, User

UNDECIDED = [Application.Status.SUBMITTED, Application.Status.VERIFIED]


def perhaps_same_children(application: Application) -> list[Resident]:
    """Of the community, with the same birthday and spelling, not marked as another child by staff."""
    child = application.child
    if child is None or child.born_on is None:
        return []
    same_day = Resident.objects.living().filter(community=child.community_id, born_on=child.born_on)
    name = normalise_name(child.name)
    others = [
        each for each in same_day.exclude(pk=child.pk).order_by("pk") if normalise_name(each.name) == name
    ]
    if not others:
        return []
    apart = KnownApart.objects.filter(
        Q(application__child=child) | Q(other=child, application__child__isnull=False)
    ).values_list("application__child", "other")
    distinct = {person for pair in apart for person in pair}
    return [each for each in others if each.pk not in distinct]


def perhaps_known_among(applications: Iterable[Application]) -> set[int]:
    """Which of them have a child that the register may know twice; two queries for any number."""
    open_ones = [each for each in applications if each.status in UNDECIDED and each.child]
    days = {each.child.born_on for each in open_ones if each.child and each.child.born_on}
    places = {each.community_id for each in open_ones}
    alike: dict[tuple[int, dt.date | None, str], set[int]] = {}
    for person in Resident.objects.living().filter(community__in=places, born_on__in=days):
        alike.setdefault(key_of(person), set()).add(person.pk)
    children = [each.child for each in open_ones]
    rows = KnownApart.objects.filter(Q(application__child__in=children) | Q(other__in=children))
    apart = {frozenset(pair) for pair in rows.values_list("application__child", "other")}
    return {
        each.pk
        for each in open_ones
        if each.child
        and any(
            other != each.child_id and frozenset((each.child_id, other)) not in apart
            for other in alike.get(key_of(each.child), ())
        )
    }


def key_of(person: Resident) -> tuple[int, dt.date | None, str]:
    return person.community_id, person.born_on, normalise_name(person.name)


def check_known_apart(application: Application) -> None:
    """Refuses: perhaps_known (a child of this name and birthday that nobody has marked as another child)."""
    if perhaps_same_children(application):
        raise ValidationError(
            _(
                "The register has another child of this name and birthday. Join the two, or say that this is "
                "another child."
            ),
            code="perhaps_known",
        )


@transaction.atomic
def confirm_another_child(*, application: Application, at: dt.datetime, by: User) -> Application:
    """Staff have found out that these are two children. Twice is harmless."""
    for other in perhaps_same_children(application):
        apart, is_new = KnownApart.objects.get_or_create(
            application=application, other=other, defaults={"decided_at": at, "decided_by": by}
        )
        if is_new:
            community = application.community_id
            record(
                verb="children_told_apart",
                subject=apart,
                community=community,
                at=at,
                actor=by,
                application=application.pk,
                other=other.pk,
            )
    return application
