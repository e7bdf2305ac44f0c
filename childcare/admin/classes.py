from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from childcare.admin.prices import prices
from childcare.admin.teachers import teachers
from childcare.models import NurseryClass
from childcare.models.classes import OF_CLASS
from circle.backoffice.site import CommunityAdmin
from circle.identifiers.public_codes import parse_row_id


@admin.register(NurseryClass)
class NurseryClassAdmin(CommunityAdmin):
    place_paths = OF_CLASS
    list_display = [
        "name_zh",
        "name_en",
        "facility",
        "band",
        "ages",
        "places",
        "fee",
        "is_verified",
        "is_open",
    ]
    list_select_related = ["facility"]
    list_filter = ["band", "is_open", "is_verified"]
    search_fields = ["name_zh", "name_en", "code"]
    readonly_fields = ["taken"]
    autocomplete_fields = ["facility"]
    fieldsets = [
        (None, {"fields": ["community", "facility", "code", ("name_zh", "name_en"), "is_open"]}),
        (
            _("Children"),
            {"fields": ["band", ("from_months", "below_months"), ("capacity", "taken"), "starts_on"]},
        ),
        (_("Facts"), {"fields": ["is_verified"]}),
    ]

    @admin.display(description=_("ages in months"))
    def ages(self, row: NurseryClass) -> str:
        return f"{row.from_months}–{row.below_months}"

    @admin.display(description=_("taken of places"))
    def places(self, row: NurseryClass) -> str:
        return f"{row.taken} / {row.capacity}"

    @admin.display(description=_("fee a month (yuan)"))
    def fee(self, row: NurseryClass) -> str:
        price = row.price_on(timezone.localdate())
        return f"{price.cents / 100:.2f}" if price else "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[NurseryClass]:
        return super().get_queryset(request).prefetch_related("prices")

    change_form_template = "admin/childcare/nurseryclass/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("teachers/<int:code>/", teachers, "teachers"),
            ("prices/<int:code>/", prices, "prices"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), name=f"childcare_nurseryclass_{name}")
            for route, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Locked while it is being saved: no place offered meanwhile is lost."""
        if request.method == "POST":
            rows = NurseryClass.objects.filter(pk=parse_row_id(object_id))
            list(rows.select_for_update(no_key=True).values_list("pk"))
        return super().get_object(request, object_id, from_field)
