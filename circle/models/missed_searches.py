from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.models.places import Community


class MissedSearch(models.Model):
    """Search words that found nothing: a synonym to add, or a service that is missing."""

    community = models.ForeignKey(
        Community,
        models.CASCADE,
        related_name="missed_searches",
        verbose_name=_("community"),
    )
    words = models.CharField(_("words"), max_length=40)
    count = models.PositiveIntegerField(_("times"), default=1)
    last_at = models.DateTimeField(_("last searched"))

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        ordering = ["-count", "-last_at"]
        constraints = [
            models.UniqueConstraint(fields=["community", "words"], name="missed_search_once_per_community")
        ]

    def __str__(self) -> str:
        return self.words
