import hashlib
import json
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models import Bilingual
from council.models.meetings import Meeting
from council.models.topics import Topic

OPEN = ["proposed", "published"]
OFTEN = 3  # times put off: then it is said wherever the item stands


class AgendaItem(models.Model):
    """One numbered point of a meeting's agenda."""

    class Kind(models.TextChoices):
        REPORT = "report", _("report")
        PRESENTATION = "presentation", _("presentation")
        DELIBERATION = "deliberation", _("deliberation")
        DECISION = "decision", _("decision")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        PUBLISHED = "published", _("on the agenda")
        NOTED = "noted", _("noted")
        DECIDED = "decided", _("decided")
        DEFERRED = "deferred", _("put off")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.DELIBERATION)
    title_zh = models.CharField(_("title (Chinese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=180)
    text_zh = models.TextField(_("what it is about (Chinese)"), max_length=2000, blank=True)
    text_en = models.TextField(_("what it is about (English)"), max_length=3000, blank=True)
    topics = models.ManyToManyField(
        Topic, related_name="items", blank=True, verbose_name=_("from these topics")
    )
    # What was to be done because of earlier resolutions, and is not verified yet.
    action_items = models.ManyToManyField(
        "council.ActionItem", related_name="items", editable=False, verbose_name=_("open actions")
    )
    # Of the item that was put off, or whose meeting had no quorum.
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="continued_by"
    )
    times_put_off = models.PositiveSmallIntegerField(_("times put off"), default=0, editable=False)
    # The meeting whose minutes are approved under this item.
    minutes_of = models.ForeignKey(
        Meeting, models.PROTECT, null=True, editable=False, related_name="approved_under"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    is_late = models.BooleanField(_("put on after the notice"), default=False, editable=False)

    title = Bilingual()
    text = Bilingual()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="agendaitem_number_once",
                violation_error_message=_("This number is taken on the agenda."),
            ),
            models.CheckConstraint(
                condition=~Q(status="decided") | Q(kind="decision"), name="agendaitem_only_decisions_decide"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_put_off_often(self) -> bool:
        return self.times_put_off >= OFTEN

    def digest(self, topics: Iterable[Topic]) -> str:
        """Of what a form shows of it: says which text a clerk had before them."""
        words = [self.kind, self.title_zh, self.title_en, self.text_zh, self.text_en]
        said = json.dumps([*words, sorted(topic.pk for topic in topics)])
        return hashlib.sha256(said.encode()).hexdigest()
