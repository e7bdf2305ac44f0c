"""Subsidies of meals as dated rows, and the statement of a month: by elder, by funder, line by line."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.audit.log import record
from circle.backoffice.post_permissions import require_permissions
from circle.backoffice.site import CommunityAdmin, Pages, ReadOnlyAdmin
from circle.models import User
from circle.web.spreadsheets import table_response
from eldercare.actions.canteen.charges import correct_month
from eldercare.actions.canteen.statements import MonthOfMeals, line_words, month_of_meals
from eldercare.admin.figures import choice_of, month_name, yuan
from eldercare.admin.pages import page
from eldercare.models import MealCharge, MealSubsidy
from eldercare.models.canteen.money import CHARGE_CHANGE, CHARGE_VIEW


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest) -> HttpResponse:
    """mealcharge/statement/?month=YYYY-MM[&community=][&print=1|&csv=1|&xlsx=1]; POST reckons it anew."""
    require_permissions(request, CHARGE_VIEW)
    chosen = choice_of(request, CHARGE_VIEW)
    community, first, last = chosen["community"], chosen["first"], chosen["last"]
    by = cast(User, request.user)
    if request.method == "POST" and community:
        require_permissions(request, CHARGE_CHANGE)
        count = correct_month(community=community, first=first, last=last, at=timezone.now(), by=by)
        said = ngettext("%(count)s line was added.", "%(count)s lines were added.", count)
        messages.success(request, said % {"count": count})
        return redirect(request.get_full_path())
    found = month_of_meals(community, first, last) if community else MonthOfMeals([], [])
    if community and found.people:
        record(
            verb="meal_statement_read",
            subject=community,
            community=community.pk,
            at=timezone.now(),
            actor=by,
            month=f"{first:%Y-%m}",
        )
    table, funders = people_table(found), funder_table(found)
    if file := table_response(request, f"meals-{first:%Y-%m}", [*table, [], *funders]):
        return file
    title = gettext("Meal money in %(month)s") % {"month": month_name(first)}
    context = chosen | {
        "found": found,
        "heads": table[0],
        "rows": table[1:-1],
        "sums": table[-1:],
        "funder_heads": funders[0],
        "funder_rows": funders[1:-1],
        "funder_sums": funders[-1:],
        "may_correct": by.has_perm(CHARGE_CHANGE),
    }
    if request.GET.get("print"):
        context |= {"title": title, "printed_at": timezone.now()}
        return render(request, "admin/eldercare/canteen/statement_print.html", context)
    return page(request, "canteen/statement.html", title, **context)


def people_table(found: MonthOfMeals) -> list[list[Any]]:
    """The last cell is signed."""
    heads = [
        gettext("Elder"),
        gettext("Building"),
        gettext("Meals"),
        gettext("Price (yuan)"),
        gettext("Subsidy (yuan)"),
        gettext("Own share (yuan)"),
        gettext("Signature"),
    ]
    rows = [
        [row.name, row.building, row.meals, yuan(row.price), yuan(row.subsidy), yuan(row.own), ""]
        for row in found.people
    ]
    meals = sum(row.meals for row in found.people)
    total = [gettext("Sum"), "", meals, yuan(found.price), yuan(found.price - found.own), yuan(found.own), ""]
    return [heads, *rows, total]


def funder_table(found: MonthOfMeals) -> list[list[Any]]:
    heads = [
        gettext("Who pays"),
        gettext("Subsidy"),
        gettext("verified"),
        gettext("Meals"),
        gettext("Amount (yuan)"),
        gettext("Signature"),
    ]
    rows = [
        [
            row.label,
            row.scheme,
            gettext("yes") if row.is_verified else gettext("unverified"),
            row.meals,
            yuan(row.cents),
            "",
        ]
        for row in found.funders
    ]
    total = [gettext("Sum"), "", "", sum(row.meals for row in found.funders), yuan(found.subsidy), ""]
    return [heads, *rows, total]


@admin.register(MealSubsidy)
class MealSubsidyAdmin(CommunityAdmin):
    """A row that has begun stays as it is, since meals are reckoned by it: a change is a new row."""

    list_display = ["name", "code", "funder", "from_age", "to_age", "reason", "per", "cents", "valid_from",
                    "is_verified"]  # fmt: skip
    list_filter = ["funder", "is_verified"]
    fields = [
        "community", "code", ("name_zh", "name_en"), "funder", ("from_age", "to_age"), "reason",
        ("per", "cents"), ("least_cents", "delivery_cents", "year_cents"), "valid_from",
        ("source_zh", "source_en"), "is_verified",
    ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or obj.valid_from > localdate():
            return []
        return [
            "community", "code", "funder", "from_age", "to_age", "reason", "per", "cents", "least_cents",
            "delivery_cents", "year_cents", "valid_from",
        ]  # fmt: skip

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(MealCharge)
class MealChargeAdmin(ReadOnlyAdmin):
    list_display = ["day", "eater", "order", "number", "words", "at"]
    list_select_related = ["order__resident", "scheme"]
    list_filter = ["sign"]
    date_hierarchy = "day"
    ordering = ["-day", "order", "number"]
    person_path = "order__resident"
    search_fields = ["order__resident__name", "=order__code"]
    show_full_result_count = False
    fields = ["day", "eater", "order", "number", "words", "scheme", "at", "by"]
    readonly_fields = ["eater", "words"]
    change_list_template = "admin/eldercare/canteen/charges.html"

    def pages(self) -> Pages:
        return [("statement/", statement, "statement")]

    @admin.display(description=_("who eats"))
    def eater(self, line: MealCharge) -> str:
        return line.order.resident.name

    @admin.display(description=_("how it is reckoned"))
    def words(self, line: MealCharge) -> str:
        return line_words(line)
