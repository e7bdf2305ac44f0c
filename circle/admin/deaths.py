from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import report_death, take_back_death
from circle.admin.verbs import Verb, VerbForm
from circle.models import Resident


class DeathForm(VerbForm):
    died_on = forms.DateField(label=_("Day of death"), widget=forms.DateInput(attrs={"type": "date"}))


class ReasonForm(VerbForm):
    reason = forms.CharField(label=_("Why?"), max_length=120, widget=forms.Textarea(attrs={"rows": 2}))


def report(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> None:
    hints = report_death(resident=resident, died_on=said["died_on"], at=timezone.now(), by=request.user)
    for sentence, url in hints:
        messages.warning(request, format_html('{} <a href="{}">{}</a>', sentence, url, gettext("Open")))


def take_back(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> None:
    take_back_death(resident=resident, reason=said["reason"], at=timezone.now(), by=request.user)


DEATH = Verb(
    name="death",
    title=_("Report a death"),
    button=_("Keep it, and stop what stands"),
    form=DeathForm,
    act=report,
    sentences=lambda resident: [
        gettext("Bookings, care, meals, messages and mandates of this person end at once."),
        gettext("Nobody gets a message about it. Please speak with the family yourself."),
    ],
    done=_("It is kept, and what stood is stopped."),
)
DEATH_BACK = Verb(
    name="death-back",
    title=_("Take back a death that was reported by mistake"),
    button=_("Take it back"),
    form=ReasonForm,
    act=take_back,
    suits=lambda resident: resident.died_on is not None,
    sentences=lambda resident: [gettext("What was stopped has to be arranged anew.")],
    done=_("It is taken back."),
)
