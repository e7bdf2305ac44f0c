"""Shifts on the page of what has them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from circle.booking.shifts import find_overlap


class ShiftFormSet(forms.BaseInlineFormSet):
    """Refuses: overlapping."""

    def clean(self) -> None:
        super().clean()
        left = [
            form.instance
            for form in self.forms
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if pair := find_overlap(left):
            one, two = map(str, pair)
            raise ValidationError(
                gettext("These hours overlap: %(one)s and %(two)s.") % {"one": one, "two": two},
                code="overlapping",
            )
