"""Ordering a meal on the page, one's own orders, and those of every week."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle.booking.form_keys import answer_once
from circle.identifiers.public_codes import parse_uuids
from circle.models import Mandate, Resident, Via
from circle.web.middleware import PortalRequest, people_for, signed_in_user
from eldercare.actions import canteen
from eldercare.backoffice.canteen.order_forms import OrderForm, PauseMealsForm, StandingForm, open_ways
from eldercare.backoffice.canteen.orders import order_standing_meals
from eldercare.models import Dish, MealOrder, Portion, StandingOrder

ALWAYS = ["GET", "HEAD", "POST"]
OVER_SHOWN = 20


def eaters(request: PortalRequest) -> "QuerySet[Resident]":
    """For whom this login may order here."""
    people = people_for(request, Mandate.Scope.BOOKINGS) | people_for(request, Mandate.Scope.MEALS)
    return people.filter(community=request.community).order_by("pk")


def chosen_eater(request: PortalRequest, people: list[Resident]) -> Resident | None:
    """Of ?resident=, or the only one."""
    named = parse_uuids(request.GET.get("resident", ""))
    found = next((person for person in people if person.code in named), None)
    return found or (people[0] if len(people) == 1 else None)


def choose_eater(request: PortalRequest, people: list[Resident], title: str) -> HttpResponse:
    return render(request, "eldercare/canteen/who.html", {"people": people, "title": title})


@require_http_methods(ALWAYS)
@never_cache
@login_required
@answer_once
def meal_dish(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/canteen/dish/<code>/[?resident=]: one dish; POST orders it."""
    dishes = Dish.objects.public(request.community).prefetch_related("portions")
    dish = get_object_or_404(dishes, code=code)
    people, at = list(eaters(request)), timezone.now()
    eater = chosen_eater(request, people)
    if eater is None:
        return choose_eater(request, people, dish.name)
    form = OrderForm(request.POST or None, dish=dish, resident=eater, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            order = canteen.order_meal(
                dish=dish, resident=eater, wish=form.wish(), via=Via.ONLINE, at=at, by=signed_in_user(request)
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Ordered. Enjoy your meal."))
            return redirect(order)
    context = {
        "dish": dish,
        "form": form,
        "eater": eater,
        "people": people,
        "is_open": bool(open_ways(dish.share(Portion.Share.RESERVED), at)),
        "there": MealOrder.objects.live()
        .filter(resident=eater, day=dish.menu.day, meal=dish.menu.meal)
        .select_related("dish")
        .first(),
    }
    return render(request, "eldercare/canteen/dish.html", context, status=422 if form.errors else 200)


@require_http_methods(ALWAYS)
@never_cache
@login_required
@answer_once
def meal_order(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/canteen/orders/<code>/: one order; POST gives it up."""
    user, at, refused = signed_in_user(request), timezone.now(), None
    order = get_object_or_404(MealOrder.objects.mine(user).shown(), code=code)
    if request.method == "POST":
        try:
            canteen.give_up_meal(order=order, via=Via.ONLINE, at=at, by=user)
        except ValidationError as refusal:
            refused = refusal
            order.refresh_from_db()
        else:
            is_free = order.status == MealOrder.Status.CANCELLED
            done = _("Cancelled. The portion helps a neighbour.")
            messages.success(request, done if is_free else _("Noted. It stays to be paid."))
            return redirect(order)
    context = {"order": order, "refused": refused, "is_free": order.can_be_cancelled(at)}
    return render(request, "eldercare/canteen/order.html", context, status=422 if refused else 200)


@require_safe
@never_cache
@login_required
def my_meals(request: PortalRequest) -> HttpResponse:
    """/eldercare/canteen/mine/: meals to come, those of every week, and the latest of those that are over."""
    user, today = signed_in_user(request), timezone.localdate()
    rows = MealOrder.objects.mine(user).select_related("dish", "resident")
    to_come = rows.to_come(today).order_by("day", "meal", "pk")
    context = {
        "to_come": to_come,
        "over": rows.exclude(pk__in=to_come.values("pk")).order_by("-day", "-pk")[:OVER_SHOWN],
        "standing": StandingOrder.objects.mine(user).live().shown().order_by("pk"),
    }
    return render(request, "eldercare/canteen/mine.html", context)


@require_http_methods(ALWAYS)
@never_cache
@login_required
@answer_once
def standing_new(request: PortalRequest) -> HttpResponse:
    """/eldercare/canteen/standing/[?resident=]: meals of every week; POST takes them down."""
    people = list(eaters(request))
    eater = chosen_eater(request, people)
    if eater is None:
        return choose_eater(request, people, _("Meals of every week"))
    form = StandingForm(request.POST or None, resident=eater)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with transaction.atomic():
                rows = order_standing_meals(
                    eater,
                    meals=said["meals"],
                    weekdays=said["weekdays"],
                    wish=form.wish(),
                    via=Via.ONLINE,
                    at=timezone.now(),
                    by=signed_in_user(request),
                )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Taken down. Each meal is ordered as soon as its menu is there."))
            return redirect(rows[0])
    context = {"form": form, "eater": eater, "people": people}
    return render(request, "eldercare/canteen/standing_new.html", context, status=422 if form.errors else 200)


@require_http_methods(ALWAYS)
@never_cache
@login_required
@answer_once
def standing_meal(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/canteen/standing/<code>/: one of them; POST pauses, resumes or ends it."""
    user, refused = signed_in_user(request), None
    row = get_object_or_404(StandingOrder.objects.mine(user).shown(), code=code)
    verb = request.POST.get("verb", "")
    form = PauseMealsForm(request.POST if verb == "pause" else None)
    if verb in ("resume", "end") or (verb == "pause" and form.is_valid()):
        try:
            messages.success(request, change_standing(verb, row, form, user))
        except ValidationError as refusal:
            refused = refusal
        else:
            return redirect(row)
    today = timezone.localdate()
    context = {
        "row": row,
        "form": form,
        "refused": refused,
        "dates": row.dates.select_related("order__dish").filter(day__gte=today).order_by("day"),
        "pauses": [each for each in row.pauses.all() if not each.ends_on or each.ends_on >= today],
    }
    status = 422 if refused or form.errors else 200
    return render(request, "eldercare/canteen/standing.html", context, status=status)


def change_standing(verb: str, row: StandingOrder, form: PauseMealsForm, user: Any) -> str:
    """Refuses: as the actions."""
    who = {"standing": row, "via": Via.ONLINE, "at": timezone.now(), "by": user}
    if verb == "pause":
        canteen.pause_standing(**who, **form.cleaned_data)
        return _("It pauses, and goes on by itself afterwards.")
    if verb == "resume":
        canteen.resume_standing(**who)
        return _("The pause is over: the meals come again.")
    canteen.end_standing(**who)
    return _("Ended. What could still be cancelled is cancelled.")
