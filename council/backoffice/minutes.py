"""Resolutions and minutes at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from council import actions
from council.backoffice.roll import TimeOfDay
from council.models.topics import TEXT_LENGTH


class ResolutionForm(forms.Form):
    text_zh = forms.CharField(
        label=_("What was decided (Chinese)"),
        strip=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what was decided.")},
    )
    text_en = forms.CharField(
        label=_("What was decided (English)"),
        required=False,
        strip=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    yes = forms.IntegerField(label=_("Hands for it"), min_value=0, max_value=9999)
    no = forms.IntegerField(label=_("Hands against"), min_value=0, max_value=9999)
    abstain = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=9999)
    time = TimeOfDay(label=_("Counted at"), help_text=_("Empty: now, or after the session at its end."))


class PointForm(forms.Form):
    """What was said on one item, in both languages."""

    zh = forms.CharField(
        label=_("Minutes (Chinese)"),
        required=False,
        strip=False,  # the first paragraph is indented as the others are
        max_length=actions.MINUTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    en = forms.CharField(
        label=_("Minutes (English)"),
        required=False,
        strip=False,
        max_length=actions.MINUTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
