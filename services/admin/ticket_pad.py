"""The pad of printed numbers for when the network is down: printed before, typed in afterwards, each once."""

import datetime as dt
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.models import User
from services import actions
from services.admin.pages import hall, page
from services.models.tickets import MOST_ON_PAD, PAD_PREFIX

DRAW = "services.add_ticket"


class PadForm(forms.Form):
    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=MOST_ON_PAD,
        widget=forms.NumberInput(attrs={"autofocus": True}),
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    is_done = forms.BooleanField(label=_("Dealt with already"), required=False)

    @property
    def drawn_at(self) -> dt.datetime:
        said = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(said["day"], said["time"]))


@require_http_methods(["GET", "HEAD", "POST"])
def pad(request: HttpRequest, code: str) -> HttpResponse:
    """ticket/pad/<poster code>/: types a printed number in; ?print=1 prints a pad."""
    facility, now = hall(request, code, DRAW), timezone.localtime()
    if request.GET.get("print"):
        numbers = [f"{PAD_PREFIX}{number:03d}" for number in range(1, MOST_ON_PAD + 1)]
        return page(
            request, "ticket/pad_print.html", gettext("Printed numbers"), numbers=numbers, facility=facility
        )
    form = PadForm(request.POST or None, initial={"day": now.date(), "time": now.time()})
    if request.method == "POST" and form.is_valid():
        try:
            ticket = actions.enter_pad_number(
                facility=facility,
                number=form.cleaned_data["number"],
                drawn_at=form.drawn_at,
                is_done=form.cleaned_data["is_done"],
                at=now,
                by=cast(User, request.user),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, gettext("%(number)s is typed in.") % {"number": ticket.label})
            return redirect("admin:services_ticket_pad", code)
    return page(
        request,
        "ticket/pad.html",
        gettext("Printed numbers of %(place)s") % {"place": facility.name},
        status=422 if form.errors else 200,
        facility=facility,
        form=form,
    )
