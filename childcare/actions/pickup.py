"""Staff enter an adult without a phone who may collect a child, or whom a court paper bars from it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.collectors import collectors_of
from childcare.models import Application, PickupPerson
from childcare.models.ages import is_adult
from childcare.models.pickup import PAPER_LENGTH
from circle.actions import register_resident
from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.identifiers.person_names import normalise_name
from circle.models import Resident, User


@transaction.atomic
def allow_collector(
    *, application: Application, name: str, born_on: dt.date, paper: str, at: dt.datetime, by: User
) -> PickupPerson:
    """An adult who needs no phone: at the window, with the guardian's word and an identity card.

    Refuses: child_missing, reason_missing (no paper seen), reason_too_long, collector_minor, name_missing,
    name_too_long, already_entered.
    """
    child, paper = child_of(application), checked_reason(paper, PAPER_LENGTH)
    if not is_adult(born_on, localdate(at)):
        raise ValidationError(_("Only an adult may collect a child."), code="collector_minor")
    person = find_adult(child, name, born_on) or register_adult(application, name, born_on, at, by)
    return enter_person(child, person, paper, at=at, by=by, is_barred=False)


@transaction.atomic
def bar_collector(
    *, application: Application, person: str, paper: str, at: dt.datetime, by: User
) -> PickupPerson:
    """A person of the list may not collect the child: a court's paper was seen. A guardian stays a guardian.

    Refuses: child_missing, reason_missing, reason_too_long, not_a_collector.
    """
    child, paper = child_of(application), checked_reason(paper, PAPER_LENGTH)
    chosen = next((each for each in collectors_of(child, at) if each.key == person), None)
    if chosen is None or chosen.person is None:
        raise ValidationError(_("Choose one of those who may collect the child."), code="not_a_collector")
    PickupPerson.objects.current().filter(child=child, person=chosen.person).update(ended_at=at, ended_by=by)
    return enter_person(child, chosen.person, paper, at=at, by=by, is_barred=True)


@transaction.atomic
def end_pickup_person(*, entry: PickupPerson, at: dt.datetime, by: User) -> PickupPerson:
    """No longer: neither allowed nor barred by this entry. Twice is harmless."""
    if PickupPerson.objects.current().filter(pk=entry.pk).update(ended_at=at, ended_by=by):
        record_pickup(entry, "pickup_person_ended", at, by)
    entry.refresh_from_db()
    return entry


def child_of(application: Application) -> Resident:
    if application.child is None:
        raise ValidationError(_("This application names no child."), code="child_missing")
    return application.child


def find_adult(child: Resident, name: str, born_on: dt.date) -> Resident | None:
    same = Resident.objects.living().filter(community=child.community_id, born_on=born_on).order_by("pk")
    return next((each for each in same if normalise_name(each.name) == normalise_name(name)), None)


def register_adult(
    application: Application, name: str, born_on: dt.date, at: dt.datetime, by: User
) -> Resident:
    person = register_resident(community=application.community, name=name, at=at, by=by)
    person.born_on = born_on
    person.save(update_fields=["born_on"])
    return person


def enter_person(
    child: Resident, person: Resident, paper: str, *, at: dt.datetime, by: User, is_barred: bool
) -> PickupPerson:
    try:
        with transaction.atomic():
            entry = PickupPerson.objects.create(
                child=child, person=person, paper=paper, since=at, entered_by=by, is_barred=is_barred
            )
    except IntegrityError as clash:
        raise ValidationError(_("This person is entered already."), code="already_entered") from clash
    record_pickup(entry, "pickup_person_barred" if is_barred else "pickup_person_allowed", at, by)
    return entry


def record_pickup(entry: PickupPerson, verb: str, at: dt.datetime, by: User) -> None:
    community = entry.child.community_id
    record(verb=verb, subject=entry, community=community, at=at, actor=by, person=entry.person_id)
