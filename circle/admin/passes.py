from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import give_pass
from circle.actions.passes import KNOWN_BY, MAY_GIVE
from circle.admin.verbs import Verb, VerbForm, ask_question
from circle.models import Resident


class PassForm(VerbForm):
    known_by = forms.ChoiceField(label=_("Paper that you have seen"), choices=KNOWN_BY)


def show(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> HttpResponse:
    """On this answer alone: nobody can read the code again."""
    code = give_pass(resident=resident, known_by=said["known_by"], at=timezone.now(), by=request.user)
    shown = {"number": f"{code[:4]} {code[4:]}", "is_pass": True}
    return ask_question(request, SIGN_IN, resident, PassForm(resident=resident), **shown)


SIGN_IN = Verb(
    name="sign-in",
    title=_("Sign them in: a code for one sign-in"),
    button=_("Show a code"),
    form=PassForm,
    act=show,
    permission=MAY_GIVE,
    suits=lambda resident: not resident.died_on and bool(resident.login_id or resident.phone_sealed),
    sentences=lambda resident: [
        gettext(
            "For who gets no text message. They type the code on their own phone: “Sign in”, then “I have a "
            "code from a clerk”. It is valid for ten minutes and for one sign-in, and it is kept who gave it."
        )
    ],
)
