"""The menus of a week as pages show them: days that are closed have none, whatever was written before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from circle.calendar.opening_hours import is_closed_on
from circle.calendar.working_days import ONE_DAY, Calendar
from circle.formats.money import format_yuan
from circle.models import Community, Facility
from circle.notifications.groups import LANGUAGE
from circle.notifications.sharing import Share
from circle.proximity.nearby import facility_timetable
from eldercare.actions.canteen.menus import WEEK
from eldercare.models import MenuDay
from eldercare.models.canteen import Meal
from eldercare.models.canteen.menus import CANTEEN_KIND


@dataclass(frozen=True)
class DayOfMenus:
    day: dt.date
    menus: Sequence[MenuDay]
    is_closed: bool


def canteens(community: Community) -> list[Facility]:
    rows = Facility.objects.filter(community=community, kind__code=CANTEEN_KIND)
    return list(rows.select_related("community").order_by("pk"))


def week_of_menus(
    community: Community, first: dt.date, at: dt.datetime, days: int = WEEK
) -> list[DayOfMenus]:
    """Of all canteens of the community; six queries for any number of them."""
    last = first + (days - 1) * ONE_DAY
    rows = list(MenuDay.objects.public(community).filter(day__gte=first, day__lte=last).with_dishes())
    rows.sort(key=lambda menu: (menu.day, Meal.values.index(menu.meal), menu.facility_id))
    places = {
        place.pk: facility_timetable(place)
        for place in Facility.objects.with_timetable(at).filter(community=community, kind__code=CANTEEN_KIND)
    }
    calendar = Calendar.load(first, last)
    found = []
    for number in range(days):
        day = first + number * ONE_DAY
        open_now = {pk for pk, hours in places.items() if not is_closed_on(hours, calendar, day)}
        menus = [menu for menu in rows if menu.day == day and menu.facility_id in open_now]
        found.append(DayOfMenus(day, menus, not open_now))
    return found


def group_text(community: Community, day: DayOfMenus) -> str:
    """For the residents' group, in its language: one line a meal."""
    with translation.override(LANGUAGE):
        lines = []
        for menu in day.menus:
            dishes = "、".join(
                _("%(dish)s %(price)s yuan") % {"dish": dish.name, "price": format_yuan(dish.price_cents)}
                for dish in menu.dishes.all()
            )
            lines.append(f"{menu.get_meal_display()}：{dishes}。")
        return Share(
            community=community.name,
            title=_("At the canteen on %(day)s") % {"day": date_format(day.day, "MONTH_DAY_FORMAT")},
            when="",
            text="".join(lines),
            url=f"{settings.SITE_URL}{reverse('canteen')}",
            note=_("Demo, not a real notice") if community.is_demo else "",
        ).group_text
