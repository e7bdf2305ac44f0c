from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from circle.admin.facilities import send_timetable_changed
from circle.backoffice.affected import AsksBeforeStranding
from circle.backoffice.concurrent_edits import TellsOfOtherEdits
from circle.models import CalendarDay, CalendarYear


@admin.register(CalendarYear)
class CalendarYearAdmin(TellsOfOtherEdits):
    list_display = ["year", "notice", "confirmed_on"]


@admin.register(CalendarDay)
class CalendarDayAdmin(AsksBeforeStranding, TellsOfOtherEdits):
    list_display = ["date", "name_zh", "name_en", "is_workday", "is_holiday", "source"]
    list_filter = ["is_workday", "is_holiday"]
    search_fields = ["name_zh", "name_en"]

    def save_model(self, request: HttpRequest, obj: CalendarDay, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        send_timetable_changed(request, [None])

    def delete_model(self, request: HttpRequest, obj: CalendarDay) -> None:
        super().delete_model(request, obj)
        send_timetable_changed(request, [None])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[CalendarDay]) -> None:
        super().delete_queryset(request, queryset)
        send_timetable_changed(request, [None])
