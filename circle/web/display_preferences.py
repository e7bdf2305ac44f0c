"""How a visitor wants the portal to look, and where home is: one cookie, no account."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse

from circle.walking.minutes import PACES

PREFERENCES_COOKIE = "look"
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

    @classmethod
    def read(cls, cookie: str) -> Self:
        """From the cookie's text; whatever is unknown or out of range falls back to the default."""
        known = {field.name for field in fields(cls)}
        said = {name: value[:12] for name, value in parse_qsl(cookie[:300]) if name in known}
        return cls(**{name: value for name, value in said.items() if is_allowed(name, value)})

    def changed(self, **values: Any) -> Self:
        return replace(self, **values)

    @property
    def is_elder(self) -> bool:
        return self.size == "elder"

    @property
    def walking_pace(self) -> str:
        return self.pace or ("elder" if self.is_elder else "adult")

    def write(self, response: HttpResponse, request: HttpRequest) -> None:
        plain = asdict(type(self)())
        said = {name: value for name, value in asdict(self).items() if value != plain[name]}
        response.set_cookie(
            PREFERENCES_COOKIE,
            urlencode(said),
            max_age=YEAR_SECONDS,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )


def is_allowed(name: str, value: str) -> bool:
    """One of the choices; a building's code, which is looked up later, must be letters and digits."""
    return value in CHOICES[name] if name in CHOICES else value.isascii() and value.isalnum()
