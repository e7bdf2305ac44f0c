"""The second parent: named by the first with a phone number, a guardian once they have confirmed it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import guardians_of
from childcare.actions.filling import CHANGE
from childcare.actions.former_parents import (
    NO_NUMBER,
    RANK,
    end_unanswered_parents,
    lock_application,
    record_parent,
)
from childcare.actions.rules import decision_mandate, notify_guardians
from childcare.models import Application, SecondParent
from circle.actions import add_guardian, login_for_phone, register_resident
from circle.booking.transitions import transition_refusal
from circle.identifiers.encryption import indexes_of
from circle.identifiers.person_names import normalise_name
from circle.identifiers.phone_numbers import parse_mobile
from circle.models import Guardianship, Resident, User
from circle.notifications import notify

MOST_PARENTS = 2
MOST_ASKED = 3  # numbers for one application, with those that were taken back


@transaction.atomic
def name_second_parent(
    *, application: Application, phone: str, relation: str, via: str, at: dt.datetime, by: User
) -> SecondParent:
    """Ask the other parent to confirm, over a message that says nothing of the child.

    Refuses: not_allowed, guardian_only, child_missing, relation_missing, phone_invalid, own_phone,
    two_parents (the child has two guardians), already_named, too_many_asked, not_possible (the application
    has ended).
    """
    decision_mandate(application, by=by, via=via, permission=CHANGE)
    application = lock_application(application.pk)
    if not application.is_live:
        raise transition_refusal(application, "")
    if application.child is None:
        raise ValidationError(_("Fill in first who the child is."), code="child_missing")
    if relation not in Application.Relation.values:
        raise ValidationError(_("Say what they are to the child."), code="relation_missing")
    phone = parse_mobile(phone)
    check_other_parent(application.child, phone)
    entry = add_entry(application, phone, relation, at, by)
    record_parent(entry, "second_parent_named", at, by)
    notify(
        event="second_parent_named",
        community=application.community_id,
        user=login_for_phone(phone=phone, at=at),
        at=at,
        dedupe=f"second_parent_named:{entry.pk}",
        values={"code": entry.code, "phone": application.community.phone},
    )
    return entry


def add_entry(application: Application, phone: str, relation: str, at: dt.datetime, by: User) -> SecondParent:
    """The application is locked: two tabs are counted one after the other.

    Refuses: already_named, too_many_asked (each is a message to somebody who may be a stranger).
    """
    entries = SecondParent.objects.filter(application=application)
    if entries.current().exists():
        raise ValidationError(_("A second parent is named already."), code="already_named")
    if entries.count() >= MOST_ASKED:
        raise ValidationError(
            _("Three numbers were asked already. The nursery can enter the other parent at its office."),
            code="too_many_asked",
        )
    entry = SecondParent(application=application, relation=relation, named_at=at, named_by=by)
    entry.phone = phone
    entry.save(force_insert=True)
    return entry


def check_other_parent(child: Resident, phone: str) -> None:
    """Refuses: own_phone, two_parents."""
    guardians = list(guardians_of(child).select_related("login"))
    found = indexes_of(phone)
    if any({each.phone_index, each.login and each.login.phone_index} & set(found) for each in guardians):
        raise ValidationError(
            _("This is the number of who is a guardian already. The other parent needs one of their own."),
            code="own_phone",
        )
    check_number(len(guardians))


def check_number(guardians: int) -> None:
    if guardians >= MOST_PARENTS:
        raise ValidationError(_("The child has two guardians already."), code="two_parents")


@transaction.atomic
def confirm_second_parent(
    *, entry: SecondParent, name: str, child_born_on: dt.date | None, at: dt.datetime, by: User
) -> Application:
    """The other parent says it themselves, signed in with the number that was named. The child's birthday
    proves that no stranger got the message: without it nothing is confirmed, and nothing is told.

    Refuses: not_allowed (another login, or a number in doubt), birthday_differs, name_missing (of somebody
    whom the register does not know), name_too_long, parent_over (taken back or ended), two_parents,
    not_an_adult.
    """
    application = lock_application(entry.application_id)
    row = SecondParent.objects.select_for_update(no_key=True).get(pk=entry.pk)
    check_named_to(row, by)
    child = application.child
    if child is None or child.born_on is None or child.born_on != child_born_on:
        raise ValidationError(
            _("This is not the birthday that was entered. Please ask the other parent."),
            code="birthday_differs",
        )
    adult = own_adult(application, name, by) or register_resident(
        community=application.community, name=name, phone=by.phone, login=by, at=at, by=by
    )
    check_number(guardians_of(child).exclude(pk=adult.pk).count())
    add_guardian(child=child, adult=adult, at=at, by=by, rank=RANK)
    SecondParent.objects.filter(pk=row.pk).update(confirmed_at=at, confirmed_by=by, **NO_NUMBER)
    record_parent(row, "second_parent_confirmed", at, by)
    notify_guardians(
        application,
        "second_parent_confirmed",
        at,
        dedupe=f"second_parent_confirmed:{row.pk}",
        phone=application.community.phone,
    )
    return application


def check_named_to(entry: SecondParent, by: User) -> None:
    """Refuses: not_allowed, parent_over."""
    if SecondParent.objects.named_to(by).filter(pk=entry.pk).exists():
        return
    is_over = entry.ended_at or entry.phone_index in indexes_of(by.phone)
    raise ValidationError(_("This request was taken back."), code="parent_over" if is_over else "not_allowed")


def adults_of_number(application: Application, by: User) -> list[Resident]:
    """Of the people of this login those who can be the other parent: no child among them."""
    people = Resident.objects.own(by).filter(community=application.community_id)
    return list(people.exclude(pk__in=Guardianship.objects.current().values("child")).order_by("pk"))


def only_adult(application: Application, by: User) -> Resident | None:
    """As whom a login confirms that gives no name."""
    adults = adults_of_number(application, by)
    return adults[0] if len(adults) == 1 else None


def own_adult(application: Application, name: str, by: User) -> Resident | None:
    """The one of that name; whoever only shares the phone is not taken for them."""
    if not normalise_name(name):
        return only_adult(application, by)
    adults = adults_of_number(application, by)
    return next((each for each in adults if normalise_name(each.name) == normalise_name(name)), None)


@transaction.atomic
def end_second_parent(*, application: Application, via: str, at: dt.datetime, by: User) -> None:
    """Take back what nobody has confirmed yet; a guardian is no longer one only by the register's desk.

    Refuses: not_allowed, guardian_only.
    """
    decision_mandate(application, by=by, via=via, permission=CHANGE)
    end_unanswered_parents(lock_application(application.pk), at, by)
