from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.models import AppendOnly, Community
from council.models.agenda import AgendaItem
from council.models.minutes import Decision


class AnnulledResolution(AppendOnly):
    """A count of hands that was put down by mistake. Its number is not given again."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="annulled", verbose_name=_("agenda item")
    )
    number = models.CharField(_("number"), max_length=30)
    content = models.JSONField(_("text and hands"))
    reason = models.CharField(_("reason"), max_length=200)
    annulled_at = models.DateTimeField(_("annulled at"))
    annulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("annulled by")
    )

    class Meta:
        verbose_name = _("annulled resolution")
        verbose_name_plural = _("annulled resolutions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="annulled_number_once"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def decision(self) -> Decision:
        return Decision(**{name: value for name, value in self.content.items() if name != "votes"})
