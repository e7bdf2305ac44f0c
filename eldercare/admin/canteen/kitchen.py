"""The kitchen sheet, the labels, and the list of doors of one meal."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from circle.audit.log import record
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import available_actions
from circle.calendar.working_days import ONE_DAY
from circle.models import User
from eldercare.admin.pages import page
from eldercare.backoffice.canteen.kitchen import kitchen_of, meal_named
from eldercare.backoffice.canteen.orders import OUTCOME_ACTIONS
from eldercare.models import MealOrder
from eldercare.models.canteen import Meal, Way
from eldercare.models.canteen.orders import ORDER_CHANGE, ORDER_VIEW
from services.admin.pages import day_of


def sheet_of(request: HttpRequest, permission: str) -> dict[str, Any]:
    """Day, meal and what is ordered for it within one's posts."""
    require_permissions(request, permission)
    day, meal = day_of(request.GET.get("date", "")), meal_named(request.GET.get("meal", ""), localtime())
    own = MealOrder.objects.filter(within_reach(request, permission))
    return {
        "day": day,
        "meal": Meal(meal),
        "meals": Meal,
        "today": localdate(),
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
        "kitchen": kitchen_of(own, day, meal),
        "ways": Way,
        "printed_at": now(),
    }


@require_safe
def kitchen(request: HttpRequest) -> HttpResponse:
    """mealorder/kitchen/[?date=][&meal=][&print=1]: one number for each dish, variant and way."""
    context = sheet_of(request, ORDER_VIEW)
    title = gettext("Kitchen sheet")
    if request.GET.get("print"):
        context |= {"title": title}
        return render(request, "admin/eldercare/canteen/kitchen_print.html", context)
    return page(request, "canteen/kitchen.html", title, **context)


@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """mealorder/labels/?date=&meal=: three by eight on A4, one for each portion; each print is recorded."""
    context = sheet_of(request, ORDER_VIEW)
    found = context["kitchen"].labels
    if found:
        community = found[0].order.community
        record(
            verb="meal_labels_printed",
            subject=community,
            community=community.pk,
            at=now(),
            actor=cast(User, request.user),
            day=context["day"].isoformat(),
            meal=str(context["meal"]),
            labels=len(found),
        )
    context |= {"title": gettext("Labels"), "labels": found}
    return render(request, "admin/eldercare/canteen/labels.html", context)


@require_http_methods(["GET", "HEAD"])
def doors(request: HttpRequest) -> HttpResponse:
    """mealorder/doors/[?date=][&meal=]: each door and each meal at the counter, with its one outcome."""
    context = sheet_of(request, ORDER_CHANGE)
    at = now()
    for name in ("doors", "counter"):
        rows = getattr(context["kitchen"], name)
        context[name] = [(order, available_actions(OUTCOME_ACTIONS, order, at)) for order in rows]
    return page(request, "canteen/doors.html", gettext("Handing over"), **context)
