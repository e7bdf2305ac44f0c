"""The form of the what-if page."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.models import (
    Building,
    CandidateSite,
    Community,
    Coverage,
    Dimension,
    Facility,
    FacilityKind,
    Located,
)
from circle.walking.datum import is_in_china, to_wgs84
from circle.walking.minutes import Point

POINT = "point"
MOST_SITES = 5  # the most sites to be found at once


class WhatIfForm(forms.Form):
    """A proposal: kind of place, where, instead of which one, at which moment and pace."""

    kind = forms.ChoiceField(
        label=_("Kind of place"),
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose a kind of place.")),
    )
    place = forms.ChoiceField(
        label=_("Where it would stand"),
        required=False,
        error_messages={"invalid_choice": _("Choose where it would stand.")},
    )
    longitude = forms.FloatField(label=_("longitude"), required=False)
    latitude = forms.FloatField(label=_("latitude"), required=False)
    datum = forms.ChoiceField(
        label=_("Read from which map"), required=False, choices=Located.Datum, initial=Located.Datum.WGS84
    )
    moved = forms.ModelChoiceField(
        Facility.objects.none(),
        label=_("Which place moves there"),
        required=False,
        to_field_name="code",
        empty_label=_("None: it is a new place"),
    )
    when = forms.ChoiceField(label=_("When"), choices=Coverage.Stamp, initial=Coverage.Stamp.WORKDAY)
    pace = forms.ChoiceField(label=_("Pace"), choices=Coverage.Pace, initial=Coverage.Pace.PLANNING)
    find = forms.ChoiceField(required=False, choices=[(str(n), str(n)) for n in range(1, MOST_SITES + 1)])

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = FacilityKind.objects.exclude(dimension=Dimension.CIVIC)
        self.kinds = {kind.code: kind for kind in kinds}
        self.sites = list(community.candidate_sites.filter(is_free=True))
        self.places: dict[str, CandidateSite | Building] = {f"site:{site.code}": site for site in self.sites}
        homes = {f"home:{home.short_code}": home for home in community.buildings.all()}
        self.fields["kind"].choices = [("", _("Choose one")), *self.grouped_kinds()]  # type: ignore[attr-defined]
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose one")),
            (_("Candidate sites"), [(value, site.name) for value, site in self.places.items()]),
            (_("Beside a building"), [(value, home.name) for value, home in homes.items()]),
            (_("Elsewhere"), [(POINT, _("a point by its longitude and latitude"))]),
        ]
        self.places |= homes
        moved = self.fields["moved"]
        assert isinstance(moved, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        moved.queryset = Facility.objects.public(community)

    @classmethod
    def from_query(cls, query: QueryDict, community: Community) -> Self:
        """Bound once the form was sent; before that it shows the proposal of the link."""
        is_asked = "place" in query or "find" in query
        return cls(query if is_asked else None, initial=query.dict(), community=community)

    def grouped_kinds(self) -> list[tuple[Any, list[tuple[str, str]]]]:
        return [
            (dimension.label, [(k.code, k.name) for k in self.kinds.values() if k.dimension == dimension])
            for dimension in Dimension.ten()
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.is_finding or "place" not in values:
            return values
        if not values["place"]:
            self.add_error("place", ValidationError(_("Choose where it would stand."), code="required"))
        elif values["place"] == POINT:
            self.clean_point(values)
        return values

    def clean_point(self, values: dict[str, Any]) -> None:
        """Refuses: required, outside_china."""
        longitude, latitude = values.get("longitude"), values.get("latitude")
        if longitude is None or latitude is None:
            if not self.errors:
                refusal = _("Enter longitude and latitude.")
                self.add_error("longitude", ValidationError(refusal, code="required"))
        elif not is_in_china((longitude, latitude)):
            refusal = _("This point lies outside China. Are longitude and latitude swapped?")
            self.add_error("longitude", ValidationError(refusal, code="outside_china"))

    @property
    def is_finding(self) -> bool:
        """Whether the best sites are wanted, not the effect of one place."""
        return bool(self.cleaned_data.get("find"))

    @property
    def wanted_kind(self) -> FacilityKind:
        return self.kinds[self.cleaned_data["kind"]]

    @property
    def point(self) -> Point:
        values = self.cleaned_data
        if values["place"] == POINT:
            return to_wgs84((values["longitude"], values["latitude"]), values["datum"] or Located.Datum.WGS84)
        return self.places[values["place"]].point

    @property
    def site(self) -> CandidateSite | None:
        chosen = self.places.get(self.cleaned_data["place"])
        return chosen if isinstance(chosen, CandidateSite) else None

    @property
    def where(self) -> str:
        chosen = self.places.get(self.cleaned_data["place"])
        return chosen.name if chosen else gettext("a point of one's own")
