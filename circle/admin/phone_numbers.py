from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.actions import change_phone, release_number
from circle.admin.resident_actions import is_alive
from circle.backoffice.row_actions import RowAction, RowForm, pass_row_as
from circle.identifiers.id_documents import IdType
from circle.models import Resident, User


class PhoneForm(RowForm):
    phone = forms.CharField(
        label=_("New number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "class": "vTextField", "autocomplete": "off"}),
        help_text=_("Empty: the phone is lost and there is no new one yet."),
    )
    shown = forms.ChoiceField(label=_("Paper that you have seen"), choices=IdType.choices)


def doubted_login(resident: Resident) -> User | None:
    """The login of their number, if in doubt."""
    login = resident.login or (User.objects.with_phone(resident.phone) if resident.phone else None)
    return login if login and login.in_doubt_since else None


def release(resident: Resident, **more: Any) -> None:
    if login := doubted_login(resident):
        release_number(user=login, community=resident.community, **more)


CHANGE_PHONE = RowAction(
    name="phone",
    label=_("New phone number, or phone lost"),
    button=_("Keep the new number"),
    form=PhoneForm,
    perform=pass_row_as("resident", change_phone),
    available=is_alive,
    sentence=_("Whoever is signed in with the old number is signed out."),
    done=_("The number is changed."),
)
RELEASE_NUMBER = RowAction(
    name="release-number",
    label=_("Release a number that was unused for long"),
    button=_("Release it"),
    perform=release,
    available=lambda resident, at: doubted_login(resident) is not None,
    sentence=_("The number was not used for half a year. Release it once you know that it is still theirs."),
    done=_("The number is released."),
)
