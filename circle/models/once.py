from django.db import models


class Once(models.Model):
    """One submission of a form and its result; see circle/booking/idempotency.py."""

    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=36)
    outcome = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="once_per_actor_and_key")]
        indexes = [models.Index(fields=["at"], name="once_age")]

    def __str__(self) -> str:
        return self.key
