"""Tickets of a hall: to read, and what is done with one on the day sheet; the setting of each hall."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, find_action
from circle.backoffice.site import CommunityAdmin, Pages, ReadOnlyAdmin
from services.actions import renew_device_key
from services.admin import ticket_figures, ticket_pad, ticket_window
from services.admin.day import sheet_of
from services.backoffice.tickets import TICKET_ACTIONS
from services.models import Ticket, TicketHall

CHANGE = "services.change_ticket"


@require_POST
def act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """ticket/act/<code>/<verb>/: from the list of arrivals, and back to it."""
    require_permissions(request, CHANGE)
    rows = Ticket.objects.filter(within_reach(request, CHANGE)).shown()
    found = get_object_or_404(rows.select_related("booking__slot__counter"), code=code)
    return ask_or_perform(
        request, find_action(TICKET_ACTIONS, name), found, sheet_of(found.facility, localdate())
    )


@admin.register(Ticket)
class TicketAdmin(ReadOnlyAdmin):
    code_length = 8
    list_display = ["label", "day", "facility", "drawn_at", "origin", "status", "item"]
    list_select_related = ["facility", "item"]
    list_filter = ["status", "origin", "day"]
    person_path = "resident"
    search_fields = ["resident__name"]
    search_help_text = _("The code of a ticket, or a name")
    fields = [
        "label",
        "code",
        ("day", "facility"),
        ("status", "status_at"),
        ("origin", "priority"),
        "item",
        "more_items",
        "resident",
        "age_reason",
        "booking",
        "drawn_at",
        ("called_at", "calls"),
        ("counter", "for_counter"),
        ("serving_at", "done_at"),
        "history",
    ]
    readonly_fields = ["label", "history"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def pages(self) -> Pages:
        return [
            ("act/<slug:code>/<slug:name>/", act, "act"),
            ("window/", ticket_window.windows, "windows"),
            ("window/<int:pk>/", ticket_window.window, "window"),
            ("pad/<slug:code>/", ticket_pad.pad, "pad"),
            ("figures/<slug:code>/", ticket_figures.figures, "figures"),
        ]

    @admin.display(description=pgettext_lazy("ticket", "number"), ordering="number")
    def label(self, ticket: Ticket) -> str:
        return ticket.label


@admin.register(TicketHall)
class TicketHallAdmin(CommunityAdmin):
    list_display = ["facility", "mode"]
    list_select_related = ["facility"]
    fields = ["community", "facility", "mode"]
    actions = ["renew_keys"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.fields, "devices"] if obj else list(self.fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["community", "facility", "devices"] if obj else []

    @admin.display(description=_("addresses of its devices"))
    def devices(self, hall: TicketHall) -> str:
        """The screen is public; who knows the others draws numbers from afar."""
        pages = [
            (gettext("Screen with the numbers"), reverse("ticket_screen", args=[hall.facility.short_code])),
            (gettext("Code at the entrance"), reverse("ticket_entrance", args=[hall.device_key])),
            (gettext("Kiosk"), reverse("ticket_kiosk", args=[hall.device_key])),
        ]
        return format_html_join("", '<p><a href="{}">{}</a></p>', ((url, name) for name, url in pages))

    @admin.action(description=_("Give kiosk and entrance new addresses"), permissions=["change"])
    def renew_keys(self, request: HttpRequest, queryset: QuerySet[TicketHall]) -> None:
        for hall in queryset:
            renew_device_key(hall=hall, at=now(), by=request.user)
        self.message_user(request, gettext("Open the new addresses on the devices."))
