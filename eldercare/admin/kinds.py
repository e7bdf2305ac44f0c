from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.backoffice.affected import AsksBeforeStranding
from circle.backoffice.shifts import ShiftFormSet
from circle.backoffice.site import CommunityAdmin
from eldercare.actions import lay_out_slots
from eldercare.models import CareKind, CareQuestion, CareShift

NEW_TIMES_ONLY = _("Shifts count for times laid out from now on; those that are there keep their places.")


class CareShiftInline(admin.TabularInline):
    model = CareShift
    formset = ShiftFormSet
    extra = 0
    verbose_name_plural = _("Shifts (without any: whenever the place is open, with the places named above)")


class CareQuestionInline(admin.TabularInline):
    """Switched off, never deleted: bookings refer to the codes."""

    model = CareQuestion
    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(CareKind)
class CareKindAdmin(AsksBeforeStranding, CommunityAdmin):
    list_display = ["name_zh", "name_en", "way", "facility", "price_zh", "is_verified", "is_active"]
    list_select_related = ["facility"]
    list_filter = ["way", "is_verified", "is_active"]
    search_fields = ["name_zh", "name_en", "code", "synonyms"]
    autocomplete_fields = ["facility"]
    inlines = [CareQuestionInline, CareShiftInline]
    fieldsets = [
        (None, {"fields": ["community", "code", ("name_zh", "name_en"), "order", "is_active"]}),
        (_("What it is, who gives it, where"), {"fields": ["what_zh", "what_en", ("giver_zh", "giver_en")]}),
        (None, {"fields": ["facility", "is_at_home", "minutes"]}),
        (
            _("Who has to be there"),
            {
                "fields": [
                    "crew_size",
                    "needs_check",
                    "needs_trained_lead",
                    "skill",
                    "min_grade",
                    "is_volunteer_led",
                    "brings_home",
                    "is_shared",
                    "is_halved",
                    "needs_agreement",
                ]
            },
        ),
        (_("Price"), {"fields": [("price_zh", "price_en"), "is_verified"]}),
        (
            _("How it is arranged"),
            {
                "fields": ["way", "days_ahead", "cancel_hours", "reminds_again", "places", "duty_phone"],
                "description": NEW_TIMES_ONLY,
            },
        ),
        (_("Search"), {"fields": ["synonyms"]}),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        lay_out_slots(community=form.instance.community, at=timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
