from typing import Any, Self, overload

from django.db import models

from circle.formats.language import is_english
from circle.identifiers.encryption import index_of, seal_text, unseal_text


class Bilingual:
    """Reads `<name>_zh` or `<name>_en` by the active language; where one is empty, the other."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: Any, owner: type) -> str: ...
    def __get__(self, instance: Any, owner: type) -> Self | str:
        if instance is None:
            return self
        zh: str = getattr(instance, f"{self.name}_zh")
        en: str = getattr(instance, f"{self.name}_en")
        return (en or zh) if is_english() else (zh or en)


class NameInEstate(Bilingual):
    """A name after that of the estate, which tells apart the first building of one from that of another."""

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: Any, owner: type) -> str: ...
    def __get__(self, instance: Any, owner: type) -> Self | str:
        name = super().__get__(instance, owner)
        estate = "" if instance is None else str(instance.estate)
        return f"{estate} {name}" if estate and not str(name).startswith(estate) else name


class Sealed:
    """A short text stored as ciphertext in `<name>_sealed` and found by its keyed hash in `<name>_index`.

    An empty one is empty in the first column and NULL in the second, so that uniqueness ignores it.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: Any, owner: type) -> str: ...
    def __get__(self, instance: Any, owner: type) -> Self | str:
        if instance is None:
            return self
        token: str = getattr(instance, f"{self.name}_sealed")
        return unseal_text(token) if token else ""

    def __set__(self, instance: Any, text: str) -> None:
        setattr(instance, f"{self.name}_sealed", seal_text(text) if text else "")
        setattr(instance, f"{self.name}_index", index_of(text) if text else None)


class SealedPhone(Sealed):
    """Found by its last four digits as well, by `<name>_tail`."""

    def __set__(self, instance: Any, text: str) -> None:
        super().__set__(instance, text)
        setattr(instance, f"{self.name}_tail", tail_of(text) if text else None)


def tail_text(number: str) -> str:
    """The text to hash, marked so that it differs from a whole number of four digits."""
    return f"tail:{number[-4:]}"


def tail_of(number: str) -> str:
    return index_of(tail_text(number))


class SealedText(models.TextField):
    """The ciphertext column of a `Sealed` value."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fixed: dict[str, Any] = {"blank": True, "default": "", "editable": False}
        super().__init__(*args, **fixed | kwargs)


class SealedIndex(models.CharField):
    """The hash column of a `Sealed` value; 64 hex digits, NULL for an empty value."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fixed: dict[str, Any] = {
            "max_length": 64,
            "null": True,
            "blank": True,
            "default": None,
            "editable": False,
        }
        super().__init__(*args, **fixed | kwargs)
