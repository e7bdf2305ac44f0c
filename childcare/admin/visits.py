"""Visits in the back office: the times that a nursery lays out, and who comes when."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from childcare.actions import book_visit
from childcare.admin.pages import page
from childcare.backoffice.visits import VISIT_ACTIONS, VisitForm
from childcare.models import NurseryVisit
from childcare.models.visit_times import OF_PLAN
from childcare.models.visits import CHANGE
from circle.backoffice.appointments import AppointmentAdmin, status_words
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, find_action
from circle.backoffice.site import Pages
from circle.booking.change_rules import format_day_and_time
from circle.booking.form_keys import answer_once
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident
from services.admin.bookings import CODE_LENGTH
from services.admin.slots import DayFilter

ALWAYS = ["GET", "HEAD", "POST"]


@require_http_methods(ALWAYS)
def ask(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """visit/ask/<code>/<verb>/: says what it will do; POST does it."""
    action = find_action(VISIT_ACTIONS, name)
    require_permissions(request, action.permission)
    rows = NurseryVisit.objects.filter(within_reach(request, action.permission, places=OF_PLAN)).shown()
    visit = get_object_or_404(
        rows.select_related("community", "resident__login", "mandate", "booked_by"), code=code
    )
    back = reverse("admin:childcare_nurseryvisit_change", args=[visit.pk])
    return ask_or_perform(request, action, visit, back, done=lambda _outcome: status_words(visit))


@require_http_methods(ALWAYS)
@answer_once
def new(request: HttpRequest) -> HttpResponse:
    """visit/new/?resident=: a time for somebody on the phone or at the window."""
    require_permissions(request, CHANGE)
    people = Resident.objects.filter(within_reach(request, CHANGE)).living()
    resident = get_object_or_404(people, code__in=parse_uuids(request.GET.get("resident", "")))
    form = VisitForm(request.POST if request.method == "POST" else None, resident=resident, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            visit = book_visit(resident=resident, at=timezone.now(), by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("admin:childcare_nurseryvisit_change", visit.pk)
    return page(
        request,
        "nurseryvisit/new.html",
        gettext("Book a visit to the nursery"),
        status=422 if form.errors else 200,
        resident=resident,
        form=form,
    )


class AttentionFilter(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("stranded", _("booked for a time that is closed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[NurseryVisit]) -> QuerySet[NurseryVisit]:
        return queryset.stranded(timezone.now()) if self.value() == "stranded" else queryset


@admin.register(NurseryVisit)
class VisitAdmin(AppointmentAdmin):
    row_actions = VISIT_ACTIONS
    place_paths = OF_PLAN
    code_length = CODE_LENGTH
    list_display = ["code", "when", "plan", "nursery", "resident", "status"]
    list_select_related = ["plan__facility", "slot", "resident"]
    list_filter = [AttentionFilter, DayFilter, "status", "via"]
    person_path = "resident"
    search_fields = ["resident__name"]
    search_help_text = _("A booking code, or a name")
    sortable_by: list[str] = []
    change_form_template = "admin/childcare/nurseryvisit/change_form.html"
    fields = [
        "code",
        "status",
        "status_at",
        "reason",
        "plan",
        "nursery",
        "when",
        "resident",
        "phone",
        "application",
        "via",
        "booked_at",
        "booked_by",
        "mandate",
        "reminded_at",
    ]

    def pages(self) -> Pages:
        return [("ask/<slug:code>/<slug:name>/", ask, "ask"), ("new/", new, "new")]

    @admin.display(description=_("when"))
    def when(self, visit: NurseryVisit) -> str:
        return format_day_and_time(visit.starts_at)

    @admin.display(description=_("nursery"))
    def nursery(self, visit: NurseryVisit) -> str:
        return str(visit.plan.facility)
