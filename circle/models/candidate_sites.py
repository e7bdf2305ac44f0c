"""Sites where a place could stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.models.base import Bilingual
from circle.models.places import Community, Located


class CandidateSite(Located):
    """A site for a new facility: a lot, an empty shop, a room of the community."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="candidate_sites", verbose_name=_("community")
    )
    code = models.SlugField(_("code"), max_length=40)
    name_zh = models.CharField(_("name (Chinese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=120)
    is_free = models.BooleanField(_("offered for what-if"), default=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("candidate site")
        verbose_name_plural = _("candidate sites")
        ordering = ["community", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code"], name="candidate_site_code_unique_in_community"
            )
        ]

    def __str__(self) -> str:
        return self.name
