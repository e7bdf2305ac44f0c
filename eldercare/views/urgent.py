"""The button for urgent help, in duty hours; the phone is always first."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.actions import call_for_help
from circle.calendar.duty_hours import duty_hours, is_in_duty_hours
from circle.models import Resident
from circle.web.middleware import PortalRequest, people_for, signed_in_user
from eldercare.models import Arrangement, CareKind


class CallForm(forms.Form):
    resident = forms.ModelChoiceField(Resident.objects.none(), to_field_name="code")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resident"].queryset = people  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def care_call(request: PortalRequest) -> HttpResponse:
    """/eldercare/call/: for whom; POST raises the alarm, and says what happens next."""
    at = timezone.now()
    people = people_for(request).filter(community=request.community)
    form = CallForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            call_for_help(resident=form.cleaned_data["resident"], at=at, by=signed_in_user(request))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                _("We know and will ring you. If it is worse, call 120; otherwise stay by the phone."),
            )
            return redirect("care_call")
    context = {
        "form": form,
        "people": people,
        "kind": CareKind.objects.public(request.community).filter(way=Arrangement.EMERGENCY).first(),
        "hours": duty_hours(at),
        "is_open": is_in_duty_hours(at),
    }
    return render(request, "eldercare/care_call.html", context, status=422 if form.errors else 200)
