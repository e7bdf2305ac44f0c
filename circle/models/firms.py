from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.models.base import Bilingual
from circle.models.places import Community


class Firm(models.Model):
    """A firm that looks after houses or grounds, such as the property management."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="firms", verbose_name=_("community")
    )
    name_zh = models.CharField(_("name (Chinese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=120)

    name = Bilingual()

    class Meta:
        verbose_name = _("firm")
        verbose_name_plural = _("firms")
        ordering = ["community", "name_zh"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name_zh"],
                name="firm_once_in_a_community",
                violation_error_message=_("This firm is already there."),
            )
        ]

    def __str__(self) -> str:
        return self.name
