from django.conf import settings
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from circle.models import Community, Firm
from council.models.topics import Topic

REPLY_LENGTH = 500


class FirmReply(models.Model):
    """What a firm says of a topic that is assigned to it; the last one holds."""

    class Status(models.TextChoices):
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        NOT_OURS = "not_ours", _("not a matter of the firm")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="firm_replies", verbose_name=_("community")
    )
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="replies", verbose_name=_("topic"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="replies", verbose_name=_("firm"))
    status = models.CharField(_("status"), max_length=10, choices=Status)
    text = models.TextField(_("what the firm says"), max_length=REPLY_LENGTH)
    said_at = models.DateTimeField(_("said at"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("said by")
    )

    class Meta:
        verbose_name = _("answer of a firm")
        verbose_name_plural = _("answers of firms")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.topic}: {self.get_status_display()}"


def closed_by_firms(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Of which the firm has said that it is done, or no matter of theirs: now the secretary answers."""
    said = FirmReply.objects.filter(topic=OuterRef("pk"), firm=OuterRef("firm")).order_by("-pk")
    last = topics.filter(status=Topic.Status.ACCEPTED).annotate(last_said=Subquery(said.values("status")[:1]))
    return last.filter(last_said__in=[FirmReply.Status.DONE, FirmReply.Status.NOT_OURS])
