"""Orders of meals in the back office, those of every week, and what could not be ordered."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.audit.log import record_reading
from circle.backoffice.confirmation import Question, render_question
from circle.backoffice.post_permissions import require_permissions, visited_resident, within_reach
from circle.backoffice.row_actions import RowAction, ask_or_perform, find_action
from circle.backoffice.site import Pages, ReadOnlyAdmin, find_people_of_rows
from circle.formats.money import format_yuan
from circle.identifiers.public_codes import parse_uuids
from circle.models import Community, Resident, User
from eldercare.actions.canteen import carry_requests_over
from eldercare.actions.canteen.standing_clock import cause_of_date
from eldercare.admin.canteen.kitchen import doors, kitchen, labels
from eldercare.admin.pages import page
from eldercare.admin.series import links_of
from eldercare.backoffice.canteen.orders import (
    DATE_ACTIONS,
    DOOR_ORDER,
    ORDER,
    ORDER_ACTIONS,
    STANDING,
    STANDING_ACTIONS,
)
from eldercare.models import MealOrder, StandingDate, StandingOrder
from eldercare.models.canteen.orders import ORDER_ADD, ORDER_CHANGE
from eldercare.models.canteen.standing import DATE_CHANGE, STANDING_CHANGE

ALWAYS = ["GET", "HEAD", "POST"]


def order_for(request: HttpRequest, action: RowAction) -> HttpResponse:
    """Back to the card where this post may read it, else to the search of the canteen."""
    require_permissions(request, ORDER_ADD)
    people = Resident.objects.filter(within_reach(request, ORDER_ADD)).living()
    found = get_object_or_404(
        people.select_related("login", "community"), code__in=parse_uuids(request.GET.get("resident", ""))
    )
    note_meal_reading(request, found)
    back = reverse("admin:eldercare_mealorder_regulars")
    if request.user.has_perm("circle.view_resident"):
        back = reverse("admin:circle_resident_card", args=[found.code])
    return ask_or_perform(request, action, found, back, done=taken_down)


def note_meal_reading(request: HttpRequest, person: Resident) -> None:
    """Record that somebody saw what the person must not eat, and the address."""
    if request.method == "GET":
        record_reading(by=cast(User, request.user), resident=person, page="meals", at=now())


def taken_down(made: Any) -> str:
    """With the code to read out."""
    rows = made if isinstance(made, list) else [made]
    codes = "、".join(row.code for row in rows)
    return gettext("Taken down. The code is %(code)s: write it down.") % {"code": codes}


@require_http_methods(ALWAYS)
def order_page(request: HttpRequest) -> HttpResponse:
    """mealorder/new/?resident=: orders a meal as the person asks by phone or at the window."""
    return order_for(request, ORDER)


@require_http_methods(ALWAYS)
def standing_page(request: HttpRequest) -> HttpResponse:
    """mealorder/standing/?resident=: orders meals for every week."""
    return order_for(request, STANDING)


@require_http_methods(ALWAYS)
def door_page(request: HttpRequest) -> HttpResponse:
    """mealorder/door/?resident=: orders a meal on a home visit, for residents of the own grid."""
    found = visited_resident(request)
    note_meal_reading(request, found)
    back = reverse("admin:circle_resident_card", args=[found.code])
    return ask_or_perform(request, DOOR_ORDER, found, back, done=taken_down)


class RegularForm(forms.Form):
    q = forms.CharField(
        label=_("Name, initials or code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


@require_http_methods(ALWAYS)
def regulars(request: HttpRequest) -> HttpResponse:
    """mealorder/regulars/: finds who has eaten here before; by POST, so that no name stands in an address."""
    require_permissions(request, ORDER_ADD)
    form = RegularForm(request.POST or None)
    people: list[Resident] = []
    if request.method == "POST" and form.is_valid():
        rows = MealOrder.objects.filter(within_reach(request, ORDER_ADD))
        ids = find_people_of_rows(request, rows, "resident", form.cleaned_data["q"])
        known = Resident.objects.filter(pk__in=ids, meal_orders__in=rows).living().distinct()
        people = list(known.select_related("building").order_by("name", "pk"))
    return page(
        request,
        "canteen/regulars.html",
        gettext("Order a meal"),
        status=422 if form.errors else 200,
        form=form,
        people=people,
        is_searched=request.method == "POST" and form.is_valid(),
    )


@require_http_methods(ALWAYS)
def ask_order(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """mealorder/ask/<code>/<name>/: asks, then does it."""
    require_permissions(request, ORDER_CHANGE)
    order = get_object_or_404(
        MealOrder.objects.filter(within_reach(request, ORDER_CHANGE)).shown(), code=code
    )
    back = reverse("admin:eldercare_mealorder_change", args=[order.pk])
    if request.GET.get("back") == "doors":
        back = reverse("admin:eldercare_mealorder_doors", query={"date": order.day, "meal": order.meal})
    return ask_or_perform(request, find_action(ORDER_ACTIONS, name), order, back)


@require_http_methods(ALWAYS)
def ask_standing(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """standingorder/ask/<code>/<name>/: asks, then does it."""
    require_permissions(request, STANDING_CHANGE)
    rows = StandingOrder.objects.filter(within_reach(request, STANDING_CHANGE)).shown()
    row = get_object_or_404(rows, code=code)
    back = reverse("admin:eldercare_standingorder_change", args=[row.pk])
    return ask_or_perform(request, find_action(STANDING_ACTIONS, name), row, back)


@require_http_methods(ALWAYS)
def ask_date(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """standingdate/ask/<pk>/<name>/: asks, then does it."""
    require_permissions(request, DATE_CHANGE)
    rows = StandingDate.objects.filter(within_reach(request, DATE_CHANGE)).shown()
    back = reverse("admin:eldercare_standingdate_changelist", query={"status__exact": "waiting"})
    return ask_or_perform(request, find_action(DATE_ACTIONS, name), get_object_or_404(rows, pk=pk), back)


@require_http_methods(ALWAYS)
def carry_over(request: HttpRequest) -> HttpResponse:
    """mealorder/carry-over/: open requests of meals become orders, where their menu is written."""
    require_permissions(request, ORDER_CHANGE)
    places = Community.objects.filter(within_reach(request, ORDER_CHANGE, "pk")).order_by("pk")
    back = reverse("admin:eldercare_mealorder_changelist")
    if request.method != "POST":
        sentences = [
            gettext("Meals that were asked for by the old form become orders of the menu of their day."),
            gettext("Where that is not possible, the person gets a message that says why."),
        ]
        label = gettext("Carry over requests of meals")
        return render_question(request, Question(label, label, back, sentences=sentences))
    found = [carry_requests_over(community=each, at=now(), by=request.user) for each in places]
    said = gettext("%(orders)s meals ordered, %(refused)s called off, %(left)s wait for their menu.") % {
        name: sum(len(getattr(each, name)) for each in found) for name in ("orders", "refused", "left")
    }
    messages.success(request, said)
    return redirect(back)


class MealAttentionFilter(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("diet", _("contains what they must not eat")),
            ("closed", _("on a day on which the canteen is closed")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[MealOrder]) -> QuerySet[MealOrder]:
        rows, today = MealOrder.objects.filter(pk__in=queryset.values("pk")), localdate()
        found = {"diet": rows.against_diet(today), "closed": rows.stranded(today)}
        return found.get(self.value() or "", queryset)


@admin.register(MealOrder)
class MealOrderAdmin(ReadOnlyAdmin):
    list_display = ["code", "day", "meal", "resident", "dish", "portions", "way", "status", "via"]
    list_select_related = ["resident", "dish"]
    list_filter = [MealAttentionFilter, "status", "meal", "way", "via"]
    date_hierarchy = "day"
    person_path = "resident"
    search_fields = ["resident__name", "=code"]
    code_length = 8
    show_full_result_count = False
    fields = [
        "code", "status", "status_at", "resident", "day", "meal", "dish", "portions", "price", "cooked",
        "anyway", "way", "building", "door", "cut_off_at", "late_by", "late_reason", "reason", "via",
        "booked_at", "booked_by", "mandate", "verbs", "history",
    ]  # fmt: skip
    readonly_fields = ["price", "cooked", "anyway", "verbs", "history"]
    change_list_template = "admin/eldercare/canteen/orders.html"

    def pages(self) -> Pages:
        return [
            ("new/", order_page, "new"),
            ("standing/", standing_page, "standing"),
            ("door/", door_page, "door"),
            ("regulars/", regulars, "regulars"),
            ("kitchen/", kitchen, "kitchen"),
            ("labels/", labels, "labels"),
            ("doors/", doors, "doors"),
            ("carry-over/", carry_over, "carry_over"),
            ("ask/<slug:code>/<slug:name>/", ask_order, "ask"),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The reading of an order with what its eater must not eat is recorded."""
        order = self.get_object(request, object_id)
        if order is not None and self.has_view_permission(request, order):
            note_meal_reading(request, order.resident)
        return super().change_view(request, object_id, form_url, extra_context)

    @admin.display(description=_("price (yuan)"))
    def price(self, order: MealOrder) -> str:
        return format_yuan(order.total_cents)

    @admin.display(description=_("cooked how"))
    def cooked(self, order: MealOrder) -> str:
        return "、".join(order.variant_labels) or "–"

    @admin.display(description=_("eats it all the same"))
    def anyway(self, order: MealOrder) -> str:
        return "、".join(order.anyway_labels) or "–"

    @admin.display(description=_("what can be done"))
    def verbs(self, order: MealOrder) -> str:
        return links_of(ORDER_ACTIONS, order, "admin:eldercare_mealorder_ask", order.code)


