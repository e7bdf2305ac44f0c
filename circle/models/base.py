from typing import Any, Self, overload

from django.utils.translation import get_language


class Bilingual:
    """Reads `<name>_zh` or `<name>_en` by the active language; where one is empty, the other stands in."""

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
        return (en or zh) if (get_language() or "").startswith("en") else (zh or en)
