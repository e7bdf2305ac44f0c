"""Which child an application is for: one that the guardian answers for, or one entered for the first time."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from childcare.models import Application
from circle.actions import NAME_LENGTH, register_child
from circle.audit.log import record
from circle.calendar.working_days import SHANGHAI
from circle.identifiers.person_names import normalise_name, visible_name
from circle.models import Guardianship, Resident, User


def children_of(guardian: Resident) -> QuerySet[Resident]:
    """For whom the guardian answers, the eldest first."""
    wards = Guardianship.objects.current().filter(adult=guardian)
    return Resident.objects.living().filter(pk__in=wards.values("child")).order_by("born_on", "pk")


def guardians_of(child: Resident | None) -> QuerySet[Resident]:
    """Who answers for the child, whom to reach first at the front."""
    answering = Guardianship.objects.current().filter(child=child)
    people = Resident.objects.living().filter(wards__in=answering)
    return people.order_by("wards__rank", "pk")


def find_or_enter_child(
    application: Application,
    child: Resident | None,
    name: str,
    born_on: dt.date | None,
    is_another: bool,
    at: dt.datetime,
    by: User,
) -> tuple[Resident, bool]:
    """The child, and whether the register knows it only from now on.

    Refuses: as `fill_child`.
    """
    if child:
        if not children_of(application.guardian).filter(pk=child.pk).exists():
            raise ValidationError(_("This child is not among those of the guardian."), code="not_your_child")
        return child, False
    name, born_on = checked_name_and_birthday(name, born_on, at)
    # Two tabs, or both parents at one phone, enter it once.
    Resident.objects.select_for_update(no_key=True).get(pk=application.guardian_id)
    if known := find_known_child(application, name, born_on, is_another):
        return correct_child(known, application, name, born_on, at, by), False
    return register_child(guardian=application.guardian, name=name, born_on=born_on, at=at, by=by), True


def checked_name_and_birthday(name: str, born_on: dt.date | None, at: dt.datetime) -> tuple[str, dt.date]:
    name = visible_name(name)
    if not name:
        raise ValidationError(_("Enter the child's name."), code="name_missing")
    if len(name) > NAME_LENGTH:
        raise ValidationError(
            _("A name has at most %(length)s characters."),
            code="name_too_long",
            params={"length": NAME_LENGTH},
        )
    if born_on is None:
        raise ValidationError(_("Enter the child's birthday."), code="birthday_missing")
    if born_on > at.astimezone(SHANGHAI).date():
        raise ValidationError(_("The birthday lies in the future."), code="not_born")
    return name, born_on


def find_known_child(
    application: Application, name: str, born_on: dt.date, is_another: bool
) -> Resident | None:
    """The guardian's child that is meant, else the one that was entered here and is corrected now.

    Refuses: child_known.
    """
    of_that_day = list(children_of(application.guardian).filter(born_on=born_on))
    for child in of_that_day:
        if normalise_name(child.name) == normalise_name(name):
            return child
    if application.child and application.entered_child:
        return application.child
    if of_that_day and not is_another:
        raise ValidationError(
            _("You have a child born on that day: %(name)s. Choose it, or say that this is another child."),
            code="child_known",
            params={"name": of_that_day[0].name},
        )
    return None


def correct_child(
    child: Resident, application: Application, name: str, born_on: dt.date, at: dt.datetime, by: User
) -> Resident:
    """What was entered wrongly for this application is put right; what the register knew stays."""
    is_own = application.entered_child and child == application.child
    if is_own and (child.name, child.born_on) != (name, born_on):
        child.name, child.born_on = name, born_on
        child.save(update_fields=["name", "born_on"])
        record(verb="child_mended", subject=child, community=child.community_id, at=at, actor=by)
    return child


def birthday_of(child: Resident) -> dt.date:
    """Refuses: birthday_missing (the register does not know it)."""
    if child.born_on is None:
        raise ValidationError(
            _("We do not know this child's birthday yet. Please phone us."), code="birthday_missing"
        )
    return child.born_on


@transaction.atomic
def transfer_to_guardian(
    *, application: Application, guardian: Resident, at: dt.datetime, by: User
) -> Application:
    """Another guardian of the child is the one we write to. A second time changes nothing.

    Refuses: not_your_child.
    """
    if not application.child or not children_of(guardian).filter(pk=application.child.pk).exists():
        raise ValidationError(_("This child is not among those of the guardian."), code="not_your_child")
    if Application.objects.filter(pk=application.pk).exclude(guardian=guardian).update(guardian=guardian):
        record(
            verb="application_passed_on",
            subject=application,
            community=application.community_id,
            at=at,
            actor=by,
        )
    application.guardian = guardian
    return application


def possible_duplicates(child: Resident) -> QuerySet[Resident]:
    """Other rows that may be the same child: born on the same day, one guardian or household in common."""
    guardians = Guardianship.objects.filter(child=child, ended_at=None).values("adult")
    homes = Resident.objects.filter(Q(pk=child.pk) | Q(pk__in=guardians), household__isnull=False).values(
        "household"
    )
    of_guardians = Guardianship.objects.filter(ended_at=None, adult__in=guardians).values("child")
    at_home = Guardianship.objects.filter(ended_at=None, adult__household__in=homes).values("child")
    same = Resident.objects.living().filter(community=child.community_id, born_on=child.born_on)
    near = Q(pk__in=of_guardians) | Q(pk__in=at_home) | Q(household__in=homes)
    return same.filter(near, born_on__isnull=False).exclude(pk=child.pk).order_by("pk")
