import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.forms.located import LocatedForm
from circle.models import Building
from circle.walking.datum import from_wgs84, to_wgs84


class BuildingForm(LocatedForm):
    own_path = forms.CharField(
        label=_("own path to the street"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "From the entrance to the gate, a point on each line: longitude, latitude, as on the same map."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self.instance, Building)  # noqa: S101 - tells the type checker
        points = [
            from_wgs84((east, north), self.instance.datum_entered) for east, north in self.instance.own_path
        ]
        self.initial["own_path"] = "\n".join(f"{east:.6f}, {north:.6f}" for east, north in points)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        lines = [line for line in said.get("own_path", "").splitlines() if line.strip()]
        try:
            typed = [tuple(float(part) for part in re.split(r"[,，\s]+", line.strip())) for line in lines]
            points = [(longitude, latitude) for longitude, latitude in typed]
        except ValueError as error:
            raise ValidationError(
                _("Write one point on each line: longitude, latitude."), code="not_a_path"
            ) from error
        datum = said.get("datum_entered") or "wgs84"
        if not all(self.may_lie_at(point, datum, said) for point in points):
            raise ValidationError(
                _("A point of the path lies outside China. Are longitude and latitude swapped?"),
                code="outside_china",
            )
        said["own_path"] = [rounded_point(to_wgs84(point, datum)) for point in points]
        return said


def rounded_point(point: tuple[float, float]) -> list[float]:
    return [round(degrees, 6) for degrees in point]
