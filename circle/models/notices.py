import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.identifiers.public_codes import short_code
from circle.models.base import Bilingual
from circle.models.places import Building, Community
from circle.models.residents import Resident, ResidentQuerySet


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible(self, community: Community, at: dt.datetime) -> Self:
        """Published and not expired at that moment, pinned ones first."""
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=at),
            community=community,
            status=Notice.Status.PUBLISHED,
            publish_at__lte=at,
        ).order_by("-is_pinned", "-publish_at")

    def hitting_first(self, building: Building | None, at: dt.datetime) -> Self:
        """`hits_me`: its outage is running or to come, and this building is hit; these come first."""
        rows = Notice.buildings.through._default_manager.filter(notice=OuterRef("pk"))
        for_all = ~Exists(rows)
        hit = for_all | Exists(rows.filter(building=building)) if building else for_all
        shown = self.annotate(hits_me=Q(Q(outage_until__isnull=False, outage_until__gt=at), hit))
        return shown.order_by("-hits_me", "-is_pinned", "-publish_at")

    def over(self, at: dt.datetime) -> Self:
        """Still with the status published, though their last day is past."""
        return self.filter(status=Notice.Status.PUBLISHED, expires_at__lte=at)


class Notice(models.Model):
    """An announcement on /notices/, published and withdrawn by actions, shown between its two dates."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="notices", verbose_name=_("community")
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    title_zh = models.CharField(_("title (Chinese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=160, blank=True)
    body_zh = models.TextField(_("text (Chinese)"), help_text=_("An empty line starts a new paragraph."))
    body_en = models.TextField(_("text (English)"), blank=True)
    publish_at = models.DateTimeField(_("published from"), default=timezone.now)
    expires_at = models.DateTimeField(_("shown until"), null=True, blank=True)
    buildings = models.ManyToManyField(
        Building,
        blank=True,
        related_name="notices",
        verbose_name=_("buildings that it is about"),
        help_text=_("None means all of them."),
    )
    outage_from = models.DateTimeField(_("something is off from"), null=True, blank=True)
    outage_until = models.DateTimeField(
        _("off until"),
        null=True,
        blank=True,
        help_text=_("Until then it stands in red on the home page of who lives there."),
    )
    is_pinned = models.BooleanField(_("pinned to the top"), default=False, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    status_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    reason = models.CharField(_("why it was withdrawn"), max_length=120, blank=True, editable=False)
    short_code = models.CharField(
        _("short link"), max_length=8, unique=True, default=short_code, editable=False
    )

    same_community = ("buildings",)

    hits_me: bool  # of `hitting_first`

    objects = NoticeQuerySet.as_manager()

    title = Bilingual()
    body = Bilingual()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-publish_at"]
        indexes = [models.Index(fields=["community", "-publish_at"], name="notice_latest")]
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="notice_slug_unique_in_community"),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("publish_at")),
                name="notice_expires_after_it_is_published",
                violation_error_message=_("A notice cannot expire before it is published."),
            ),
            models.CheckConstraint(
                condition=Q(outage_from=None, outage_until=None)
                | Q(outage_from__isnull=False, outage_until__isnull=False, outage_until__gt=F("outage_from")),
                name="notice_outage_ends_after_it_begins",
                violation_error_message=_("Give both times of the outage, the later one second."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("notice", args=[self.slug])

    def people(self, on: dt.date) -> ResidentQuerySet:
        """The adults who live in its buildings, or in any; those whose building is not known are in none."""
        here = Resident.objects.living().filter(community=self.community_id, building__isnull=False)
        ids = list(self.buildings.values_list("pk", flat=True))
        found = here.filter(building__in=ids) if ids else here
        return found.exclude(pk__in=Resident.objects.minors(on).values("pk"))
