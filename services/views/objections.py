"""What a person says against a no-show, on a page of the booking."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.booking.form_keys import answer_once
from circle.booking.proof import Proof
from services.actions import object_to_no_show
from services.actions.no_shows import OBJECTION_LENGTH


class ObjectionForm(forms.Form):
    objection = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("In a sentence: the hall reads it and answers."),
        max_length=OBJECTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
    )


def objection_view(proof: Proof) -> Callable[..., HttpResponse]:
    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @answer_once
    @proof.for_its_person
    def view(request: HttpRequest, found: Any) -> HttpResponse:
        """/services/bookings/<code>/objection/"""
        form = ObjectionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                object_to_no_show(**proof.acting(request, found), **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Thank you. The hall reads it and answers."))
                return redirect(found)
        context = {"booking": found, "form": form}
        return render(request, "services/booking_objection.html", context, status=422 if form.errors else 200)

    return view
