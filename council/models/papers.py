import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models import Bilingual, Community
from council.models.agenda import AgendaItem
from council.models.meetings import Meeting


def file_path(paper: "Paper", _name: str) -> str:
    """Under a name that nobody guesses: papers of a body that is not public lie in the same folder."""
    return f"council/papers/{uuid.uuid4().hex}.{paper.kind}"


class Paper(models.Model):
    """A file that belongs to a meeting or to one item of it."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers", verbose_name=_("meeting"))
    item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("agenda item"),
    )
    title_zh = models.CharField(_("title (Chinese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=180, blank=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    file = models.FileField(_("file"), upload_to=file_path, max_length=120)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by")
    )

    title = Bilingual()

    class Meta:
        verbose_name = _("paper of a meeting")
        verbose_name_plural = _("papers of meetings")
        ordering = ["meeting", "item__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sha256"],
                name="paper_once_in_a_meeting",
                violation_error_message=_("This file is with the meeting already."),
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=10 * 1024 * 1024), name="paper_is_not_too_large"
            ),
        ]

    def __str__(self) -> str:
        return self.title
