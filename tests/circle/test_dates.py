"""A day typed in three boxes: ordered and named by the page's language, without script or native picker."""

import datetime as dt

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import override

from circle.forms.base import Renderer
from circle.forms.dates import DayField


class BirthdayForm(forms.Form):
    default_renderer = Renderer
    born_on = DayField(label="Birthday", error_messages={"required": "Enter the birthday."})


class WishForm(forms.Form):
    default_renderer = Renderer
    born_on = DayField(label="Birthday", required=False)


def typed(year: str, month: str, day: str) -> QueryDict:
    return QueryDict(f"born_on_year={year}&born_on_month={month}&born_on_day={day}")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (("2024", "2", "29"), dt.date(2024, 2, 29)),
        (("2024", "02", "09"), dt.date(2024, 2, 9)),
        (("２０２４", " 2 ", "29"), dt.date(2024, 2, 29)),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_day_is_read_in_both_languages(said, day, language):
    with override(language):
        form = BirthdayForm(typed(*said))
        assert form.is_valid()
        assert form.cleaned_data["born_on"] == day


def test_what_is_no_day_is_refused_by_name_and_stays_as_it_was_typed():
    for said in [
        ("2023", "2", "29"),
        ("24", "2", "9"),
        ("2024", "", "9"),
        ("2024", "13", "1"),
        ("x", "30", "2"),
    ]:
        with override("en"):
            form = BirthdayForm(typed(*said))
            assert form.errors["born_on"] == ["Birthday: give the year, the month and the day in numbers."]
            text = form.as_div()
            assert [part for part in said if f'value="{part}"' not in text] == []


def test_empty_boxes_say_nothing():
    assert BirthdayForm(typed("", "", "")).errors["born_on"] == ["Enter the birthday."]
    assert WishForm(typed("", "", "")).is_valid()


def test_whole_date_under_the_name_is_read_as_well():
    """Of links, of the browser's memory and of forms that were open while this was changed."""
    form = BirthdayForm({"born_on": "2024-02-09"})
    assert form.is_valid()
    assert 'value="2024"' in form.as_div()


@pytest.mark.parametrize(
    ("language", "order"), [("zh-hans", ["year", "month", "day"]), ("en", ["day", "month", "year"])]
)
def test_boxes_stand_in_the_order_of_the_language(language, order):
    with override(language):
        text = BirthdayForm(initial={"born_on": dt.date(2024, 2, 9)}).as_div()
        places = [text.index(f'name="born_on_{part}"') for part in order]
        assert places == sorted(places)
        assert 'type="date"' not in text
        assert BirthdayForm()["born_on"].id_for_label == f"id_born_on_{order[0]}"
        assert [f'value="{part}"' in text for part in ("2024", "2", "9")] == [True] * 3


def test_boxes_of_a_refused_day_say_so_to_a_reader():
    with override("en"):
        text = BirthdayForm(typed("2023", "2", "29")).as_div()
    assert text.count('aria-invalid="true"') == 3
    assert "<legend>Birthday</legend>" in text
