from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import reveal_number
from circle.actions.reveals import MAY_REVEAL
from circle.admin.verbs import Verb, VerbForm, ask_question
from circle.models import Resident, Reveal


class RevealForm(VerbForm):
    field = forms.ChoiceField(label=_("Which number?"), choices=Reveal.Field.choices)
    reason = forms.CharField(label=_("Why?"), max_length=120, widget=forms.Textarea(attrs={"rows": 2}))


def show(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> HttpResponse:
    """On this answer alone; the page is not kept, and the number stands in no address."""
    number = reveal_number(resident=resident, at=timezone.now(), by=request.user, **said)
    return ask_question(request, REVEAL, resident, RevealForm(resident=resident), number=number)


REVEAL = Verb(
    name="reveal",
    title=_("Show a whole number"),
    button=_("Show it"),
    form=RevealForm,
    act=show,
    permission=MAY_REVEAL,
    suits=lambda resident: bool(resident.id_number_sealed or resident.phone_sealed),
    sentences=lambda resident: [gettext("Who looked, when and why is kept, and the person can see it.")],
)
