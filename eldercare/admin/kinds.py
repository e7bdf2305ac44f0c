from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from circle.backoffice.affected import AsksBeforeStranding
from circle.backoffice.site import CommunityAdmin
from eldercare.models import CareKind, CareQuestion, CareShift

NEW_TIMES_ONLY = _("Shifts count for times laid out from now on; those that are there keep their places.")


class CareShiftInline(admin.TabularInline):
    model = CareShift
    extra = 0


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
                    "is_volunteer_led",
                    "brings_home",
                ]
            },
        ),
        (_("Price"), {"fields": [("price_zh", "price_en"), "is_verified"]}),
        (
            _("How it is arranged"),
            {"fields": ["way", "days_ahead", "cancel_hours", "duty_phone"], "description": NEW_TIMES_ONLY},
        ),
        (_("Search"), {"fields": ["synonyms"]}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
