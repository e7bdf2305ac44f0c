"""The menu of the canteen: today and the days to come, and a week on a sheet of paper."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circle.booking.days import parse_day
from circle.calendar.working_days import ONE_DAY
from circle.web.middleware import PortalRequest
from eldercare.actions.canteen.menus import WEEK, monday_of
from eldercare.actions.canteen.week import canteens, group_text, week_of_menus
from eldercare.models.canteen import Meal


@require_safe
@never_cache
def canteen(request: PortalRequest) -> HttpResponse:
    """/eldercare/canteen/: what there is today and in the week to come, and what is left of it."""
    at = timezone.localtime()
    today, *later = week_of_menus(request.community, at.date(), at)
    context = {
        "today": today,
        "later": later,
        "next_day": next((day for day in later if day.menus), None),
        "places": canteens(request.community),
        "text": group_text(request.community, today) if today.menus else "",
        "week": monday_of(at.date()),
        "at": at,
    }
    return render(request, "eldercare/canteen/menu.html", context)


@require_safe
@never_cache
def canteen_week(request: PortalRequest) -> HttpResponse:
    """/eldercare/canteen/week/?week=: Monday to Sunday on one sheet to pin up."""
    at = timezone.localtime()
    first = monday_of(week_named(request.GET.get("week", "")) or at.date())
    context = {
        "days": week_of_menus(request.community, first, at),
        "meals": Meal,
        "before": first - WEEK * ONE_DAY,
        "after": first + WEEK * ONE_DAY,
        "places": canteens(request.community),
    }
    return render(request, "eldercare/canteen/week.html", context)


def week_named(text: str) -> dt.date | None:
    """None where the address names no day of our time."""
    day = parse_day(text)
    return day if day and 2000 <= day.year <= 2100 else None
