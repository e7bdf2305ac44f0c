import datetime as dt

from django.db import models

ONLY = 1


class LastTick(models.Model):
    """When `tick` last came to its end, in the only row; the first `migrate` counts as one."""

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=ONLY), name="last_tick_is_one")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


def save_tick(at: dt.datetime) -> None:
    LastTick.objects.update_or_create(pk=ONLY, defaults={"at": at})


def last_tick() -> dt.datetime | None:
    """None before the first `migrate` of a version that writes it."""
    return LastTick.objects.values_list("at", flat=True).first()
