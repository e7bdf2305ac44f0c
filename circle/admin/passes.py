from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.actions import give_pass
from circle.actions.passes import KNOWN_BY, MAY_GIVE
from circle.admin.resident_actions import RESULT, is_alive
from circle.backoffice.row_actions import RowAction, RowForm
from circle.models import Resident


class PassForm(RowForm):
    known_by = forms.ChoiceField(label=_("Paper that you have seen"), choices=KNOWN_BY)


def show(resident: Resident, **said: Any) -> dict[str, Any]:
    """In this response only: the code cannot be read again."""
    code = give_pass(resident=resident, **said)
    return RESULT | {"number": f"{code[:4]} {code[4:]}", "is_pass": True}


SIGN_IN = RowAction(
    name="sign-in",
    label=_("Sign them in: a code for one sign-in"),
    button=_("Show a code"),
    form=PassForm,
    perform=show,
    permission=MAY_GIVE,
    available=lambda resident, at: (
        is_alive(resident, at) and bool(resident.login_id or resident.phone_sealed)
    ),
    sentence=_(
        "For who gets no text message. They type the code on their own phone: “Sign in”, then “I have a "
        "code from a clerk”. It is valid for ten minutes and for one sign-in, and it is kept who gave it."
    ),
)