@admin.register(StandingOrder)
class StandingOrderAdmin(ReadOnlyAdmin):
    list_display = ["code", "resident", "meal", "days", "way", "status", "first_day"]
    list_select_related = ["resident"]
    list_filter = ["status", "meal", "way"]
    person_path = "resident"
    search_fields = ["resident__name", "=code"]
    code_length = 8
    show_full_result_count = False
    fields = [
        "code", "status", "status_at", "resident", "meal", "days", "portions", "cooked", "way", "building",
        "door", "address_on", "first_day", "pauses", "via", "booked_at", "booked_by", "mandate", "verbs",
        "history",
    ]  # fmt: skip
    readonly_fields = ["days", "cooked", "pauses", "verbs", "history"]

    def pages(self) -> Pages:
        return [("ask/<slug:code>/<slug:name>/", ask_standing, "ask")]

    @admin.display(description=_("weekdays"))
    def days(self, row: StandingOrder) -> str:
        return row.weekday_words

    @admin.display(description=_("cooked how"))
    def cooked(self, row: StandingOrder) -> str:
        return "、".join(row.variant_labels) or "–"

    @admin.display(description=_("pauses"))
    def pauses(self, row: StandingOrder) -> str:
        return "、".join(str(pause) for pause in row.pauses.all()) or "–"

    @admin.display(description=_("what can be done"))
    def verbs(self, row: StandingOrder) -> str:
        return links_of(STANDING_ACTIONS, row, "admin:eldercare_standingorder_ask", row.code)


@admin.register(StandingDate)
class StandingDateAdmin(ReadOnlyAdmin):
    """What could not be ordered, for whoever finds another dish or phones the person."""

    list_display = ["day", "standing", "eater", "status", "why", "order", "verbs"]
    list_select_related = ["standing__resident", "order"]
    list_filter = ["status"]
    date_hierarchy = "day"
    ordering = ["day", "pk"]
    show_full_result_count = False
    fields = ["day", "standing", "eater", "status", "status_at", "why", "order", "verbs"]
    readonly_fields = ["eater", "why", "verbs"]

    def pages(self) -> Pages:
        return [("ask/<int:pk>/<slug:name>/", ask_date, "ask")]

    @admin.display(description=_("who eats"))
    def eater(self, row: StandingDate) -> str:
        return row.standing.resident.name

    @admin.display(description=_("cause"))
    def why(self, row: StandingDate) -> str:
        return cause_of_date(row) if row.cause else "–"

    @admin.display(description=_("what can be done"))
    def verbs(self, row: StandingDate) -> str:
        return links_of(DATE_ACTIONS, row, "admin:eldercare_standingdate_ask", row.pk)
