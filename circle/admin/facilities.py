from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from circle.admin.places import POINT
from circle.forms import FacilityForm
from circle.models import Closure, Facility, FacilityChange, FacilityKind, OpeningHours
from circle.staff import CommunityAdmin


@admin.register(FacilityKind)
class FacilityKindAdmin(admin.ModelAdmin):
    list_display = ["name_zh", "name_en", "code", "dimension"]
    list_filter = ["dimension"]
    search_fields = ["name_zh", "name_en", "code"]


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    extra = 0


class ClosureInline(admin.TabularInline):
    model = Closure
    extra = 0


class FacilityChangeInline(admin.TabularInline):
    model = FacilityChange
    extra = 0


@admin.register(Facility)
class FacilityAdmin(CommunityAdmin):
    form = FacilityForm
    list_display = ["name_zh", "name_en", "kind", "phone", "is_published", "updated_at"]
    list_select_related = ["kind"]
    list_filter = ["kind__dimension", "is_published"]
    search_fields = ["name_zh", "name_en", "code", "synonyms"]
    autocomplete_fields = ["kind"]
    readonly_fields = ["short_code", "updated_at"]
    inlines = [OpeningHoursInline, ClosureInline, FacilityChangeInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "community",
                    "kind",
                    "code",
                    "short_code",
                    ("name_zh", "name_en"),
                    "is_published",
                ]
            },
        ),
        (_("Today"), {"fields": [("notice_zh", "notice_en")]}),
        (
            _("What is done there"),
            {"fields": ["activities_zh", "activities_en", "synonyms"]},
        ),
        (
            POINT[0],
            {
                "fields": [
                    ("address_zh", "address_en"),
                    ("landmark_zh", "landmark_en"),
                    *POINT[1]["fields"],
                    "step_free",
                ]
            },
        ),
        (_("Contact and size"), {"fields": ["phone", "area_m2", "follows_workdays"]}),
        (_("Photo"), {"fields": ["photo", ("photo_alt_zh", "photo_alt_en")]}),
        (None, {"fields": ["updated_at"]}),
    ]


@admin.register(Closure)
class ClosureAdmin(admin.ModelAdmin):
    list_display = ["facility", "starts_on", "ends_on", "reason_zh"]
    list_select_related = ["facility"]
    search_fields = ["facility__name_zh", "facility__name_en", "reason_zh"]
    autocomplete_fields = ["facility"]


@admin.register(FacilityChange)
class FacilityChangeAdmin(admin.ModelAdmin):
    list_display = ["facility", "kind", "happened_on", "from_m2", "to_m2"]
    list_select_related = ["facility"]
    list_filter = ["kind"]
    search_fields = ["facility__name_zh", "facility__name_en"]
    autocomplete_fields = ["facility"]
