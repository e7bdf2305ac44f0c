"""The week of the cook: one field a meal, typed or pasted, and moving portions."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, RowForm, action_table, pass_row_as
from circle.calendar.working_days import ONE_DAY
from circle.models import Facility, User
from eldercare.actions.canteen import move_portions, write_menu
from eldercare.actions.canteen.menu_text import line_of
from eldercare.actions.canteen.menus import WEEK
from eldercare.models import MenuDay, Portion
from eldercare.models.canteen import Meal
from eldercare.models.canteen.menus import MENU_CHANGE


class WeekForm(forms.Form):
    """The menus of one canteen from a Monday on; `save` writes those that were changed, all or none."""

    def __init__(self, *args: Any, facility: Facility, first: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facility, self.first = facility, first
        days = [first + number * ONE_DAY for number in range(WEEK)]
        rows = MenuDay.objects.filter(facility=facility, day__range=(days[0], days[-1])).with_dishes()
        there = {(row.day, row.meal): row for row in rows}
        self.cells: list[tuple[str, dt.date, str]] = []
        for day in days:
            for meal in Meal.values:
                name = f"{day.isoformat()}_{meal}"
                self.cells.append((name, day, meal))
                menu = there.get((day, meal))
                typed = [line_of(dish) for dish in menu.dishes.all()] if menu else []
                self.initial[name] = "\n".join(typed)
                self.fields[name] = forms.CharField(
                    label=Meal(meal).label,
                    required=False,
                    strip=False,
                    max_length=2000,
                    widget=forms.Textarea(attrs={"rows": max(3, len(typed) + 1)}),
                )

    @property
    def days(self) -> list[tuple[dt.date, list[Any]]]:
        """Each day with the fields of its meals."""
        by_day: dict[dt.date, list[Any]] = {}
        for name, day, _meal in self.cells:
            by_day.setdefault(day, []).append(self[name])
        return list(by_day.items())

    def save(self, *, at: dt.datetime, by: User) -> bool:
        """Whether all could be written; a refusal stands at its field, and nothing is changed."""
        with transaction.atomic():
            for name, day, meal in self.cells:
                text = self.cleaned_data[name]
                if text.strip() == self.initial[name].strip():
                    continue
                try:
                    with transaction.atomic():
                        write_menu(facility=self.facility, day=day, meal=meal, text=text, at=at, by=by)
                except ValidationError as refusal:
                    self.add_error(name, refusal)
            if self.errors:
                transaction.set_rollback(True)
        return not self.errors


class MovePortionsForm(RowForm):
    to = forms.ChoiceField(label=_("To which share?"), choices=Portion.Share, widget=forms.RadioSelect)
    count = forms.IntegerField(label=_("How many portions?"), min_value=1, max_value=9999)


DISH_ACTIONS = action_table(
    MENU_CHANGE,
    RowAction(
        "move",
        _("Move portions"),
        pass_row_as("dish", move_portions),
        form=MovePortionsForm,
        sentence=_("Only portions that nobody has taken are moved; the total stays."),
    ),
)
