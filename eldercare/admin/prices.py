"""What a kind of care costs from which day, and who pays which part of it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.timezone import localdate

from circle.backoffice.site import CommunityAdmin, Pages
from eldercare.admin.figures import settlement
from eldercare.models import CarePrice


@admin.register(CarePrice)
class CarePriceAdmin(CommunityAdmin):
    """A price that has begun stays as it is, since months are settled by it: a change is a new row."""

    community_path = "kind__community"
    list_display = [
        "kind",
        "reason",
        "valid_from",
        "elder_cents",
        "unit",
        "funder",
        "funder_cents",
        "is_verified",
    ]
    list_select_related = ["kind"]
    list_filter = ["kind", "funder", "is_verified"]
    fields = [
        "kind", "reason", "valid_from", "unit", "elder_cents", ("funder", "funder_cents"),
        ("source_zh", "source_en"), "is_verified",
    ]  # fmt: skip
    change_list_template = "admin/eldercare/careprice/change_list.html"

    def pages(self) -> Pages:
        return [("settlement/", settlement, "settlement")]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once it has begun only its source may still be corrected and verified."""
        if obj is None or obj.valid_from > localdate():
            return []
        return ["kind", "reason", "valid_from", "unit", "elder_cents", "funder", "funder_cents"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
