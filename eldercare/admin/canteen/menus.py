"""The menu in the back office: a week to type in, and the dishes with their portions."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, find_action
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.calendar.working_days import ONE_DAY
from circle.formats.money import format_yuan
from circle.models import Facility
from eldercare.actions.canteen import copy_week
from eldercare.actions.canteen.menus import WEEK, monday_of
from eldercare.admin.pages import page
from eldercare.backoffice.canteen.menus import DISH_ACTIONS, WeekForm
from eldercare.models import Dish, MenuDay
from eldercare.models.canteen.menus import CANTEEN_KIND, MENU_CHANGE
from services.admin.pages import day_of

ALWAYS = ["GET", "HEAD", "POST"]


def own_canteens(request: HttpRequest, permission: str) -> list[Facility]:
    rows = Facility.objects.filter(within_reach(request, permission), kind__code=CANTEEN_KIND)
    return list(rows.select_related("community").order_by("community", "pk"))


def canteen_named(request: HttpRequest, permission: str) -> Facility:
    """Of ?place=, else the first."""
    rows = Facility.objects.filter(within_reach(request, permission), kind__code=CANTEEN_KIND)
    rows = rows.select_related("community")
    named = request.GET.get("place", "")
    return get_object_or_404(rows, short_code=named) if named else get_object_or_404(rows.order_by("pk")[:1])


@require_http_methods(ALWAYS)
def menu_week(request: HttpRequest) -> HttpResponse:
    """menuday/week/[?date=][&place=]: the menus of a week to type or paste; POST saves, or copies a week."""
    require_permissions(request, MENU_CHANGE)
    place = canteen_named(request, MENU_CHANGE)
    first, at = monday_of(day_of(request.GET.get("date", ""))), timezone.now()
    here = (
        f"{reverse('admin:eldercare_menuday_week')}?{urlencode({'date': first, 'place': place.short_code})}"
    )
    if request.method == "POST" and "copy" in request.POST:
        count = copy_week(
            facility=place, from_day=first - WEEK * ONE_DAY, to_day=first, at=at, by=request.user
        )
        said = ngettext("%(count)s menu copied.", "%(count)s menus copied.", count) % {"count": count}
        messages.success(request, said)
        return redirect(here)
    form = WeekForm(request.POST or None, facility=place, first=first)
    if request.method == "POST" and form.is_valid() and form.save(at=at, by=request.user):
        messages.success(request, gettext("Saved. Residents see it at once."))
        return redirect(here)
    return page(
        request,
        "canteen/menu_week.html",
        gettext("Menu of the week"),
        status=422 if form.errors else 200,
        form=form,
        place=place,
        places=own_canteens(request, MENU_CHANGE),
        first=first,
        before=first - WEEK * ONE_DAY,
        after=first + WEEK * ONE_DAY,
    )


@require_http_methods(ALWAYS)
def ask_dish(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """dish/ask/<code>/<name>/: asks, then does it."""
    require_permissions(request, MENU_CHANGE)
    rows = Dish.objects.filter(within_reach(request, MENU_CHANGE)).select_related("menu")
    dish = get_object_or_404(rows, code=code)
    back = reverse("admin:eldercare_dish_changelist", query={"menu__id__exact": dish.menu_id})
    return ask_or_perform(request, find_action(DISH_ACTIONS, name), dish, back)


@admin.register(MenuDay)
class MenuDayAdmin(ReadOnlyAdmin):
    """The list leads to the page of the week, where menus are written."""

    list_display = ["day", "meal", "facility", "names", "entered_at"]
    list_filter = ["meal"]
    date_hierarchy = "day"
    ordering = ["-day", "meal"]
    fields = ["facility", "day", "meal", "names", "entered_at", "entered_by"]
    readonly_fields = ["names"]
    show_full_result_count = False
    change_list_template = "admin/eldercare/canteen/menus.html"

    def pages(self) -> Pages:
        return [("week/", menu_week, "week")]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("facility").prefetch_related("dishes")

    @admin.display(description=_("dishes"))
    def names(self, menu: MenuDay) -> str:
        return "、".join(dish.name for dish in menu.dishes.all())


@admin.register(Dish)
class DishAdmin(ReadOnlyAdmin):
    list_display = ["name", "menu", "price", "for_orders", "for_walk_ins", "verbs"]
    list_select_related = ["menu"]
    list_filter = ["menu__meal"]
    date_hierarchy = "menu__day"
    ordering = ["-menu__day", "order"]
    search_fields = ["name_zh", "name_en"]
    fields = ["menu", "name_zh", "name_en", "price", "variant_list", "allergen_list", "for_orders",
              "for_walk_ins", "verbs"]  # fmt: skip
    readonly_fields = ["price", "variant_list", "allergen_list", "for_orders", "for_walk_ins", "verbs"]
    show_full_result_count = False

    def pages(self) -> Pages:
        return [("ask/<slug:code>/<slug:name>/", ask_dish, "ask")]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("portions")

    @admin.display(description=_("price (yuan)"), ordering="price_cents")
    def price(self, dish: Dish) -> str:
        return format_yuan(dish.price_cents)

    @admin.display(description=_("can be had"))
    def variant_list(self, dish: Dish) -> str:
        return "、".join(dish.variant_labels) or "–"

    @admin.display(description=_("contains"))
    def allergen_list(self, dish: Dish) -> str:
        return "、".join(dish.allergen_labels) or "–"

    @admin.display(description=_("ordered, of so many"))
    def for_orders(self, dish: Dish) -> str:
        return str(dish.share("reserved") or "–")

    @admin.display(description=_("taken by walk-ins, of so many"))
    def for_walk_ins(self, dish: Dish) -> str:
        return str(dish.share("walk_in") or "–")

    @admin.display(description=_("what can be done"))
    def verbs(self, dish: Dish) -> str:
        move = DISH_ACTIONS[0]
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:eldercare_dish_ask", args=[dish.code, move.name]),
            move.label,
        )
