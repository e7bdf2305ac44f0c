"""The name of a person as people see it."""

import unicodedata
from typing import Any

from django.db import models

# Control and format signs: the latter turn the writing round, or have no width. Private and unassigned signs
# stay: rare surnames are written with them.
UNSEEN = {"Cc", "Cf", "Cs"}


def visible_name(text: str) -> str:
    """Without unseen signs, and with single blanks."""
    blanks = " ".join(text.split())
    return " ".join("".join(sign for sign in blanks if unicodedata.category(sign) not in UNSEEN).split())


def normalise_name(text: str) -> str:
    """A name without what people write differently: blanks, dots, large and small letters."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


class PersonNameField(models.CharField):
    """Stores the visible name, whoever writes it; for migrations a CharField."""

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return visible_name(prepared) if isinstance(prepared, str) else prepared
