from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.backoffice.affected import AsksBeforeStranding
from circle.backoffice.bilingual import BilingualForm
from circle.backoffice.confirmation import show_warning
from circle.backoffice.site import CommunityAdmin
from services.backoffice.days_ahead import limits_of_item, show_limits
from services.backoffice.stranded import stranded_warning
from services.models import Audience, Booking, Category, Material, ResidenceRule, ServiceItem, Step

PHONES = ("phone", "complaint_phone")


@admin.register(Category, Audience)
class HeadingAdmin(admin.ModelAdmin):
    list_display = ["name_zh", "name_en", "slug", "order"]
    list_editable = ["order"]
    search_fields = ["name_zh", "name_en", "slug"]


class MaterialInline(admin.StackedInline):
    model = Material
    form = BilingualForm
    extra = 0
    fields = [
        ("name_zh", "name_en"),
        ("condition_zh", "condition_en"),
        ("form", "order", "station_can_check", "other_language_checked"),
    ]


class ResidenceRuleInline(admin.StackedInline):
    """An answer that changes is a new row from its day on; the old one remains."""

    model = ResidenceRule
    extra = 0


class StepInline(admin.StackedInline):
    model = Step
    form = BilingualForm
    extra = 0
    fields = [("name_zh", "name_en"), ("detail_zh", "detail_en"), ("order", "other_language_checked")]


@admin.register(ServiceItem)
class ServiceItemAdmin(AsksBeforeStranding, CommunityAdmin):
    form = BilingualForm
    list_display = [
        "code",
        "name_zh",
        "name_en",
        "category",
        "promised_days",
        "status",
        "is_verified",
        "checked_on",
    ]
    list_select_related = ["category"]
    list_filter = [
        "status",
        "is_verified",
        "category",
        "audiences",
        "is_bookable",
        "has_agency",
    ]
    search_fields = ["code", "name_zh", "name_en", "synonyms"]
    autocomplete_fields = ["facility", "related"]
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    inlines = [ResidenceRuleInline, MaterialInline, StepInline]
    fieldsets = [
        (None, {"fields": ["community", "code", ("name_zh", "name_en"), "status"]}),
        (_("In short"), {"fields": ["summary_zh", "summary_en"]}),
        (
            _("Who can apply, what one gets"),
            {"fields": [("eligibility_zh", "eligibility_en"), ("result_zh", "result_en")]},
        ),
        (_("Where it belongs"), {"fields": ["category", "dimension", "audiences", "related", "synonyms"]}),
        (_("Who and where"), {"fields": ["facility", ("provider_zh", "provider_en"), PHONES]}),
        (
            _("Limits and fee"),
            {"fields": [("promised_days", "statutory_days"), "visits", ("fee_zh", "fee_en")]},
        ),
        (_("Are these facts right?"), {"fields": ["is_verified", "checked_on", "other_language_checked"]}),
        (
            _("How"),
            {
                "fields": [
                    "is_bookable",
                    "is_on_home",
                    ("book_days_ahead", "cancel_hours"),
                    "times_in_a_row",
                    "has_agency",
                ]
            },
        ),
        (_("Since when"), {"fields": [("introduced_on", "withdrawn_on")]}),
    ]

    def save_model(self, request: HttpRequest, obj: ServiceItem, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        bookings = Booking.objects.filter(item=obj)
        show_warning(request, stranded_warning(bookings, timezone.now()), "bookings_stranded")
        show_limits(request, limits_of_item(obj))
