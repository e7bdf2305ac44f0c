from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.backoffice.affected import AsksBeforeStranding
from circle.backoffice.bilingual import BilingualForm
from circle.backoffice.concurrent_edits import TellsOfOtherEdits
from circle.backoffice.confirmation import show_warning
from circle.backoffice.site import CommunityAdmin, Pages
from circle.models import Community
from services.admin.table_files import table_pages
from services.backoffice.days_ahead import limits_of_item, show_limits
from services.backoffice.stranded import stranded_warning
from services.models import (
    Audience,
    Booking,
    Category,
    Material,
    ResidenceRule,
    ServiceItem,
    Step,
    flow_pages,
)

PHONES = ("phone", "complaint_phone")


@admin.register(Category, Audience)
class HeadingAdmin(TellsOfOtherEdits):
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


class ItemForm(BilingualForm):
    """The pages of its flow are chosen from what the other apps offer now."""

    flow_pages = forms.MultipleChoiceField(
        label=_("its pages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pages of the other parts of the portal on which it is done."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "flow_pages" not in self.fields:  # who may only look sees them as words
            return
        community = self.instance.community if self.instance.community_id else Community.objects.first()
        offered = flow_pages(community) if community else {}
        chosen = self.instance.flow_pages.split()
        known = {key: key for key in chosen} | {key: page.label for key, page in offered.items()}
        self.fields["flow_pages"].choices = list(known.items())
        self.initial["flow_pages"] = chosen

    def clean_flow_pages(self) -> str:
        return " ".join(self.cleaned_data["flow_pages"])


@admin.register(ServiceItem)
class ServiceItemAdmin(AsksBeforeStranding, CommunityAdmin):
    form = ItemForm
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
        "flow",
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
                    "flow",
                    "flow_pages",
                    "is_confidential",
                    "is_bookable",
                    "is_on_home",
                    ("book_days_ahead", "cancel_hours"),
                    "reminds_again",
                    "times_in_a_row",
                    "release_minutes",
                    "has_agency",
                ]
            },
        ),
        (_("Since when"), {"fields": [("introduced_on", "withdrawn_on")]}),
    ]

    def pages(self) -> Pages:
        return table_pages()

    def save_model(self, request: HttpRequest, obj: ServiceItem, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        bookings = Booking.objects.filter(item=obj)
        show_warning(request, stranded_warning(bookings, timezone.now()), "bookings_stranded")
        show_limits(request, limits_of_item(obj))
