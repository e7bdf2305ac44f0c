"""A child's health answers: read by those who look after its class, corrected and deleted by the head."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from childcare import actions
from childcare.admin.pages import application_of, page
from childcare.backoffice.health import CORRECT, READ
from childcare.forms.health import HealthForm
from childcare.models import Application, HeadTask
from childcare.models.teachers import of_classes
from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions
from circle.models import Via

CHANNELS = [(Via.PHONE, Via.PHONE.label), (Via.WINDOW, Via.WINDOW.label)]


class SaidByForm(forms.Form):
    via = forms.ChoiceField(
        label=_("How they told us"), choices=CHANNELS, widget=forms.RadioSelect, initial=Via.PHONE
    )


def consent_has_ended(application: Application) -> bool:
    kind = HeadTask.Kind.HEALTH_CONSENT
    return HeadTask.objects.open().filter(application=application, kind=kind).exists()


@require_safe
def words(request: HttpRequest, code: str) -> HttpResponse:
    """childday/health/<code>/: what a child of one's class must not eat or touch; each look is recorded."""
    require_permissions(request, READ)
    mine = of_classes(request.user, READ, "offer__nursery_class")
    enrolled = Application.objects.filter(mine, status=Application.Status.ENROLLED).shown()
    found = get_object_or_404(enrolled.select_related("health"), code=code)
    note_health_reading(request, found)
    return page(
        request,
        "childday/health.html",
        gettext("The child's health"),
        application=found,
        health=found.health_or_none,
        consent_has_ended=consent_has_ended(found),
        may_correct=request.user.has_perm(CORRECT),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """application/health/<code>/: the answers as the family now gives them."""
    require_permissions(request, READ)
    found = application_of(request, code, CORRECT)
    posted = request.POST if request.method == "POST" else None
    form, said_by = HealthForm(posted, application=found), SaidByForm(posted or {"via": Via.PHONE})
    if posted is not None and form.is_valid() and try_correction(request, form, said_by):
        return redirect(address(found))
    note_health_reading(request, found)
    return page(
        request,
        "application/health.html",
        gettext("Correct the health answers"),
        status=422 if form.errors else 200,
        application=found,
        form=form,
        said_by=said_by,
        back=address(found),
        consent_has_ended=consent_has_ended(found),
    )


def try_correction(request: HttpRequest, form: HealthForm, said_by: SaidByForm) -> bool:
    via = said_by.cleaned_data["via"] if said_by.is_valid() else Via.PHONE
    try:
        form.correct(via=via, at=timezone.now(), by=request.user)
    except ValidationError as refusal:
        form.add_error("consents" if refusal.code == "consent_missing" else None, refusal)
        return False
    messages.success(request, gettext("The health answers are corrected."))
    return True


@require_POST
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """application/health/<code>/delete/: after a withdrawn consent, once the family was spoken with."""
    found = application_of(request, code, CORRECT)
    try:
        actions.delete_health(application=found, at=timezone.now(), by=request.user)
    except ValidationError as refusal:
        raise Http404 from refusal
    messages.success(request, gettext("The health answers are deleted."))
    return redirect(address(found))


def note_health_reading(request: HttpRequest, found: Application) -> None:
    if request.method == "GET":
        record_reading(
            by=request.user,
            resident=found.child or found.guardian,
            page="child_health",
            row=found.pk,
            at=timezone.now(),
        )


def address(application: Application) -> str:
    return reverse("admin:childcare_application_change", args=[application.pk])
