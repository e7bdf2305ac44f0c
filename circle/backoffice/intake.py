"""Who stands at the window or is on the phone: found in the register, else taken into it."""

from dataclasses import dataclass
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.actions import NAME_LENGTH, find_or_register
from circle.booking.idempotency import new_key, once
from circle.identifiers.phone_numbers import parse_phone
from circle.models import Community, Resident, User

PEOPLE_SHOWN = 20


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Name or phone"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
        error_messages={"required": _("Enter a name or a phone number.")},
    )


class PersonForm(forms.Form):
    """Somebody at the window or on the phone; `once` makes a double click harmless."""

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


@dataclass(frozen=True)
class Intake:
    """The first page of a desk: what was looked for, who was found, and the form for somebody new."""

    form: FindForm
    people: list[Resident] | None = None
    newcomer: PersonForm | None = None

    @property
    def status(self) -> int:
        return 422 if self.form.errors or (self.newcomer and self.newcomer.errors) else 200


def find_people(community: Community, typed: str) -> list[Resident]:
    """By name, or by the whole phone number in any spelling."""
    people = Resident.objects.filter(community=community).living().select_related("building")
    try:
        found = people.with_phone(parse_phone(typed))
    except ValidationError:
        found = people
        for word in typed.split():
            found = found.filter(name__icontains=word)
    return list(found[:PEOPLE_SHOWN])


def search_register(request: HttpRequest, community: Community) -> Intake:
    """Who is found by what was sent; by POST, or names and phones would stand in addresses."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return Intake(form)
    typed = form.cleaned_data["q"]
    newcomer = PersonForm(initial=newcomer_initial(typed) | {"once": new_key()})
    return Intake(form, find_people(community, typed), newcomer)


def newcomer_initial(typed: str) -> dict[str, str]:
    """What was looked for and not found is likely the newcomer's phone or name."""
    return {"phone" if any(sign.isdigit() for sign in typed) else "name": typed}


def register_newcomer(request: HttpRequest, community: Community) -> tuple[Intake, str]:
    """The code of the person of the form that was sent, empty where it was refused.

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
