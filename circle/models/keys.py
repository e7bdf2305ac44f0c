"""One sealed text that every start reads: wrong keys are found at once, not by the first resident."""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, models

from circle.identifiers.encryption import indexes_of
from circle.models.base import Sealed, SealedIndex, SealedText
from circle.models.sealed_columns import can_open, unreadable_columns

TEXT = "canary"
ONLY = 1


class KeyCanary(models.Model):
    """The only row, sealed under the keys of this database; `rotate_keys` seals it anew like every other."""

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    text_sealed = SealedText()
    text_index = SealedIndex()

    text = Sealed()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=ONLY), name="key_canary_is_one")]

    def __str__(self) -> str:
        return TEXT


def key_faults() -> list[str]:
    """What is wrong with FIELD_KEYS and INDEX_KEY for this database; nothing before its first `migrate`."""
    canary = KeyCanary.objects.first()
    if canary is None:
        return []
    found = []
    if not can_open(canary.text_sealed):
        found.append("FIELD_KEYS do not open what this database has sealed")
    if canary.text_index not in indexes_of(TEXT):
        found.append("INDEX_KEY is not the one under which this database finds its numbers")
    return found


def require_keys() -> None:
    """Stop a process that starts with the keys of another database; without any database it may wait for it.

    Raises ImproperlyConfigured.
    """
    try:
        faults = key_faults()
    except DatabaseError:  # gone for now, or not migrated yet: /readyz says so
        return
    if faults:
        raise ImproperlyConfigured("; ".join(faults))


def write_canary() -> None:
    """Once for each database. Raises ValueError where the keys do not open what is there already."""
    if KeyCanary.objects.exists():
        return
    if faults := list(unreadable_columns()):
        raise ValueError(f"FIELD_KEYS do not open what this database has sealed: {faults[0]}")
    canary = KeyCanary()
    canary.text = TEXT
    KeyCanary.objects.bulk_create([canary], ignore_conflicts=True)
