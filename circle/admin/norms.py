from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.backoffice.choices import RowSelects
from circle.backoffice.concurrent_edits import TellsOfOtherEdits
from circle.backoffice.site import CommunityAdmin
from circle.models import Inventory, Norm


@admin.register(Norm)
class NormAdmin(RowSelects, TellsOfOtherEdits):
    """Norms of the standards; shown as unverified until somebody has compared them with the standard."""

    list_display = [
        "name_zh",
        "kind",
        "standard",
        "clause",
        "tier",
        "radius_m",
        "is_required",
        "is_counted",
        "is_verified",
    ]
    list_select_related = ["kind"]
    list_filter = ["standard", "is_counted", "is_required", "is_verified", "was_seen", "kind__dimension"]
    search_fields = ["name_zh", "name_en", "kind__code", "kind__name_zh", "clause"]
    autocomplete_fields = ["kind"]
    fieldsets = [
        (None, {"fields": ["kind", ("name_zh", "name_en"), ("standard", "clause")]}),
        (_("What it asks for"), {"fields": [("tier", "radius_m"), "is_required", "is_counted"]}),
        (_("How sure we are"), {"fields": ["was_seen", "is_verified"]}),
    ]


@admin.register(Inventory)
class InventoryAdmin(CommunityAdmin):
    """Kinds whose facilities are all entered; only for these a page says that a home has none."""

    list_display = ["kind", "confirmed_on", "community"]
    list_select_related = ["kind", "community"]
    search_fields = ["kind__name_zh", "kind__name_en", "kind__code"]
    autocomplete_fields = ["kind"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"confirmed_on": timezone.localdate()} | super().get_changeform_initial_data(request)
