"""Display preferences and home building of a visitor, in one cookie that needs no account."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse

from circle.walking.minutes import PACES

PREFERENCES_COOKIE = "look"
SHORT, LENGTHS = 12, {"community": 50}
YEAR_SECONDS = 365 * 24 * 3600
CHOICES: dict[str, tuple[str, ...]] = {
    "size": ("normal", "elder"),
    "contrast": ("normal", "high"),
    "theme": ("auto", "light", "dark"),
    "pace": ("", *PACES),
}


@dataclass(frozen=True)
class DisplayPreferences:
    size: str = "normal"
    contrast: str = "normal"
    theme: str = "auto"
    pace: str = ""  # empty: the pace that goes with the size
    building: str = ""  # the building's poster code
    community: str = ""  # where no building is chosen: the community's short name

    @classmethod
    def read(cls, cookie: str) -> Self:
        """From the cookie's text; unknown names are dropped, values out of range fall back to the default."""
        known = {field.name for field in fields(cls)}
        said = parse_qsl(cookie[:400])
        values = {name: value[: LENGTHS.get(name, SHORT)] for name, value in said if name in known}
        return cls(**{name: value for name, value in values.items() if is_allowed(name, value)})

    def changed(self, **values: Any) -> Self:
        return replace(self, **values)

    @property
    def is_elder(self) -> bool:
        return self.size == "elder"

    @property
    def walking_pace(self) -> str:
        return self.pace or ("elder" if self.is_elder else "adult")

    def write(self, response: HttpResponse, request: HttpRequest) -> None:
        defaults = asdict(type(self)())
        values = {name: value for name, value in asdict(self).items() if value != defaults[name]}
        response.set_cookie(
            PREFERENCES_COOKIE,
            urlencode(values),
            max_age=YEAR_SECONDS,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )


def is_allowed(name: str, value: str) -> bool:
    """One of the choices; for a building or community, looked up later, letters and digits and hyphens."""
    if name in CHOICES:
        return value in CHOICES[name]
    bare = value.translate({ord("-"): None, ord("_"): None}) if name == "community" else value
    return bare.isascii() and bare.isalnum()
