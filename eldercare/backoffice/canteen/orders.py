"""What the desk and the canteen do with orders: the tables of actions."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import ReasonForm, RowAction, action_table, is_in, pass_row_as
from circle.models import Resident, Via
from circle.permissions.on_behalf import HOME_VISIT_PERMISSION
from eldercare.actions import canteen
from eldercare.backoffice.canteen.order_forms import (
    DishChoice,
    PauseMealsForm,
    StandingForm,
    WishForm,
    dishes_to_come,
)
from eldercare.models import Dish, MealOrder, StandingOrder
from eldercare.models.canteen.orders import ORDER_ADD, ORDER_CHANGE
from eldercare.models.canteen.standing import DATE_CHANGE, STANDING_CHANGE, StandingDate

CHANNELS = [(Via.PHONE, Via.PHONE.label), (Via.WINDOW, Via.WINDOW.label)]


class DeskWishForm(WishForm):
    """As the person asks by phone or at the window; the row is the resident."""

    via = forms.ChoiceField(label=_("How did they order?"))
    channels = CHANNELS

    def __init__(self, *args: Any, row: Resident, **kwargs: Any) -> None:
        super().__init__(*args, resident=row, **kwargs)
        self.row = row
        fields: dict[str, Any] = self.fields
        fields["via"].choices = self.channels
        fields["way"].label = _("How does the meal reach them?")
        fields["allergens"].label = _("What must they not eat?")
        fields["allergens"].help_text = _("Then whoever orders for them is told.")
        if "consents" in fields:
            fields["consents"].help_text = _("Read it out, and tick it only after a yes.")


class DeskOrderForm(DeskWishForm):
    dish = DishChoice(Dish.objects.none(), label=_("dish"), empty_label=None)
    eats_anyway = forms.BooleanField(
        label=_("They know what it contains, and eat it all the same"), required=False
    )
    late_reason = forms.CharField(
        label=_("Why after the cut-off?"),
        help_text=_("Only for who may change orders. It is kept with your name."),
        required=False,
        max_length=120,
    )
    field_order = ["dish", "way", "building", "door", "variants", "portions", "via"]

    def __init__(self, *args: Any, row: Resident, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["dish"].queryset = dishes_to_come(row.community_id, now())

    def visible_fields(self) -> list[Any]:
        """The exceptions are asked for only after the refusal that they overrule."""
        asked = {"eats_anyway": "allergen", "late_reason": "cut_off_passed"}
        return [
            field
            for field in super().visible_fields()
            if field.name not in asked
            or self.has_error("__all__", asked[field.name])
            or (self.is_bound and field.value())
        ]

    def clean(self) -> dict[str, Any]:
        """As the action takes it; the parts of the wish that the dish does not offer are said there."""
        said = self.cleaned_data
        if self.errors:
            return said
        return {
            "dish": said["dish"],
            "wish": self.wish(),
            "via": said["via"],
            "late_reason": said["late_reason"],
        }


class DoorOrderForm(DeskOrderForm):
    """Filled in on a home visit."""

    channels = [(Via.DOOR, Via.DOOR.label)]


def order_at_desk(row: Resident, *, dish: Dish, **said: Any) -> MealOrder:
    return canteen.order_meal(dish=dish, resident=row, **said)


class DeskStandingForm(StandingForm, DeskWishForm):
    field_order = ["meals", "weekdays", "way", "building", "door", "variants", "portions", "via"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.errors:
            return said
        return {"meals": said["meals"], "weekdays": said["weekdays"], "wish": self.wish(), "via": said["via"]}


def order_standing_meals(row: Resident, *, meals: list[str], **said: Any) -> list[StandingOrder]:
    """One for each meal, all or none: call it in a transaction."""
    return [canteen.order_standing(resident=row, meal=meal, **said) for meal in meals]


ORDER = RowAction(
    "order",
    _("Order a meal"),
    order_at_desk,
    permission=ORDER_ADD,
    form=DeskOrderForm,
    sentence=_("The person gets a message with the code."),
)
DOOR_ORDER = RowAction(
    "order",
    _("Order a meal"),
    order_at_desk,
    permission=HOME_VISIT_PERMISSION,
    form=DoorOrderForm,
    sentence=_("The person gets a message with the code."),
)
STANDING = RowAction(
    "standing",
    _("Order meals for every week"),
    order_standing_meals,
    permission=ORDER_ADD,
    form=DeskStandingForm,
    sentence=_(
        "A dish is chosen of each day's menu, such as they may eat. They can pause or end it any time."
    ),
)


def is_due(order: MealOrder, at: dt.datetime) -> bool:
    return order.is_live and order.day <= localdate(at)


def can_be_handed_over(order: MealOrder, at: dt.datetime) -> bool:
    return is_due(order, at) or order.status == MealOrder.Status.MISSED


OUTCOME_ACTIONS = action_table(
    ORDER_CHANGE,
    RowAction(
        "hand_over",
        _("Handed over"),
        pass_row_as("order", canteen.hand_over_meal),
        can_be_handed_over,
    ),
    RowAction(
        "miss",
        _("Not fetched, or nobody at home"),
        pass_row_as("order", canteen.miss_meal),
        is_due,
        sentence=_("Of a meal that is brought home: try once more first. Then whoever is on duty is told."),
    ),
)
ORDER_ACTIONS = OUTCOME_ACTIONS + action_table(
    ORDER_CHANGE,
    RowAction(
        "give_up",
        _("They do not eat it"),
        pass_row_as("order", canteen.give_up_meal, via=Via.PHONE),
        is_in(MealOrder.Status.ORDERED),
        sentence=_("Before the cut-off nothing is to be paid; after it the meal stays to be paid."),
    ),
    RowAction(
        "revoke",
        _("Call it off"),
        pass_row_as("order", canteen.revoke_meal),
        is_in(MealOrder.Status.ORDERED),
        form=ReasonForm,
        sentence=_("From our side: nothing is to be paid, and the person is told why."),
    ),
)


def is_running(row: StandingOrder, at: dt.datetime) -> bool:
    return row.is_live


def has_pauses(row: StandingOrder, at: dt.datetime) -> bool:
    return row.is_live and bool(row.pauses.all())


STANDING_ACTIONS = action_table(
    STANDING_CHANGE,
    RowAction(
        "pause",
        _("Pause"),
        pass_row_as("standing", canteen.pause_standing, via=Via.PHONE),
        is_running,
        form=PauseMealsForm,
        sentence=_("What can still be cancelled of these days is; afterwards it goes on by itself."),
    ),
    RowAction(
        "resume",
        _("End the pause"),
        pass_row_as("standing", canteen.resume_standing, via=Via.PHONE),
        has_pauses,
    ),
    RowAction(
        "end",
        _("End the standing order"),
        pass_row_as("standing", canteen.end_standing, via=Via.PHONE),
        is_running,
        sentence=_("What can still be cancelled is cancelled."),
    ),
)
DATE_ACTIONS = action_table(
    DATE_CHANGE,
    RowAction(
        "settle",
        _("Seen to"),
        pass_row_as("row", canteen.settle_date),
        is_in(StandingDate.Status.WAITING),
        sentence=_("Order the meal by hand first, or agree with the person on something else."),
    ),
)
