from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.models.residents import Resident


class SignInPass(models.Model):
    """A one-time sign-in code, valid for some minutes, given by a clerk to somebody without text messages."""

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="sign_in_passes", verbose_name=_("resident")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_passes", verbose_name=_("login")
    )
    # Hash of the code, which is shown to the clerk and not stored.
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by")
    )
    made_at = models.DateTimeField(_("given at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True)

    class Meta:
        verbose_name = _("sign-in by a clerk")
        verbose_name_plural = _("sign-ins by clerks")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at=None), name="sign_in_pass_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(used_at__lt=F("expires_at")), name="sign_in_pass_used_in_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
