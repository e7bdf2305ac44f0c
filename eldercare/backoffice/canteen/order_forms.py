"""The forms in which meals are ordered, once and every week: on the page and at the desk."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from circle.actions import has_consent
from circle.calendar.opening_hours import clock_text
from circle.calendar.working_days import ONE_DAY
from circle.forms.dates import DayField
from circle.models import Building, Community, Resident
from circle.privacy.purposes import purpose_of
from circle.templatetags.circle_tags import month_day
from eldercare.actions.answers import CONSENT
from eldercare.actions.canteen import MealWish
from eldercare.actions.canteen.cut_offs import cut_off_of
from eldercare.models import Dish, MealOrder, MealProfile, Portion, StandingOrder
from eldercare.models.canteen import Allergen, Meal, Variant, Way
from eldercare.models.canteen.orders import DOOR_LENGTH, MOST_PORTIONS
from eldercare.models.series import WEEKDAYS

COUNTS = [(number, str(number)) for number in range(1, MOST_PORTIONS + 1)]
DAYS_SHOWN = 8


class WishForm(forms.Form):
    """How a meal reaches somebody and how it is cooked; what was said the last time is filled in."""

    way = forms.ChoiceField(
        label=_("How does the meal reach you?"),
        choices=Way,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the meal reaches you.")},
    )
    building = forms.ModelChoiceField(
        Building.objects.none(),
        label=_("To which building is it brought?"),
        help_text=_("Only if it is brought home."),
        to_field_name="short_code",
        required=False,
        empty_label=_("Choose the building"),
    )
    door = forms.CharField(
        label=_("Entrance and door"),
        help_text=_("Such as 2-501."),
        max_length=DOOR_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    variants = forms.MultipleChoiceField(
        label=_("Cooked how?"),
        help_text=_("Tick what applies, or nothing."),
        choices=Variant,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    portions = forms.TypedChoiceField(
        label=_("How many portions?"), choices=COUNTS, coerce=int, initial=1, widget=forms.Select
    )
    allergens = forms.MultipleChoiceField(
        label=_("What must you not eat?"),
        help_text=_(
            "Then we tell you before you order such a dish. Leave it empty if you may eat everything."
        ),
        choices=Allergen,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    consents = forms.BooleanField(required=False)

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resident = resident
        profile = MealProfile.objects.filter(resident=resident).select_related("building").first()
        fields: dict[str, Any] = self.fields
        fields["building"].queryset = Building.objects.filter(community=resident.community_id)
        fields["consents"].label = purpose_of(CONSENT).consent
        if has_consent(CONSENT, resident):
            del fields["consents"]
        self.initial = self.last_time(profile) | dict(self.initial)

    def last_time(self, profile: MealProfile | None) -> dict[str, Any]:
        """As the last order was, and the address that was said, never one from the register."""
        rows = MealOrder.objects.filter(resident=self.resident).order_by("-booked_at", "-pk")
        last: dict[str, Any] = {}
        last |= rows.values("way", "variants", "portions").first() or {}
        if profile:
            last["allergens"] = profile.allergens
            if profile.building:
                last |= {"building": profile.building.short_code, "door": profile.door}
        return last

    def wish(self) -> MealWish:
        """Of a form that is valid."""
        said = self.cleaned_data
        return MealWish(
            way=said["way"],
            portions=said["portions"],
            variants=said.get("variants", []),
            building=said["building"],
            door=said["door"],
            allergens=said.get("allergens"),
            consents=said.get("consents", True),
            eats_anyway=said.get("eats_anyway", False),
        )


class OrderForm(WishForm):
    """One dish; the question whether they eat it all the same comes only after the refusal."""

    eats_anyway = forms.BooleanField(
        label=_("I know what it contains, and eat it all the same"), required=False
    )

    def __init__(self, *args: Any, dish: Dish, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        portion = dish.share(Portion.Share.RESERVED)
        ways = [(way, cut_off_of(portion, way)) for way in open_ways(portion, at)] if portion else []
        fields["way"].choices = [(way, way_label(way, until)) for way, until in ways]
        if dish.variants:
            fields["variants"].choices = [each for each in Variant.choices if each[0] in dish.variants]
        else:
            del fields["variants"]
        known = self.initial.get("variants") or []
        self.initial["variants"] = [code for code in known if code in dish.variants]
        if self.initial.get("way") not in [way for way, _label in fields["way"].choices]:
            self.initial.pop("way", None)

    def visible_fields(self) -> list[Any]:
        asks = self.has_error("__all__", "allergen") or bool(self.is_bound and self["eats_anyway"].value())
        return [field for field in super().visible_fields() if asks or field.name != "eats_anyway"]


def open_ways(portion: Portion | None, at: dt.datetime) -> list[Way]:
    """The ways whose cut-off has not passed."""
    return [way for way in Way if portion and at < cut_off_of(portion, way)]


def way_label(way: Way, until: dt.datetime) -> str:
    local = localtime(until)
    words = {"way": way.label, "day": month_day(local), "time": clock_text(local)}
    return gettext("%(way)s (order until %(day)s, %(time)s)") % words


class StandingForm(WishForm):
    meals = forms.MultipleChoiceField(
        label=_("Which meals?"),
        choices=Meal,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose lunch, supper or both.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays?"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one weekday.")},
    )
    field_order = ["meals", "weekdays"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("weekdays", [0, 1, 2, 3, 4])
        self.initial.setdefault("meals", [Meal.LUNCH])


class PauseMealsForm(forms.Form):
    starts_on = DayField(label=pgettext_lazy("of a pause", "From which day?"))
    ends_on = DayField(
        label=pgettext_lazy("of a pause", "Until which day?"),
        help_text=_("May stay empty: then until you say so."),
        required=False,
    )

    def __init__(self, *args: Any, row: StandingOrder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("starts_on", localdate() + ONE_DAY)


class DishChoice(forms.ModelChoiceField):
    """Day, meal and dish, with what is left of it."""

    def label_from_instance(self, obj: Any) -> str:
        words = {
            "day": month_day(obj.menu.day),
            "meal": obj.menu.get_meal_display(),
            "dish": obj.name,
            "left": obj.left,
        }
        return gettext("%(day)s, %(meal)s: %(dish)s (%(left)s left)") % words


def dishes_to_come(community: Community | int, at: dt.datetime) -> Any:
    today = localdate(at)
    rows = Dish.objects.filter(community=community, menu__day__range=(today, today + DAYS_SHOWN * ONE_DAY))
    return (
        rows.select_related("menu__facility")
        .prefetch_related("portions")
        .order_by("menu__day", "menu__meal", "order", "pk")
    )
