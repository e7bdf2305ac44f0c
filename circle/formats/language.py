"""Which of the two languages is meant; the lowest layer, so that everything may ask."""

from django.utils.translation import get_language


def is_english(language: str | None = None) -> bool:
    """Whether `language`, or else the active one, is English; anything else is read as Chinese."""
    return ((get_language() if language is None else language) or "").startswith("en")
