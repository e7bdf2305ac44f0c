from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from circle.backoffice.site import ReadOnlyAdmin
from circle.models import StreetNetwork, WalkRun


@admin.register(StreetNetwork)
class StreetNetworkAdmin(ReadOnlyAdmin):
    list_display = ["source", "source_on", "filter_version", "is_current", "imported_at", "community"]
    list_select_related = ["community"]
    list_filter = ["is_current"]
    fields = [
        "community",
        ("source", "source_on"),
        "attribution",
        ("filter_version", "has_cycleways", "crossing_wait_s"),
        "sha256",
        "import_figures",
        ("is_current", "imported_at"),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).light()

    @admin.display(description=_("what was kept and dropped"))
    def import_figures(self, obj):
        return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in obj.figures.items())


@admin.register(WalkRun)
class WalkRunAdmin(ReadOnlyAdmin):
    list_display = ["kind", "state", "ways", "off", "finished_at", "network", "community"]
    list_select_related = ["kind", "network", "community"]
    list_filter = ["state"]
    search_fields = ["kind__name_zh", "kind__name_en", "kind__code"]
    fields = [
        "community",
        "kind",
        "state",
        "network",
        "ways",
        "off",
        "queued_at",
        "started_at",
        "finished_at",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("network__content")

    @admin.display(description=_("ways"))
    def ways(self, obj):
        return obj.counts.get("ways", "–")

    @admin.display(description=_("too far from any street"))
    def off(self, obj):
        return obj.counts.get("off_street", "–")
