"""The second parent: named by the first with a phone number, a guardian once they have confirmed it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import guardians_of
from childcare.actions.filling import CHANGE
from childcare.actions.former_parents import NO_NUMBER, RANK, end_entry, record_parent
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


@transaction.atomic
def name_second_parent(
    *, application: Application, phone: str, relation: str, via: str, at: dt.datetime, by: User
) -> SecondParent:
    """Ask the other parent to confirm, over a message that says nothing of the child.

    Refuses: not_allowed, guardian_only, child_missing, relation_missing, phone_invalid, own_phone,
    two_parents (the child has two guardians), already_named, not_possible (the application has ended).
    """
    decision_mandate(application, by=by, via=via, permission=CHANGE)
    if not application.is_live:
        raise transition_refusal(application, "")
    if application.child is None:
        raise ValidationError(_("Fill in first who the child is."), code="child_missing")
    if relation not in Application.Relation.values:
        raise ValidationError(_("Say what they are to the child."), code="relation_missing")
    phone = parse_mobile(phone)
    check_other_parent(application.child, phone)
    try:
        with transaction.atomic():
            entry = SecondParent(application=application, relation=relation, named_at=at, named_by=by)
            entry.phone = phone
            entry.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(_("A second parent is named already."), code="already_named") from clash
    record_parent(entry, "second_parent_named", at, by)
    notify(
        event="second_parent_named",
        community=application.community_id,
        user=login_for_phone(phone=phone, at=at),
        at=at,
        dedupe=f"second_parent_named:{entry.pk}",
        values={"phone": application.community.phone},
    )
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
    if len(guardians) >= MOST_PARENTS:
        raise ValidationError(_("The child has two guardians already."), code="two_parents")


@transaction.atomic
def confirm_second_parent(
    *, entry: SecondParent, name: str, child_born_on: dt.date | None, at: dt.datetime, by: User
) -> Application:
    """The other parent says it themselves, signed in with the number that was named. The child's birthday
    proves that no stranger got the message: without it nothing is confirmed, and nothing is told.

    Refuses: not_allowed (another login, or a number in doubt), birthday_differs, name_missing (of somebody
    whom the register does not know), name_too_long, parent_over (taken back or ended), not_an_adult.
    """
    row = SecondParent.objects.select_for_update(no_key=True).get(pk=entry.pk)
    if not SecondParent.objects.named_to(by).filter(pk=row.pk).exists():
        code = "parent_over" if row.phone_index in indexes_of(by.phone) else "not_allowed"
        raise ValidationError(_("This request was taken back."), code=code)
    application = Application.objects.shown().get(pk=row.application_id)
    child = application.child
    if child is None or child.born_on is None or child.born_on != child_born_on:
        raise ValidationError(
            _("This is not the birthday that was entered. Please ask the other parent."),
            code="birthday_differs",
        )
    adult = own_adult(application, name, by) or register_resident(
        community=application.community, name=name, phone=by.phone, login=by, at=at, by=by
    )
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


def own_adult(application: Application, name: str, by: User) -> Resident | None:
    """Of the people of this number the one of that name, else the only one; no child among them."""
    people = Resident.objects.own(by).filter(community=application.community)
    adults = list(people.exclude(pk__in=Guardianship.objects.current().values("child")).order_by("pk"))
    same = [each for each in adults if normalise_name(each.name) == normalise_name(name)]
    return next(iter(same or (adults if len(adults) == 1 else [])), None)


@transaction.atomic
def end_second_parent(*, application: Application, via: str, at: dt.datetime, by: User) -> None:
    """Take back what nobody has confirmed yet; a guardian is no longer one only by the register's desk.

    Refuses: not_allowed, guardian_only.
    """
    decision_mandate(application, by=by, via=via, permission=CHANGE)
    for entry in SecondParent.objects.current().filter(application=application, confirmed_at=None):
        end_entry(entry, at, by)
