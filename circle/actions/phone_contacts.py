"""The number under which whoever works on a matter of a person reaches them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record_reading
from circle.hooks import hook_functions
from circle.models import Guardianship, Resident, User

PAGE = "phone"  # a key of READING_PAGES: the person sees who had their number shown


@dataclass(frozen=True)
class Contact:
    name: str
    phone: str
    relation: Any = ""


def works_for(user: User, resident: Resident) -> bool:
    """Whether this post has a live booking, a duty or an open task of this person; one query."""
    first, *others = (
        offered(resident, user).order_by().values_list("pk") for offered in hook_functions("works_for")
    )
    found: bool = first.union(*others).exists()
    return found


@transaction.atomic
def disclose_phone(*, resident: Resident, at: dt.datetime, by: User) -> list[Contact]:
    """The person's own number, else those of who acts for them; it is recorded as a disclosure.

    Refuses: not_allowed (nothing of this person is to be done by this post), nothing_there.
    """
    if not works_for(by, resident):
        raise ValidationError(_("Your post does not allow that."), code="not_allowed")
    found = own_number(resident) or numbers_of_others(resident, localtime(at).date())
    if not found:
        raise ValidationError(_("There is no number."), code="nothing_there")
    record_reading(by=by, resident=resident, page=PAGE, at=at)
    return found


def own_number(resident: Resident) -> list[Contact]:
    phone = resident.phone or (resident.login.phone if resident.login else "")
    return [Contact(resident.name, phone)] if phone else []


def numbers_of_others(resident: Resident, today: dt.date) -> list[Contact]:
    """Whom to reach first at the front: guardians by their rank, then agents."""
    guardians = Guardianship.objects.current(today).filter(child=resident).order_by("rank", "pk")
    found = [
        Contact(contact.name, contact.phone, _("guardian"))
        for row in guardians.select_related("adult__login")
        for contact in own_number(row.adult)
    ]
    mandates = resident.mandates_given.active(today).select_related("agent").order_by("pk")
    return found + [
        Contact(mandate.agent.name or str(_("who acts for them")), mandate.agent.phone, _("acts for them"))
        for mandate in mandates
        if mandate.agent.phone_sealed
    ]
