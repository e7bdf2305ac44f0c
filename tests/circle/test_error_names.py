"""In the summary each error names its question: Django's "this field is required" does not."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from circle.forms.dates import DayField


class QuestionForm(forms.Form):
    building = forms.ChoiceField(label="Your building", choices=[("1", "one")])
    name = forms.CharField(label="Your name", error_messages={"required": "Enter your name."})
    phone = forms.CharField(label="Your phone", max_length=3)
    day = DayField(label="Which day")

    def clean_phone(self) -> str:
        if self.cleaned_data["phone"] == "0":
            raise forms.ValidationError("No number begins with 0.", code="invalid")
        return self.cleaned_data["phone"]


def summary(**said: str) -> str:
    with override("en"):
        return render_to_string("_error_summary.html", {"form": QuestionForm(said)})


def test_sentences_of_django_get_the_name_of_the_question():
    text = summary(phone="12345", building="7")
    assert "Your building: Select a valid choice. 7 is not one of the available choices." in text
    assert "Your phone: Ensure this value has at most 3 characters (it has 5)." in text
    assert "Which day: This field is required." in text


def test_our_own_sentences_stay_as_they_are():
    text = summary(phone="0", day="x")
    assert ">Enter your name.<" in text
    assert ">No number begins with 0.<" in text
    assert ">Which day: give the year, the month and the day in numbers.<" in text
