from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import AppendOnly, Community
from council.models.meetings import Meeting

REASON_LENGTH = 200


class ConfirmedPart(AppendOnly):
    """A phone, flat or name that somebody has confirmed for everybody to read.

    That is in the papers of a meeting, or in a topic without one. What it is stands in the text; here only
    its keyed hash, so that it is asked once.
    """

    class Kind(models.TextChoices):
        PHONE = "phone", pgettext_lazy("found in a text", "phone")
        FLAT = "flat", pgettext_lazy("found in a text", "flat")
        NAME = "name", pgettext_lazy("found in a text", "name of a resident")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, related_name="confirmed_parts", verbose_name=_("meeting")
    )
    # Of a topic that belongs to no meeting.
    topic = models.ForeignKey(
        "council.Topic", models.PROTECT, null=True, related_name="confirmed_parts", verbose_name=_("topic")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    index = models.CharField(max_length=64, editable=False)
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH)
    confirmed_at = models.DateTimeField(_("confirmed at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        verbose_name = _("confirmed part of a text")
        verbose_name_plural = _("confirmed parts of texts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "index"], name="confirmedpart_once_a_meeting"),
            models.UniqueConstraint(fields=["topic", "index"], name="confirmedpart_once_a_topic"),
            models.CheckConstraint(
                condition=models.Q(meeting__isnull=False, topic=None)
                | models.Q(meeting=None, topic__isnull=False),
                name="confirmedpart_of_one_thing",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="confirmedpart_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"
