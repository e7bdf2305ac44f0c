from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from circle.models import AppendOnly, Community
from council.models.agenda import AgendaItem
from council.models.meetings import Meeting

SHARE_NUM, SHARE_DEN = 2, 3  # of the voting members present


class Waiver(AppendOnly):
    """The members present gave up their right to due notice: of the whole meeting, or of one late item."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="waivers", verbose_name=_("meeting"))
    # Empty: of every item.
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, related_name="waivers", verbose_name=_("agenda item")
    )
    given_at = models.DateTimeField(_("given at"))
    present = models.PositiveSmallIntegerField(_("present"))
    in_favour = models.PositiveSmallIntegerField(_("in favour"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("waiver of notice")
        verbose_name_plural = _("waivers of notice")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(item=None), name="waiver_once_a_meeting"),
            models.UniqueConstraint(fields=["item"], name="waiver_once_an_item"),
            models.CheckConstraint(
                condition=Q(in_favour__lte=F("present"), present__gte=1), name="waiver_of_those_present"
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(F("in_favour") * SHARE_DEN, F("present") * SHARE_NUM),
                name="waiver_by_two_thirds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.in_favour}/{self.present}"
