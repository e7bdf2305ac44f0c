import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts
from circle.models.residents import Resident, own_ids
from circle.models.via import Via


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def for_user(self, user: User) -> Self:
        """Those of one's own people, and as staff the community's."""
        return self.filter(within_posts(user, "circle.view_erasure") | Q(resident__in=own_ids(user)))

    def asked(self) -> Self:
        return self.filter(status=Erasure.Status.ASKED)


class Erasure(models.Model):
    """A request for erasure: done or refused by staff, or taken back."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked for")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        TAKEN_BACK = "taken_back", _("taken back")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="erasures", verbose_name=_("community")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="erasures", verbose_name=_("resident")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ASKED)
    status_at = models.DateTimeField(_("since"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    via = models.CharField(_("came"), max_length=8, choices=Via)
    holds = models.JSONField(_("kept all the same"), default=list)
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to be forgotten")
        verbose_name_plural = _("requests to be forgotten")
        ordering = ["-id"]
        indexes = [models.Index(fields=["community", "status"], name="erasure_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"], condition=Q(status="asked"), name="erasure_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(reason=""), name="erasure_refused_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.pk}"
