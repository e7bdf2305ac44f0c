"""Bookings in the back office: a list and a page to read. What staff do to one: row_actions.py."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.appointments import AppointmentAdmin
from circle.backoffice.confirmation import Answer, Question
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.row_questions import ask_about_rows
from circle.backoffice.site import Pages
from circle.calendar.opening_hours import clock_text
from circle.identifiers.public_codes import parse_row_id
from services.actions import move_to_like_time, revoke_booking
from services.admin import day, figures, new, row_actions
from services.admin.slots import DayFilter, is_queue
from services.backoffice.bookings import BOOKING_ACTIONS
from services.models import Booking

CODE_LENGTH = 8


class AttentionFilter(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("stranded", _("booked for a time that is closed")),
            ("objections", _("objections against a no-show")),
            ("unfinished", _("of earlier days, without an outcome")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        if self.value() == "stranded":
            return queryset.stranded(timezone.now())
        if self.value() == "objections":
            return queryset.objected()
        if self.value() == "unfinished":
            return queryset.unfinished(timezone.localdate())
        return queryset


@admin.register(Booking)
class BookingAdmin(AppointmentAdmin):
    row_actions = BOOKING_ACTIONS
    code_length = CODE_LENGTH
    list_display = ["code", "when", "resident", "status", "item", "place"]
    list_select_related = ["resident", "item", "slot__counter__facility"]
    list_filter = [AttentionFilter, DayFilter, "status", "via"]
    person_path = "resident"
    search_fields = ["resident__name"]
    search_help_text = _("A booking code, or a name")
    sortable_by: list[str] = []  # as `get_ordering` says
    fields = [
        "code",
        "status",
        "status_at",
        "reason",
        "objection",
        "objection_answer",
        "item",
        "when",
        "place",
        "resident",
        "phone",
        "via",
        "booked_at",
        "booked_by",
        "mandate",
        "reminded_at",
        "reminded_again_at",
        "history",
    ]
    readonly_fields = ["when", "place", "phone", "history"]
    actions = ["move_all", "revoke_all"]
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/services/booking/change_list.html"
    change_form_template = "admin/services/booking/change_form.html"

    def pages(self) -> Pages:
        return [
            ("day/", day.days, "days"),
            ("day/<slug:code>/", day.day, "day"),
            ("check-in/<slug:code>/", day.check_in, "check_in"),
            ("walk-in/<slug:code>/", day.walk_in, "walk_in"),
            ("ask/<slug:code>/<slug:name>/", row_actions.ask_first, "ask"),
            ("do/<slug:code>/", row_actions.do, "do"),
            ("new/", new.who, "new"),
            ("new/register/", new.register, "register"),
            ("new/time/", new.time, "time"),
            ("door/", new.door, "door"),
            ("booked/<slug:code>/", new.booked, "booked"),
            ("figures/", figures.figures, "figures"),
        ]

    @admin.display(description=_("time"))
    def when(self, booking: Booking) -> str:
        words = {
            "day": date_format(booking.day, "MONTH_DAY_FORMAT"),
            "time": clock_text(timezone.localtime(booking.slot.starts_at)),
        }
        return gettext("%(day)s, %(time)s") % words

    @admin.display(description=_("place"))
    def place(self, booking: Booking) -> str:
        return booking.slot.counter.facility.name

    def get_ordering(self, request: HttpRequest) -> list[str]:
        if is_queue(request):
            return ["day", "slot__starts_at", "id"]
        return ["-day", "-id"]  # as the index goes

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """The warning about a closure leads to one place's bookings."""
        return lookup == "slot__counter__facility" or super().lookup_allowed(lookup, value, request)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        related = self.list_select_related
        found = self.get_queryset(request).with_stranded(timezone.now())
        found = found.select_related(*related, "booked_by", "mandate__agent")
        return found.filter(pk=parse_row_id(object_id)).first()

    @admin.action(description=_("Move to the next like time, and tell the people"), permissions=["change"])
    def move_all(self, request: HttpRequest, queryset: QuerySet[Booking]) -> HttpResponse | None:
        return self.ask_why(
            request,
            queryset,
            move_to_like_time,
            gettext("Move bookings to the next like time"),
            gettext("Move them"),
            gettext(
                "Each gets the next free time, at its place where there is one, and the person a message."
                " Whoever finds none stays in the list; so does what takes place as booked."
            ),
        )

    @admin.action(description=_("Call off, and tell the people"), permissions=["change"])
    def revoke_all(self, request: HttpRequest, queryset: QuerySet[Booking]) -> HttpResponse | None:
        return self.ask_why(
            request,
            queryset,
            revoke_booking,
            gettext("Call off bookings"),
            gettext("Call them off"),
            gettext("It is us who call them off: each person gets a message with the reason."),
        )

    def ask_why(
        self, request: HttpRequest, queryset: QuerySet[Booking], act: Any, title: str, button: str, says: str
    ) -> HttpResponse | None:
        """Ask for one reason, then do it to each booking, earliest first."""
        question = Question(
            title=title,
            button=button,
            back=request.get_full_path(),
            sentences=[says],
            answer=Answer("reason", gettext("Reason"), request.POST.get("reason", "")),
        )
        rows = queryset.filter(within_reach(request, "services.change_booking"))
        rows = rows.select_related(
            "community", "item", "mandate", "slot__counter__facility", "resident__login"
        ).order_by("slot__starts_at", "pk")
        return ask_about_rows(
            request,
            rows,
            question,
            lambda booking, reason: act(booking=booking, at=timezone.now(), by=request.user, reason=reason),
            describe=lambda booking: f"{booking.code} · {booking.resident} · {self.when(booking)}",
        )
