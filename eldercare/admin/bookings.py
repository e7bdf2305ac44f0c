"""Care bookings in the back office: a list and a page to read. What staff do to one: row_actions.py."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.appointments import AppointmentAdmin
from circle.backoffice.confirmation import Answer, Question
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.row_questions import ask_about_rows
from circle.backoffice.site import Pages
from circle.calendar.opening_hours import clock_text
from circle.identifiers.public_codes import parse_row_id
from eldercare.actions import confirm_booking, revoke_booking
from eldercare.admin import day, new, row_actions, week
from eldercare.admin.door_check import who_rings
from eldercare.admin.figures import care_figures
from eldercare.admin.pages import note_care_reading
from eldercare.admin.signatures import drawn_signature
from eldercare.backoffice.bookings import CARE_ACTIONS, CHANGE
from eldercare.backoffice.day_care import stay_words
from eldercare.backoffice.day_sheet import check_words, needs_of, service_words
from eldercare.models import CareBooking, DrawnSignature, ServiceRecord
from services.admin.bookings import CODE_LENGTH
from services.admin.slots import DayFilter, is_queue


class AttentionFilter(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("missed", _("not at home, look after them")),
            ("confirm", _("to be confirmed")),
            ("open", _("up to today, without an outcome")),
            ("stranded", _("booked for a time that is closed")),
            ("crew", _("whose carer is away or has left")),
            ("clashing", _("for somebody who is elsewhere then")),
            ("call", _("to be confirmed by telephone")),
            ("disputed", _("disputed by the elder")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CareBooking]) -> QuerySet[CareBooking]:
        found = {
            "missed": queryset.nobody_home(),
            "confirm": queryset.to_confirm(),
            "open": queryset.without_outcome(timezone.localdate()),
            "stranded": queryset.stranded(timezone.now()),
            "crew": queryset.without_crew(timezone.now()),
            "clashing": queryset.clashing(timezone.now()),
            "call": queryset.to_call_back(),
            "disputed": queryset.disputed(),
        }
        return found.get(self.value() or "", queryset)


@admin.register(CareBooking)
class CareBookingAdmin(AppointmentAdmin):
    row_actions = CARE_ACTIONS
    code_length = CODE_LENGTH
    list_display = ["code", "when", "resident", "kind", "status", "assigned_to"]
    list_select_related = ["resident", "kind", "assigned_to", "assistant", "slot"]
    list_filter = [AttentionFilter, DayFilter, "status", "via"]
    person_path = "resident"
    search_fields = ["resident__name"]
    search_help_text = _("A booking code, or a name")
    sortable_by: list[str] = []  # as `get_ordering` says
    fields = [
        "code",
        "status",
        "status_at",
        "began_at",
        "home_by",
        "reason",
        "kind",
        "when",
        "resident",
        "phone",
        "address",
        "needs_said",
        "note",
        "assigned_to",
        "assistant",
        "check_of_the_day",
        "record_of_service",
        "day_at_station",
        "via",
        "booked_at",
        "booked_by",
        "mandate",
        "reminded_at",
        "reminded_again_at",
        "outcome_by",
        "outcome",
        "settled_at",
        "settled_by",
        "history",
    ]
    readonly_fields = [
        "began_at",
        "home_by",
        "when",
        "phone",
        "address",
        "needs_said",
        "check_of_the_day",
        "record_of_service",
        "day_at_station",
        "outcome_by",
        "history",
    ]
    actions = ["confirm_all", "revoke_all"]
    change_list_template = "admin/eldercare/change_list.html"
    change_form_template = "admin/eldercare/change_form.html"

    def pages(self) -> Pages:
        return [
            ("day/", day.day, "day"),
            ("week/", week.week, "week"),
            ("board/", week.board, "board"),
            ("figures/", care_figures, "figures"),
            ("ask/<slug:code>/<slug:name>/", row_actions.ask_first, "ask"),
            ("do/<slug:code>/", row_actions.do, "do"),
            ("new/", new.who, "new"),
            ("new/register/", new.register, "register"),
            ("new/what/", new.what, "what"),
            ("door/", new.home_visit, "door"),
            ("rings/", who_rings, "rings"),
            ("signature/<slug:code>/", drawn_signature, "signature"),
            ("booked/<slug:code>/", new.booked, "booked"),
        ]

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        if is_queue(request):
            return [F("day").asc(nulls_last=True), F("starts_at").asc(nulls_first=True), "id"]
        return ["-status_at", "-id"]  # what changed last; as the index goes

    @admin.display(description=_("time"))
    def when(self, booking: CareBooking) -> str:
        if booking.day is None:
            return gettext("as we agree")
        words = {"day": date_format(booking.day, "MONTH_DAY_FORMAT")}
        if booking.starts_at is None:
            return words["day"]
        words["time"] = clock_text(timezone.localtime(booking.starts_at))
        return gettext("%(day)s, %(time)s") % words

    @admin.display(description=_("address"))
    def address(self, booking: CareBooking) -> str:
        if booking.building or booking.kind.is_at_home:
            return f"{booking.building or '–'} {booking.door}"
        return str(booking.kind.facility)

    @admin.display(description=_("needs"))
    def needs_said(self, booking: CareBooking) -> str:
        return " · ".join(needs_of(booking)) or "–"

    @admin.display(description=_("check of the day"))
    def check_of_the_day(self, booking: CareBooking) -> str:
        check = booking.checks.select_related("taken_by").last()
        return check_words(check) if check else "–"

    @admin.display(description=_("service record"))
    def record_of_service(self, booking: CareBooking) -> str:
        found = ServiceRecord.objects.filter(booking=booking).first()
        if found is None:
            return "–"
        words = service_words(booking, found)
        if not DrawnSignature.objects.filter(record=found).exists():
            return words
        url = reverse("admin:eldercare_carebooking_signature", args=[booking.code])
        return format_html('{} · <a href="{}">{}</a>', words, url, gettext("Look at the signature"))

    @admin.display(description=_("came and left"))
    def day_at_station(self, booking: CareBooking) -> str:
        return stay_words(booking)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        found = self.get_queryset(request).select_related(
            *self.list_select_related,
            "kind__facility",
            "stay",
            "building",
            "booked_by",
            "mandate__agent",
            "outcome_by",
            "settled_by",
        )
        return found.filter(pk=parse_row_id(object_id)).first()

    def note_reading(self, request: HttpRequest, booking: CareBooking) -> None:
        note_care_reading(request, booking)

    @admin.action(description=_("Confirm what has a day"), permissions=["change"])
    def confirm_all(self, request: HttpRequest, queryset: QuerySet[CareBooking]) -> HttpResponse | None:
        question = Question(
            title=gettext("Confirm care"),
            button=gettext("Confirm them"),
            back=request.get_full_path(),
            sentences=[gettext("Each person gets a message.")],
        )
        return self.ask(
            request,
            queryset,
            question,
            lambda booking, _said: confirm_booking(booking=booking, at=timezone.now(), by=request.user),
        )

    @admin.action(description=_("Call off, and tell the people"), permissions=["change"])
    def revoke_all(self, request: HttpRequest, queryset: QuerySet[CareBooking]) -> HttpResponse | None:
        question = Question(
            title=gettext("Call off bookings"),
            button=gettext("Call them off"),
            back=request.get_full_path(),
            sentences=[gettext("It is us who call them off: each person gets a message with the reason.")],
            answer=Answer("reason", gettext("Reason"), request.POST.get("reason", "")),
        )
        return self.ask(
            request,
            queryset,
            question,
            lambda booking, reason: revoke_booking(
                booking=booking, at=timezone.now(), by=request.user, reason=reason
            ),
        )

    def ask(self, request: Any, queryset: Any, question: Question, act: Any) -> HttpResponse | None:
        rows = queryset.filter(within_reach(request, CHANGE))
        related = rows.select_related("community", "kind", "slot", "resident__login", "booked_by", "mandate")
        return ask_about_rows(request, related, question, act, describe_booking)


def describe_booking(booking: CareBooking) -> str:
    return f"{booking.code} · {booking.resident} · {booking.kind}"
