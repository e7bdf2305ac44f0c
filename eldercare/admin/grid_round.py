"""One page for the round on the phone: duties, knock list and forms, by building and door."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circle.actions import record_in_person_outcome
from circle.backoffice.post_permissions import require_permissions
from circle.booking.form_keys import answer_once
from circle.models import Message, Resident, User
from eldercare.actions import Found, record_visit
from eldercare.admin.pages import page
from eldercare.backoffice.grid_round import House, grids_of_round, houses_of_round
from eldercare.forms import TapForm
from eldercare.models.duties import DUTY_CHANGE


class ToldForm(forms.Form):
    message = forms.ModelChoiceField(Message.objects.none())
    outcome = forms.ChoiceField(choices=Message.Outcome.choices)

    def __init__(self, *args: Any, rows: list[Message], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["message"]
        field.queryset = Message.objects.filter(pk__in=[row.pk for row in rows])


@require_http_methods(["GET", "HEAD", "POST"])
@answer_once
def grid_round(request: HttpRequest) -> HttpResponse:
    """visitduty/round/?grid=: POST enters one look, or what came of one message."""
    require_permissions(request, DUTY_CHANGE)
    grid = request.GET.get("grid", "")
    houses = houses_of_round(request, timezone.now(), grid)
    form = form_of(request, houses)
    if request.method == "POST" and form.is_valid():
        try:
            enter(form, cast(User, request.user))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Entered. Thank you."))
            return redirect(request.get_full_path())
    context = {"houses": houses, "form": form, "grid": grid, "grids": grids_of_round(request)}
    return page(request, "grid_round.html", _("Today's round"), 422 if form.errors else 200, **context)


def form_of(request: HttpRequest, houses: list[House]) -> forms.Form:
    """Of a look or of a message; only what stands on the page can be entered."""
    said = request.POST if request.method == "POST" else None
    stops = [stop for house in houses for stop in house.stops]
    if said and "message" in said:
        return ToldForm(said, rows=[message for stop in stops for message, _text in stop.messages])
    people: list[Resident] = [stop.resident for stop in stops]
    return TapForm(said, people=people)


def enter(form: forms.Form, by: User) -> None:
    said, at = form.cleaned_data, timezone.now()
    if isinstance(form, ToldForm):
        record_in_person_outcome(message=said["message"], outcome=said["outcome"], at=at, by=by)
    else:
        found = Found(said["outcome"], note=said["note"])
        record_visit(resident=said["resident"], found=found, at=at, by=by)
