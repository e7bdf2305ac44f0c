from django.contrib import admin

from circle.admin.places import POINT_FIELDSET
from circle.backoffice.site import CommunityAdmin, ReadOnlyAdmin
from circle.forms import LocatedForm
from circle.models import CandidateSite, Scenario


@admin.register(CandidateSite)
class CandidateSiteAdmin(CommunityAdmin):
    """The sites offered on the what-if page."""

    form = LocatedForm
    list_display = ["name_zh", "name_en", "code", "is_free", "community"]
    list_select_related = ["community"]
    list_filter = ["is_free"]
    search_fields = ["name_zh", "name_en", "code"]
    fieldsets = [(None, {"fields": ["community", "code", ("name_zh", "name_en"), "is_free"]}), POINT_FIELDSET]


@admin.register(Scenario)
class ScenarioAdmin(ReadOnlyAdmin):
    """Saved what-if proposals; "view on site" shows the figures."""

    list_display = ["code", "kind", "moved", "stamp", "pace", "saved_at"]
    list_select_related = ["kind", "moved"]
    list_filter = ["kind__dimension"]
    search_fields = ["code"]
    code_length = 8
    fields = ["code", "community", "kind", "moved", "site", ("longitude", "latitude"), "stamp", "pace"]
    fields += ["saved_at", "saved_by"]
    readonly_fields = ["code"]
