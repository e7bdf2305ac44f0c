"""Children entered with their guardian: at a desk, or by the guardian."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.actions.guardians import add_guardian
from circle.actions.residents import register_resident
from circle.identifiers.person_names import normalise_name
from circle.models import Guardianship, Resident, User
from circle.models.guardians import ADULT_AT, years_before

MOST_CHILDREN = 10  # of one guardian, added without a clerk


@transaction.atomic
def register_child(
    *, guardian: Resident, name: str, born_on: dt.date, at: dt.datetime, by: User | None
) -> Resident:
    """Register a child at its guardian's home, with that guardian.

    Refuses: name_missing, name_too_long, not_born (a birthday after today), not_a_child (18 or older),
    not_an_adult, resident_gone.
    """
    if born_on > localtime(at).date():
        raise ValidationError(_("The birthday lies in the future."), code="not_born")
    child = register_resident(community=guardian.community, name=name, at=at, by=by)
    child.born_on, child.language = born_on, guardian.language
    child.building_id, child.household_id = guardian.building_id, guardian.household_id
    child.save(update_fields=["born_on", "language", "building", "household"])
    add_guardian(child=child, adult=guardian, at=at, by=by)
    return child


@transaction.atomic
def add_own_child(*, guardian: Resident, name: str, born_on: dt.date, at: dt.datetime, by: User) -> Resident:
    """Register a child of the person who is signed in, at their home.

    Refuses: not_allowed, not_born, not_a_child (18 or older), child_known (of this name and birthday),
    too_many, and as `register_child`.
    """
    if not Resident.objects.own(by).filter(pk=guardian.pk).exists():
        raise ValidationError(_("You may not act for this person."), code="not_allowed")
    if born_on <= years_before(localtime(at).date(), ADULT_AT):
        raise ValidationError(
            _("Here you add a child. Whoever is of age signs in, or lets you act for them."),
            code="not_a_child",
        )
    Resident.objects.select_for_update(no_key=True).get(pk=guardian.pk)  # two tabs add it once
    children = Resident.objects.living().filter(
        pk__in=Guardianship.objects.current().filter(adult=guardian).values("child")
    )
    said = normalise_name(name)
    if any(normalise_name(child.name) == said for child in children.filter(born_on=born_on)):
        raise ValidationError(_("This child is in the list already."), code="child_known")
    if children.count() >= MOST_CHILDREN:
        raise ValidationError(_("More children are added at the window."), code="too_many")
    return register_child(guardian=guardian, name=name, born_on=born_on, at=at, by=by)
