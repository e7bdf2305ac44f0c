"""The one search box of the window: a number, a booking code, a person, or the line of a card reader."""

import re
from dataclasses import dataclass, field
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import NAME_LENGTH
from circle.backoffice.intake import newcomer_initial, people_at_desk
from circle.identifiers.public_codes import typed_code
from circle.models import Resident, User
from circle.search.resident_lookup import find_residents
from services import actions
from services.backoffice.card_reader import CardLine, parse_card_line
from services.backoffice.day_sheet import booking_here
from services.models import Counter, Ticket

NUMBER = re.compile(r"([A-Z])([0-9]{1,4})")
LONGEST = 300  # characters of a reader's line


class NewcomerForm(forms.Form):
    """Somebody whom the register does not know; a reader has filled in name and birthday."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    born_on = forms.DateField(
        label=_("Birthday"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@dataclass
class Found:
    """`is_done`: nothing is left to choose."""

    people: list[Resident] = field(default_factory=list)
    ticket: Ticket | None = None
    newcomer: NewcomerForm | None = None
    is_done: bool = False


def search_at_window(request: HttpRequest, counter: Counter, typed: str) -> Found:
    """Refuses: as checking in does, for the code of a booking of this hall."""
    typed = typed[:LONGEST].strip()
    ticket = ticket_of_number(counter, typed)
    if ticket is not None:
        return Found(ticket=ticket)
    if is_checked_in(request, counter, typed):
        return Found(is_done=True)
    if not request.user.has_perm("circle.view_resident"):
        return Found()
    card = parse_card_line(typed, timezone.localdate())
    people = find_people(request, counter, typed, card)
    initial = {"name": card.name, "born_on": card.born_on} if card else newcomer_initial(typed)
    return Found(people=people, newcomer=NewcomerForm(initial=initial))


def ticket_of_number(counter: Counter, typed: str) -> Ticket | None:
    match = NUMBER.fullmatch(typed_code(typed))
    if match is None:
        return None
    rows = Ticket.objects.of_day(counter.facility, timezone.localdate()).shown()
    return rows.filter(prefix=match[1], number=int(match[2])).first()


def is_checked_in(request: HttpRequest, counter: Counter, typed: str) -> bool:
    """Whether it was the code of a booking of this hall, which is then checked in."""
    try:
        booking = booking_here(counter.facility, typed)
    except ValidationError as refusal:
        if refusal.code == "unknown_code":
            return False
        raise
    actions.check_in_booking(booking=booking, at=timezone.now(), by=cast(User, request.user))
    messages.success(request, gettext("%(name)s is checked in.") % {"name": booking.resident.name})
    return True


def find_people(request: HttpRequest, counter: Counter, typed: str, card: CardLine | None) -> list[Resident]:
    """Of a card those of its number, else those of its name who may have its birthday."""
    people, user = people_at_desk(request, counter.facility.community), cast(User, request.user)
    if card is None:
        return find_residents(people, typed, by=user)
    found = find_residents(people, card.number, by=user)
    if found or not card.name:
        return found
    named = find_residents(people, card.name, by=user)
    return [row for row in named if row.born_on in (None, card.born_on)]
