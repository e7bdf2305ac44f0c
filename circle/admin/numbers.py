from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import change_phone, release_number
from circle.admin.verbs import Verb, VerbForm
from circle.identifiers.id_documents import IdType
from circle.models import Resident, User


class PhoneForm(VerbForm):
    phone = forms.CharField(
        label=_("New number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "class": "vTextField", "autocomplete": "off"}),
        help_text=_("Empty: the phone is lost and there is no new one yet."),
    )
    shown = forms.ChoiceField(label=_("Paper that you have seen"), choices=IdType.choices)


def change(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> None:
    change_phone(
        resident=resident, phone=said["phone"], shown=said["shown"], at=timezone.now(), by=request.user
    )


def doubted_login(resident: Resident) -> User | None:
    """The login of their number, where it is in doubt."""
    login = resident.login or (User.objects.with_phone(resident.phone) if resident.phone else None)
    return login if login and login.in_doubt_since else None


def release(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> None:
    if login := doubted_login(resident):
        release_number(user=login, community=resident.community, at=timezone.now(), by=request.user)


CHANGE_PHONE = Verb(
    name="phone",
    title=_("New phone number, or phone lost"),
    button=_("Keep the new number"),
    form=PhoneForm,
    act=change,
    sentences=lambda resident: [gettext("Whoever is signed in with the old number is signed out.")],
    done=_("The number is changed."),
)
RELEASE_NUMBER = Verb(
    name="release-number",
    title=_("Release a number that was unused for long"),
    button=_("Release it"),
    act=release,
    suits=lambda resident: doubted_login(resident) is not None,
    sentences=lambda resident: [
        gettext("The number was not used for half a year. Release it once you know that it is still theirs.")
    ],
    done=_("The number is released."),
)
