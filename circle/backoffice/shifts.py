"""Shifts on the page of what has them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext

from circle.booking.shifts import find_overlap


class ShiftFormSet(forms.BaseInlineFormSet):
    """Refuses: shift_past, overlapping."""

    def clean(self) -> None:
        super().clean()
        forms = [
            form
            for form in self.forms
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        at = timezone.localtime()
        if past := [form.instance for form in forms if form.has_changed() and form.instance.is_past(at)]:
            raise ValidationError(
                gettext("These hours are over already: %(hours)s.") % {"hours": past[0]}, code="shift_past"
            )
        left = [form.instance for form in forms]
        if pair := find_overlap(left):
            one, two = map(str, pair)
            raise ValidationError(
                gettext("These hours overlap: %(one)s and %(two)s.") % {"one": one, "two": two},
                code="overlapping",
            )
