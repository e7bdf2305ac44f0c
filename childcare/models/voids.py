from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models.rounds import VIEW, Round
from circle.models import AppendOnly, User, within_posts


class VoidedSecretQuerySet(models.QuerySet["VoidedSecret"]):
    def for_user(self, user: User) -> Self:
        """As the round: what was published is for everybody."""
        return self.filter(
            within_posts(user, VIEW, "round__community", places=("round__facility",))
            | ~Q(round__status="planned")
        )


class VoidedSecret(AppendOnly):
    """A secret of a round that was lost or became known: its fingerprint counts no more, and why."""

    class Reason(models.TextChoices):
        LOST = "lost", _("the secret was lost")
        KNOWN = "known", _("somebody may have seen the secret")
        LIST_WRONG = "list_wrong", _("the list was wrong")

    round = models.ForeignKey(Round, models.PROTECT, related_name="voided", verbose_name=_("round"))
    commitment = models.CharField(_("fingerprint of the secret"), max_length=64)
    digest = models.CharField(_("fingerprint of the list"), max_length=64, blank=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = VoidedSecretQuerySet.as_manager()

    class Meta:
        verbose_name = _("void secret of a round")
        verbose_name_plural = _("void secrets of rounds")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "commitment"], name="voided_secret_once"),
            models.CheckConstraint(
                condition=Q(reason__in=["lost", "known", "list_wrong"]),
                name="voided_secret_for_a_reason_of_the_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.reason}"
