"""A form of something that has a place on the map."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import Community, Located
from circle.walking.datum import is_in_china, is_plausible, to_wgs84


class LocatedForm(forms.ModelForm):
    """Takes a point in the datum of the map it was read from; WGS-84 is stored."""

    instance: Located

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # show what was typed, in the datum it was typed in
            self.initial["longitude"] = self.instance.longitude_entered
            self.initial["latitude"] = self.instance.latitude_entered

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        longitude, latitude, datum = (
            said.get("longitude"),
            said.get("latitude"),
            said.get("datum_entered"),
        )
        if longitude is None or latitude is None or not datum:
            return said
        if not self.may_lie_at((float(longitude), float(latitude)), datum, said):
            raise ValidationError(
                _("This point lies outside China. Are longitude and latitude swapped?"),
                code="outside_china",
            )
        self.instance.longitude_entered, self.instance.latitude_entered = (
            longitude,
            latitude,
        )
        east, north = to_wgs84((float(longitude), float(latitude)), datum)
        said["longitude"], said["latitude"] = (Decimal(f"{degrees:.6f}") for degrees in (east, north))
        return said

    def may_lie_at(self, point: tuple[float, float], datum: str, said: dict[str, Any]) -> bool:
        """A place lies in China unless its community does not."""
        community = said.get("community") or getattr(self.instance, "community", None)
        is_abroad = isinstance(self.instance, Community) or (community and not is_in_china(community.point))
        return is_in_china(point) or (bool(is_abroad) and is_plausible(point, datum))
