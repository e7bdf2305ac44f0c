"""Personal data of meals: purposes, export, retention, erasure."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Resident
from circle.privacy.data_export import WIPED_TEXT, Section, anonymise_bookings, build_section
from circle.privacy.purposes import Basis, Purpose
from eldercare.models import MealCharge, MealOrder, MealPause, MealProfile, StandingDate, StandingOrder

NAME = {"resident.name": pgettext_lazy("of a person", "name")}


def old_meals(community: int, before: dt.datetime) -> QuerySet[MealOrder]:
    rows = MealOrder.objects.filter(community=community, day__lt=before.date(), resident__is_nobody=False)
    return rows.over() | rows.filter(status_at__lt=before)


def anonymise_meals(rows: QuerySet[MealOrder], at: dt.datetime) -> int:
    """What nobody closed is closed, so that one who is nobody may have had many meals of a day."""
    rows.filter(status=MealOrder.Status.ORDERED).update(status=MealOrder.Status.SERVED, status_at=at)
    StandingDate.objects.filter(order__in=rows).delete()
    rows.exclude(reason="").update(reason=WIPED_TEXT)
    rows.exclude(late_reason="").update(late_reason=WIPED_TEXT)
    rows.update(building=None, variants=[], eats_anyway=[])
    return anonymise_bookings(rows, door="")


def old_standing(community: int, before: dt.datetime) -> QuerySet[StandingOrder]:
    over = StandingOrder.objects.over().filter(community=community, status_at__lt=before)
    return over.filter(resident__is_nobody=False)


def anonymise_standing(rows: QuerySet[StandingOrder], at: dt.datetime) -> int:
    MealPause.objects.filter(standing__in=rows).delete()
    rows.update(building=None, variants=[])
    return anonymise_bookings(rows, door="")


def meal_sections(people: Sequence[Resident]) -> list[Section]:
    how = {
        "code": _("code"),
        "meal": pgettext_lazy("lunch or supper", "meal"),
        "way": _("how it reaches them"),
        "portions": _("portions"),
        "variants": _("cooked how"),
        "building": _("building"),
        "door": _("entrance and door"),
        "status": _("status"),
        "via": _("made"),
        "booked_at": _("made at"),
    }
    address = {"building": _("building"), "door": _("entrance and door"), "said_at": _("said at")}
    more = {
        "day": _("day"),
        "dish.name": _("dish"),
        "price_cents": _("price of a portion (fen)"),
        "eats_anyway": _("eats it all the same"),
        "late_reason": _("why after the cut-off"),
        "reason": _("reason"),
    }
    orders = MealOrder.objects.filter(resident__in=people).shown()
    standing = StandingOrder.objects.filter(resident__in=people).shown()
    profiles = MealProfile.objects.filter(resident__in=people).select_related("resident", "building")
    charges = MealCharge.objects.filter(order__resident__in=people).select_related(
        "order__resident", "scheme"
    )
    money = {
        "order.resident.name": NAME["resident.name"],
        "order.code": _("code"),
        "day": _("day"),
        "sign": _("adds or takes back"),
        "price_cents": _("price (fen)"),
        "subsidy_cents": _("subsidy (fen)"),
        "own_cents": _("own share (fen)"),
        "scheme": _("subsidy"),
    }
    weekdays = {"weekdays": _("weekdays"), "first_day": _("first day")}
    return [
        build_section("meals", _("Meals"), orders, NAME | how | more),
        build_section("standing_meals", _("Standing orders of meals"), standing, NAME | how | weekdays),
        build_section("meal_money", _("Meal money"), charges, money),
        build_section(
            "meal_profile", _("What you eat"), profiles, NAME | {"allergens": _("must not eat")} | address
        ),
    ]


def has_open_meals(resident: Resident) -> bool:
    mine = {"resident": resident}
    return (
        MealOrder.objects.live().filter(**mine).exists()
        or StandingOrder.objects.live().filter(**mine).exists()
    )


def wipe_meals(resident: Resident) -> None:
    MealProfile.objects.filter(resident=resident).delete()
    rows = MealOrder.objects.filter(resident=resident)
    rows.update(building=None, door="", variants=[], eats_anyway=[])
    rows.exclude(reason="").update(reason=WIPED_TEXT)
    rows.exclude(late_reason="").update(late_reason=WIPED_TEXT)
    standing = StandingOrder.objects.filter(resident=resident)
    standing.update(building=None, door="", variants=[])
    MealPause.objects.filter(standing__in=standing).delete()


MEALS = Purpose(
    code="meals",
    title=_("Meals of the canteen"),
    why=_("To cook what you ordered, to bring it to your door, and to reckon what it costs."),
    what=_("Dish, day, how it reaches you, building and door, who ordered in whose name, what became of it."),
    basis=Basis.ASKED,
    columns={
        "eldercare.MealOrder": [
            "resident", "building", "door", "booked_by", "mandate", "reason", "late_reason", "eats_anyway",
        ],
        "eldercare.MealProfile": ["resident", "building", "door"],
    },
    ends=_("after the meal; then it no longer names you"),
    rule="retention_care",
    stale=old_meals,
    forget=anonymise_meals,
)  # fmt: skip
STANDING_MEALS = Purpose(
    code="standing_meals",
    title=_("Standing orders of meals"),
    why=_("To cook for you on the weekdays that you named, without asking again."),
    what=_("Meal, weekdays, how it reaches you, building and door, who ordered in whose name, pauses."),
    basis=Basis.ASKED,
    columns={"eldercare.StandingOrder": ["resident", "building", "door", "booked_by", "mandate"]},
    ends=_("after you have ended it; then it no longer names you"),
    rule="retention_care",
    stale=old_standing,
    forget=anonymise_standing,
)
MEAL_PURPOSES = [MEALS, STANDING_MEALS]
