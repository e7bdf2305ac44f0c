from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Community
from council.models.agenda import AgendaItem
from council.models.bodies import Membership
from council.models.minutes import MinutesVersion

TEXT_LENGTH = 500


class Amendment(models.Model):
    """What somebody who was there asks to change in minutes that are in review, and what came of it."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("of an amendment", "open")
        ACCEPTED = "accepted", pgettext_lazy("of an amendment", "accepted")
        REFUSED = "refused", pgettext_lazy("of an amendment", "refused")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    # A correction that is dropped takes its amendments along: their steps stay on record.
    minutes = models.ForeignKey(
        MinutesVersion, models.CASCADE, related_name="amendments", verbose_name=_("minutes")
    )
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="amendments", verbose_name=_("agenda item")
    )
    asked_by = models.ForeignKey(
        Membership, models.PROTECT, related_name="amendments", verbose_name=_("who asks for it")
    )
    text = models.CharField(_("what should stand there"), max_length=TEXT_LENGTH)
    # Of the text when it was asked, then when it was accepted: that one must be changed before approval.
    digest = models.CharField(max_length=64, editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    status_at = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("amendment of minutes")
        verbose_name_plural = _("amendments of minutes")
        ordering = ["minutes", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", reason="") | (~Q(status="open") & ~Q(reason="")),
                name="amendment_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.number}. {self.text[:40]}"
