import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Bilingual, Community, User, within_posts
from council.models.resolutions import Resolution

TEXT_LENGTH = 500


class PostingQuerySet(models.QuerySet["Posting"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "council.view_posting"))

    def due(self, day: dt.date) -> Self:
        """Posted for long enough before that day, with every objection answered."""
        rows = self.filter(status=Posting.Status.POSTED, ends_on__lt=day)
        return rows.exclude(objections__status=Objection.Status.OPEN)


class Posting(models.Model):
    """An adopted resolution on the notice board: after the days of the rule it is in force."""

    class Status(models.TextChoices):
        POSTED = "posted", pgettext_lazy("of a resolution", "posted")
        IN_FORCE = "in_force", pgettext_lazy("of a resolution", "in force")
        SENT_BACK = "sent_back", pgettext_lazy("of a resolution", "back to the meeting")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="postings", verbose_name=_("community")
    )
    resolution = models.OneToOneField(
        Resolution, models.CASCADE, related_name="posting", verbose_name=_("resolution")
    )
    posted_on = models.DateField(_("posted from"))
    ends_on = models.DateField(_("posted until"), help_text=_("That day included."))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.POSTED)
    status_at = models.DateTimeField(_("since"))

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a resolution", "posting")
        verbose_name_plural = pgettext_lazy("of a resolution", "postings")
        ordering = ["-posted_on", "-pk"]
        indexes = [models.Index(fields=["community", "status"], name="posting_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("posted_on")), name="posting_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution.number} {self.get_status_display()}"


class Objection(models.Model):
    """What somebody has against a posted resolution, in public words without a name, and the answer."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("of an objection", "open")
        ANSWERED = "answered", pgettext_lazy("of an objection", "answered")
        UPHELD = "upheld", pgettext_lazy("of an objection", "upheld")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    posting = models.ForeignKey(
        Posting,
        models.PROTECT,
        related_name="objections",
        verbose_name=pgettext_lazy("of a resolution", "posting"),
    )
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"))
    text = models.CharField(_("objection in public words"), max_length=TEXT_LENGTH)
    answer_zh = models.CharField(_("answer (Chinese)"), max_length=TEXT_LENGTH, blank=True)
    answer_en = models.CharField(_("answer (English)"), max_length=TEXT_LENGTH, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    status_at = models.DateTimeField(_("since"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    answer = Bilingual()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["posting", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open") | ~Q(answer_zh=""), name="objection_ends_with_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received_on:%Y-%m-%d} {self.get_status_display()}"
