"""Care that comes again in the back office, and the list of its dates that wait for a time."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import RowAction, ask_or_perform, available_actions, find_action
from circle.backoffice.site import Pages, ReadOnlyAdmin
from eldercare.actions.series_dates import cause_words
from eldercare.actions.series_words import rhythm_words
from eldercare.backoffice.series import DATE_ACTIONS, DATE_CHANGE, SERIES_ACTIONS
from eldercare.models import CareSeries, SeriesDate
from eldercare.models.series import SERIES_CHANGE
from services.admin.bookings import CODE_LENGTH

FACTS = "admin/eldercare/_series_facts.html"  # what it is, above the question
ALWAYS = ["GET", "HEAD", "POST"]


@require_http_methods(ALWAYS)
def ask_series(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """careseries/ask/<code>/<name>/: asks, then does it."""
    require_permissions(request, SERIES_CHANGE)
    rows = CareSeries.objects.filter(within_reach(request, SERIES_CHANGE)).shown()
    row = get_object_or_404(rows, code=code)
    back = reverse("admin:eldercare_careseries_change", args=[row.pk])
    return ask_or_perform(request, find_action(SERIES_ACTIONS, name), row, back, about=FACTS, series=row)


@require_http_methods(ALWAYS)
def ask_date(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """seriesdate/ask/<pk>/<name>/: asks, then does it."""
    require_permissions(request, DATE_CHANGE)
    rows = SeriesDate.objects.filter(within_reach(request, DATE_CHANGE)).shown()
    row = get_object_or_404(rows, pk=pk)
    back = f"{reverse('admin:eldercare_seriesdate_changelist')}?status__exact=waiting"
    return ask_or_perform(
        request, find_action(DATE_ACTIONS, name), row, back, about=FACTS, series=row.series, date=row
    )


def links_of(actions: list[RowAction], row: Any, page: str, key: Any) -> str:
    links = (
        (reverse(page, args=[key, each.name]), each.label) for each in available_actions(actions, row, now())
    )
    return format_html_join(" · ", '<a href="{}">{}</a>', links) or "–"


@admin.register(CareSeries)
class CareSeriesAdmin(ReadOnlyAdmin):
    list_display = ["code", "rhythm", "resident", "kind", "status", "first_day", "last_day"]
    list_select_related = ["resident", "kind"]
    list_filter = ["status", "weekday", "via"]
    person_path = "resident"
    code_length = CODE_LENGTH
    search_fields = ["resident__name"]
    show_full_result_count = False
    view_on_site = False
    fields = [
        "code", "status", "status_at", "reason", "kind", "rhythm", "first_day", "last_day", "resident",
        "building", "door", "address_on", "via", "booked_at", "booked_by", "mandate", "all_dates",
        "all_pauses", "verbs", "history",
    ]  # fmt: skip
    readonly_fields = ["rhythm", "all_dates", "all_pauses", "verbs", "history"]

    def pages(self) -> Pages:
        return [("ask/<slug:code>/<slug:name>/", ask_series, "ask")]

    @admin.display(description=_("how often"))
    def rhythm(self, series: CareSeries) -> str:
        return rhythm_words(series)

    @admin.display(description=_("dates"))
    def all_dates(self, series: CareSeries) -> str:
        rows = series.dates.select_related("booking").order_by("day")
        words = ((row.day.isoformat(), state_of(row)) for row in rows)
        return format_html_join("", "<p>{} · {}</p>", words) or "–"

    @admin.display(description=_("pauses"))
    def all_pauses(self, series: CareSeries) -> str:
        return format_html_join("", "<p>{}</p>", ((str(pause),) for pause in series.pauses.all())) or "–"

    @admin.display(description=_("what can be done"))
    def verbs(self, series: CareSeries) -> str:
        return links_of(SERIES_ACTIONS, series, "admin:eldercare_careseries_ask", series.code)


def state_of(row: SeriesDate) -> str:
    if row.booking is not None:
        return f"{row.booking.get_status_display()} · {row.booking.day} · {row.booking.code}"
    return f"{row.get_status_display()} · {row.reason or cause_words(row)}"


@admin.register(SeriesDate)
class SeriesDateAdmin(ReadOnlyAdmin):
    """The coordinator's list is its filter “waits for a time”."""

    list_display = ["day", "who", "care", "status", "why", "verbs"]
    list_select_related = ["series__resident", "series__kind", "booking"]
    list_filter = ["status"]
    person_path = "series__resident"
    search_fields = ["series__resident__name"]
    show_full_result_count = False
    fields = ["day", "series", "who", "care", "status", "status_at", "why", "reason", "booking", "verbs"]
    readonly_fields = ["who", "care", "why", "verbs"]

    def pages(self) -> Pages:
        return [("ask/<int:pk>/<slug:name>/", ask_date, "ask")]

    @admin.display(description=_("elder"))
    def who(self, row: SeriesDate) -> str:
        return str(row.series.resident)

    @admin.display(description=_("care"))
    def care(self, row: SeriesDate) -> str:
        return f"{row.series.kind.name} · {rhythm_words(row.series)}"

    @admin.display(description=_("why it waits"))
    def why(self, row: SeriesDate) -> str:
        return cause_words(row) if row.cause else "–"

    @admin.display(description=_("what can be done"))
    def verbs(self, row: SeriesDate) -> str:
        return links_of(DATE_ACTIONS, row, "admin:eldercare_seriesdate_ask", row.pk)
