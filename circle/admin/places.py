from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from circle.forms import LocatedForm
from circle.models import Building, Community, Grid
from circle.staff import CommunityAdmin

POINT = (_("Where"), {"fields": ["datum_entered", ("longitude", "latitude")]})


@admin.register(Community)
class CommunitiesAdmin(CommunityAdmin):
    community_path = "pk"
    form = LocatedForm
    list_display = ["name_zh", "name_en", "district_zh", "phone", "is_demo"]
    search_fields = ["name_zh", "name_en"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "slug",
                    ("name_zh", "name_en"),
                    ("district_zh", "district_en"),
                    "is_demo",
                ]
            },
        ),
        (
            _("Contact"),
            {
                "fields": [
                    "phone",
                    ("phone_hours_zh", "phone_hours_en"),
                    ("address_zh", "address_en"),
                ]
            },
        ),
        (POINT[0], {"fields": [("gate_zh", "gate_en"), *POINT[1]["fields"]]}),
    ]


@admin.register(Grid)
class GridAdmin(CommunityAdmin):
    list_display = ["name_zh", "name_en", "code", "worker_zh", "phone", "community"]
    list_select_related = ["community"]
    search_fields = ["name_zh", "name_en", "code"]


@admin.register(Building)
class BuildingAdmin(CommunityAdmin):
    near_path = ""
    form = LocatedForm
    list_display = [
        "name_zh",
        "name_en",
        "grid",
        "households",
        "residents",
        "elders_60",
        "elders_80",
        "short_code",
    ]
    list_select_related = ["grid"]
    list_filter = [("grid", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name_zh", "name_en", "code", "short_code"]
    readonly_fields = ["short_code"]
    fieldsets = [
        (None, {"fields": ["community", "grid", "code", "short_code", ("name_zh", "name_en")]}),
        (
            _("Households and residents"),
            {"fields": ["entrances", "households", "residents", ("elders_60", "elders_80")]},
        ),
        (_("People"), {"fields": [("head_zh", "head_en")]}),
        (POINT[0], {"fields": [("address_zh", "address_en"), *POINT[1]["fields"]]}),
    ]
