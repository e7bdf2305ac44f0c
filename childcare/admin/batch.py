"""Offering the free places of a class to the first in line, on one page that asks first."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from childcare.actions.batch import first_in_line, offer_to_line
from childcare.actions.offers import MOST_DAYS
from childcare.admin.pages import CHANGE, page
from childcare.models import NurseryClass
from childcare.models.classes import OF_CLASS
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.booking.form_keys import answer_once


class BatchForm(forms.Form):
    days = forms.IntegerField(
        label=_("Days to answer"), min_value=1, max_value=MOST_DAYS, initial=5, widget=forms.NumberInput()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@answer_once
def batch(request: HttpRequest, code: int) -> HttpResponse:
    """nurseryclass/batch/<id>/: who would be offered a place; POST offers it to those who were shown."""
    require_permissions(request, CHANGE)
    own = NurseryClass.objects.filter(within_reach(request, CHANGE, places=OF_CLASS))
    group = get_object_or_404(own.with_booked(timezone.localdate()).select_related("facility"), pk=code)
    form = BatchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers = offer_to_line(
            nursery_class=group,
            codes=request.POST.getlist("application"),
            days=form.cleaned_data["days"],
            at=timezone.now(),
            by=request.user,
        )
        for answer in answers:
            words = {"code": answer.application.code, "why": answer.refusal}
            if answer.refusal:
                messages.warning(request, gettext("%(code)s: not offered. %(why)s") % words)
            else:
                messages.success(request, gettext("%(code)s: a place is offered.") % words)
        return redirect("admin:childcare_application_board")
    return page(
        request,
        "nurseryclass/batch.html",
        gettext("Offer the free places"),
        status=422 if form.errors else 200,
        group=group,
        form=form,
        applications=first_in_line(group, timezone.localdate()),
    )
