"""When a nursery receives families: shifts on the page of its plan, and the times laid out from them."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from childcare.actions import lay_out_visits
from childcare.models import NurseryVisit, VisitPlan, VisitShift, VisitSlot
from childcare.models.classes import OF_CLASS
from childcare.models.visit_times import OF_PLAN
from circle.backoffice.affected import AsksBeforeStranding
from circle.backoffice.closable_slots import ClosableSlotsAdmin
from circle.backoffice.shifts import ShiftFormSet
from circle.backoffice.site import CommunityAdmin
from services.admin.slots import ComingDayFilter


class VisitShiftInline(admin.TabularInline):
    model = VisitShift
    formset = ShiftFormSet
    extra = 0
    verbose_name_plural = _("Hours (without any there are no times to book)")


@admin.register(VisitPlan)
class VisitPlanAdmin(AsksBeforeStranding, CommunityAdmin):
    place_paths = OF_CLASS
    list_display = ["facility", "kind", "days_ahead", "is_open"]
    list_select_related = ["facility"]
    list_filter = ["kind", "is_open"]
    search_fields = ["facility__name_zh", "facility__name_en"]
    autocomplete_fields = ["facility"]
    inlines = [VisitShiftInline]
    fields = [
        "community",
        "facility",
        "kind",
        ("note_zh", "note_en"),
        "days_ahead",
        "cancel_hours",
        "is_open",
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        lay_out_visits(at=timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(VisitSlot)
class VisitSlotAdmin(ClosableSlotsAdmin):
    change_permission = "childcare.change_visitslot"
    live_statuses = NurseryVisit.LIVE
    shown_relation = "plan"
    place_paths = OF_PLAN
    list_display = ["starts_at", "plan", "nursery", "places", "closed_by"]
    list_select_related = ["plan__facility"]
    list_filter = [ComingDayFilter, "closed_by"]
    search_fields = ["plan__facility__name_zh", "plan__facility__name_en"]
    ordering = ["starts_at", "plan"]
    fields = ["plan", "day", "starts_at", "ends_at", "capacity", "taken", "closed_by"]

    @admin.display(description=_("nursery"))
    def nursery(self, slot: VisitSlot) -> str:
        return str(slot.plan.facility)

    def bookings_to_come(self, at: dt.datetime) -> QuerySet[NurseryVisit]:
        return NurseryVisit.objects.live().filter(slot__starts_at__gt=at)
