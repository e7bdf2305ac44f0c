from django.contrib import admin

from circle.models import CalendarDay, CalendarYear


@admin.register(CalendarYear)
class CalendarYearAdmin(admin.ModelAdmin):
    list_display = ["year", "notice", "confirmed_on"]


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin):
    list_display = ["date", "name_zh", "name_en", "is_workday", "is_holiday", "source"]
    list_filter = ["is_workday", "is_holiday"]
    search_fields = ["name_zh", "name_en"]
