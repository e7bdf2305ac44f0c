from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from childcare.actions.seats import lay_out_seats
from childcare.admin.batch import batch
from childcare.admin.occupancy import occupancy
from childcare.admin.prices import prices
from childcare.admin.teachers import teachers
from childcare.models import ClassLimit, NurseryClass
from childcare.models.classes import OF_CLASS
from circle.backoffice.site import CommunityAdmin
from circle.identifiers.public_codes import parse_row_id


class LimitsInline(admin.StackedInline):
    """Of whoever may change the class."""

    model = ClassLimit
    extra = 0
    fields = (("kind", "places"), ("valid_from", "ends_on"), ("source_zh", "source_en"))
    verbose_name_plural = _("what limits the class, from which day; after its last day no new child")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("childcare.change_nurseryclass")

    has_change_permission = has_delete_permission = has_add_permission

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("childcare.view_nurseryclass")


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
    autocomplete_fields = ["facility"]
    inlines = [LimitsInline]
    fieldsets = [
        (None, {"fields": ["community", "facility", "code", ("name_zh", "name_en"), "is_open"]}),
        (
            _("Children"),
            {"fields": ["band", ("from_months", "below_months"), "capacity", "starts_on"]},
        ),
        (_("Facts"), {"fields": ["is_verified"]}),
    ]

    @admin.display(description=_("ages in months"))
    def ages(self, row: NurseryClass) -> str:
        return f"{row.from_months}–{row.below_months}"

    @admin.display(description=_("taken of places"))
    def places(self, row: NurseryClass) -> str:
        return f"{row.booked} / {row.capacity}"

    @admin.display(description=_("fee a month (yuan)"))
    def fee(self, row: NurseryClass) -> str:
        price = row.price_on(timezone.localdate())
        return f"{price.cents / 100:.2f}" if price else "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[NurseryClass]:
        return super().get_queryset(request).with_booked(timezone.localdate()).prefetch_related("prices")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Without a booked seat it may have got another band.
        form.instance.seats.exclude(band=form.instance.band).delete()
        lay_out_seats(form.instance)

    change_form_template = "admin/childcare/nurseryclass/change_form.html"
    change_list_template = "admin/childcare/nurseryclass/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("teachers/<int:code>/", teachers, "teachers"),
            ("prices/<int:code>/", prices, "prices"),
            ("occupancy/", occupancy, "occupancy"),
            ("batch/<int:code>/", batch, "batch"),
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
