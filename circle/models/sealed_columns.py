"""Which columns are sealed, and whether the keys open them."""

from collections.abc import Iterator

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import models

from circle.identifiers.encryption import unseal_text


def unreadable_columns() -> Iterator[str]:
    """One sentence for each sealed column whose latest value the keys do not open."""
    for model in sealed_models():
        for name in sealed_columns(model):
            filled = model._default_manager.exclude(**{name: ""}).order_by("-pk")
            token = filled.values_list(name, flat=True).first()
            if token and not can_open(token):
                yield f"{model._meta.label_lower}: {name} does not open"


def can_open(token: str) -> bool:
    try:
        unseal_text(token)
    except InvalidToken:
        return False
    return True


def sealed_models() -> Iterator[type[models.Model]]:
    """The models with encrypted columns, found by name, so that later ones are included."""
    for model in apps.get_models():
        if sealed_columns(model):
            yield model


def sealed_columns(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.local_concrete_fields if field.name.endswith("_sealed")]
