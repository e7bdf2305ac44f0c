from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.models import Building, Community
from circle.web.display_preferences import DisplayPreferences

PACE_LABELS = [
    ("adult", _("at an ordinary pace")),
    ("elder", _("slowly")),
    ("pram", _("with a pram")),
    ("wheelchair", _("in a wheelchair")),
]


class DisplayPreferencesForm(forms.Form):
    building = forms.ModelChoiceField(
        Building.objects.none(),
        label=_("My building"),
        required=False,
        to_field_name="short_code",
        empty_label=_("Not chosen: start at the gate"),
    )
    pace = forms.ChoiceField(
        label=_("How I walk"),
        required=False,
        choices=[("", _("as fits the size of the text")), *PACE_LABELS],
    )
    size = forms.ChoiceField(
        label=_("Size of the text"),
        widget=forms.RadioSelect,
        choices=[
            ("normal", _("Normal")),
            ("elder", _("Large, with big buttons (elder mode)")),
        ],
    )
    contrast = forms.ChoiceField(
        label=_("Contrast"),
        widget=forms.RadioSelect,
        choices=[("normal", _("Normal")), ("high", _("High: black, white and yellow"))],
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        widget=forms.RadioSelect,
        choices=[
            ("auto", _("As my device is set")),
            ("light", _("Light")),
            ("dark", _("Dark")),
        ],
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["building"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        choice.queryset = Building.objects.filter(community=community)

    @classmethod
    def from_preferences(
        cls, preferences: DisplayPreferences, community: Community, building: str | None
    ) -> Self:
        """The form with the values of the cookie; `building` (a poster code from a link) is offered first."""
        return cls(
            community=community,
            initial={
                "building": building or preferences.building,
                "pace": preferences.pace,
                "size": preferences.size,
                "contrast": preferences.contrast,
                "theme": preferences.theme,
            },
        )

    def preferences(self) -> DisplayPreferences:
        said = self.cleaned_data
        building = said["building"]
        return DisplayPreferences(
            size=said["size"],
            contrast=said["contrast"],
            theme=said["theme"],
            pace=said["pace"],
            building=building.short_code if building else "",
        )
