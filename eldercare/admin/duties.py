"""Visit duties in the back office: a list to read, and the pages of those who look in."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from circle.backoffice.site import Pages, ReadOnlyAdmin
from eldercare.admin import profiles
from eldercare.admin.festival import festival
from eldercare.admin.grid_round import grid_round
from eldercare.admin.visit_coverage import visit_coverage
from eldercare.models import VisitDuty


@admin.register(VisitDuty)
class VisitDutyAdmin(ReadOnlyAdmin):
    """What ends first stands first; the elder leads to their profile, whose every look is recorded."""

    near_path = "resident__building__"
    list_display = ["ends_on", "person", "every", "period", "status"]
    list_display_links = None
    list_select_related = ["resident"]
    list_filter = ["status", "every"]
    person_path = "resident"
    search_fields = ["resident__name"]
    ordering = ["ends_on", "id"]
    show_full_result_count = False
    fields = ["resident", "every", "period", "starts_on", "due_at", "event", "status", "done_at", "booking"]

    def pages(self) -> Pages:
        return [
            ("round/", grid_round, "round"),
            ("festival/", festival, "festival"),
            ("coverage/", visit_coverage, "coverage"),
            ("profile/<uuid:code>/", profiles.profile, "profile"),
            ("profile/<uuid:code>/<slug:name>/", profiles.ask, "ask"),
        ]

    @admin.display(description=_("elder"))
    def person(self, duty: VisitDuty) -> str:
        url = reverse("admin:eldercare_visitduty_profile", args=[duty.resident.code])
        return format_html('<a href="{}">{}</a>', url, duty.resident.name)
