from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from childcare.models.applications import Application
from circle.models import Resident


class KnownApart(models.Model):
    """Staff have found out that the child of an application is not `other`, of the same name and birthday."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="known_apart", verbose_name=_("application")
    )
    other = models.ForeignKey(
        Resident, models.PROTECT, related_name="known_apart", verbose_name=_("another child")
    )
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("child of the same name and birthday")
        verbose_name_plural = _("children of the same name and birthday")
        constraints = [models.UniqueConstraint(fields=["application", "other"], name="known_apart_once")]

    def __str__(self) -> str:
        return f"{self.pk}"
