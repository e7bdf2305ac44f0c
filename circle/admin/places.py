from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import queue_walks
from circle.admin.district import district
from circle.admin.setup_status import setup_status
from circle.backoffice.site import CommunityAdmin, Pages
from circle.forms import BuildingForm, LocatedForm
from circle.models import Building, Community, Firm, Grid, Located
from circle.proximity.street_cache import likely_datum

LOCATION_FIELDS = {"longitude", "latitude", "datum_entered", "own_path"}
POINT_FIELDSET = (_("Where"), {"fields": ["datum_entered", ("longitude", "latitude")]})


def is_moved(form: Any, change: bool) -> bool:
    return not change or bool(LOCATION_FIELDS & set(form.changed_data))


def warn_if_shifted(request: HttpRequest, community: Community, place: Located) -> None:
    """Warn of a point far from any street but near one in another datum, as if the wrong one was chosen."""
    entered = (float(place.longitude_entered), float(place.latitude_entered))
    other = likely_datum(community, entered, place.datum_entered)
    if other:
        sentence = gettext("This point is far from any street; read as %(datum)s it lies beside one.")
        messages.warning(request, sentence % {"datum": Located.Datum(other).label}, "wrong_datum")


@admin.register(Community)
class CommunitiesAdmin(CommunityAdmin):
    community_path = "pk"

    def pages(self) -> Pages:
        return [("district/", district, "district"), ("setup/", setup_status, "setup")]

    form = LocatedForm
    list_display = ["name_zh", "name_en", "district_zh", "phone", "is_demo"]
    search_fields = ["name_zh", "name_en"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("slug", "host"),
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
                    ("province_zh", "province_en"),
                    ("city_zh", "city_en"),
                    "postal_code",
                ]
            },
        ),
        (POINT_FIELDSET[0], {"fields": [("gate_zh", "gate_en"), *POINT_FIELDSET[1]["fields"]]}),
    ]

    def save_model(self, request: HttpRequest, obj: Community, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if is_moved(form, change):
            queue_walks(community=obj, at=timezone.now())
            warn_if_shifted(request, obj, obj)


@admin.register(Grid)
class GridAdmin(CommunityAdmin):
    list_display = ["name_zh", "name_en", "code", "worker_zh", "phone", "community"]
    list_select_related = ["community"]
    search_fields = ["name_zh", "name_en", "code"]


@admin.register(Firm)
class FirmAdmin(CommunityAdmin):
    list_display = ["name_zh", "name_en", "community"]
    list_select_related = ["community"]
    search_fields = ["name_zh", "name_en"]


@admin.register(Building)
class BuildingAdmin(CommunityAdmin):
    near_path = ""
    form = BuildingForm
    list_display = [
        "name_zh",
        "estate_zh",
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
    search_fields = ["name_zh", "name_en", "estate_zh", "estate_en", "code", "short_code"]
    readonly_fields = ["short_code"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "community",
                    "grid",
                    "code",
                    "short_code",
                    ("estate_zh", "estate_en"),
                    ("name_zh", "name_en"),
                ]
            },
        ),
        (
            _("Households and residents"),
            {"fields": ["entrances", "households", "residents", ("elders_60", "elders_80")]},
        ),
        (_("People"), {"fields": [("head_zh", "head_en")]}),
        (POINT_FIELDSET[0], {"fields": [("address_zh", "address_en"), *POINT_FIELDSET[1]["fields"]]}),
        (_("Way to the street"), {"fields": ["own_path", ("gate_note_zh", "gate_note_en")]}),
    ]

    def save_model(self, request: HttpRequest, obj: Building, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if is_moved(form, change):
            queue_walks(community=obj.community, at=timezone.now())
            warn_if_shifted(request, obj.community, obj)
