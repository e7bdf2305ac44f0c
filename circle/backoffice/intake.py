"""Intake of a person at the counter or on the phone: found in the register, else registered."""

from dataclasses import dataclass
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.actions import NAME_LENGTH, find_or_register
from circle.backoffice.post_permissions import visible_residents
from circle.booking.idempotency import new_key, once
from circle.identifiers.person_names import visible_name
from circle.identifiers.phone_numbers import parse_phone
from circle.identifiers.public_codes import parse_uuids
from circle.models import Community, Resident, User
from circle.search.resident_lookup import SHOWN, find_residents

SOMEBODY_NEW = "new"
TAIL_LENGTH = 4
SPELLINGS = _("Also initials such as wgl, the last four digits, an ID number, a booking code or a building.")


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Name or phone"),
        help_text=SPELLINGS,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
        error_messages={"required": _("Enter a name or a phone number.")},
    )


class PersonForm(forms.Form):
    """A new person at the counter or on the phone; `once` makes a double click harmless."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, error_messages={"required": _("Enter a name.")}
    )
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("May stay empty."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return parse_phone(typed) if typed else ""


class KnownPersonForm(forms.Form):
    """With `name` and `phone` typed at once; offers possible matches before anybody new is registered.

    Call `match_person` inside the `once` of the action, so that a double click gets the first answer and not
    the person whom the first click registered.
    """

    person = forms.CharField(label=_("Who is it?"), required=False, max_length=36, widget=forms.HiddenInput)
    # Whether a name without a phone is enough where only one person has it.
    is_name_enough = False

    def match_person(self, people: QuerySet[Resident]) -> Resident | None:
        """The one of `people` who was chosen or certainly matches; None for somebody new or without a name.

        Refuses: choose_person (the field then offers the possible matches), name_missing.
        """
        chosen = self.cleaned_data["person"]
        found = list(people.filter(code__in=parse_uuids(chosen))) or self.likely_people(people)
        certain = [row for row in found if str(row.code) == chosen or self.is_certain(row)]
        if chosen == SOMEBODY_NEW or not found:
            self.check_newcomer()
            return None
        if len(certain) == 1:
            return certain[0]
        choices = [(str(row.code), person_label(row)) for row in found]
        self.fields["person"].widget = forms.RadioSelect(
            choices=[*choices, (SOMEBODY_NEW, _("Somebody else: take them into the register"))]
        )
        asked = ValidationError(_("Somebody like that is in the register. Who is it?"), code="choose_person")
        raise ValidationError({"person": asked})

    def likely_people(self, people: QuerySet[Resident]) -> list[Resident]:
        typed = (self.cleaned_data["phone"], self.cleaned_data["name"])
        found = {row.pk: row for text in typed for row in find_residents(people, text)}
        return list(found.values())[:SHOWN]

    def is_certain(self, resident: Resident) -> bool:
        name, phone = visible_name(self.cleaned_data["name"]), self.cleaned_data["phone"]
        same_phone = resident.phone == phone if phone else self.is_name_enough
        return bool(resident.name == name and same_phone)

    def check_newcomer(self) -> None:
        """Refuse a number or a code as a name: it was typed to find somebody."""
        name = self.cleaned_data["name"]
        if name and not any(sign.isalpha() for sign in name):
            raise ValidationError({"name": ValidationError(_("Enter a name."), code="name_missing")})


def person_label(resident: Resident) -> str:
    """Enough to distinguish two people of one name; the phone is masked."""
    born = f" · {resident.born_on:%Y-%m-%d}" if resident.born_on else ""
    home = f" · {resident.building}" if resident.building else ""
    return f"{resident.name}{born}{home} {resident.masked_phone}"


@dataclass(frozen=True)
class Intake:
    """The first page of a desk: the search, its matches, and the form for somebody new."""

    form: FindForm
    people: list[Resident] | None = None
    newcomer: PersonForm | None = None

    @property
    def status(self) -> int:
        return 422 if self.form.errors or (self.newcomer and self.newcomer.errors) else 200


def people_at_desk(request: HttpRequest, community: Community) -> QuerySet[Resident]:
    """The residents for whom something can be arranged there: alive, not merged, visible to this user."""
    return visible_residents(request).living().filter(community=community)


def search_register(request: HttpRequest, community: Community) -> Intake:
    """The matches for the search; by POST, so that addresses hold no names and phones."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return Intake(form)
    typed = form.cleaned_data["q"]
    newcomer = PersonForm(initial=newcomer_initial(typed) | {"once": new_key()})
    found = find_residents(people_at_desk(request, community), typed, by=cast(User, request.user))
    return Intake(form, found, newcomer)


def newcomer_initial(typed: str) -> dict[str, str]:
    """The search text as the newcomer's likely phone or name; not a code or a building."""
    if not any(sign.isdigit() for sign in typed):
        return {"name": typed}
    return {} if any(sign.isalpha() for sign in typed) or len(typed) <= TAIL_LENGTH else {"phone": typed}


def register_newcomer(request: HttpRequest, community: Community) -> tuple[Intake, str]:
    """Register the person of the form; returns their code, empty where it was refused.

    A second click gets the same one.
    """
    form, at = PersonForm(request.POST), timezone.now()
    user, code = cast(User, request.user), ""
    if form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            resident = find_or_register(
                community=community, name=said["name"], phone=said["phone"], at=at, by=user
            )
            return str(resident.code)

        try:
            code = once(actor=f"user:{user.pk}", key=said["once"], at=at, act=act)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return Intake(FindForm(), newcomer=form), code
