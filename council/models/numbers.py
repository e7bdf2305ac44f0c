from django.db import models
from django.db.models import F


class Series(models.Model):
    """The last number given in a series: receipts of a year, resolutions of a body's month."""

    name = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"

    @classmethod
    def draw(cls, name: str) -> int:
        """The next number. The row stays locked until the transaction ends, so no number is given twice.

        A transaction that fails leaves its number to the next one: nobody has seen it.
        """
        cls._default_manager.get_or_create(name=name)
        cls._default_manager.filter(name=name).update(last=F("last") + 1)
        return cls._default_manager.values_list("last", flat=True).get(name=name)
