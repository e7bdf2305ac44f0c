"""Whose identity card staff have seen (实名): once for each person, and never its number."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Community, Resident, User, Via, within_posts


class IdentitySeenQuerySet(models.QuerySet["IdentitySeen"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "services.view_agencycase"))


class IdentitySeen(models.Model):
    class Paper(models.TextChoices):
        ID_CARD = "id_card", pgettext_lazy("identity seen", "identity card")
        HOUSEHOLD = "household", pgettext_lazy("identity seen", "household register")
        SOCIAL_CARD = "social_card", pgettext_lazy("identity seen", "social security card")
        PASSPORT = "passport", pgettext_lazy("identity seen", "passport or travel permit")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    # Two rows of one person, who was in the register twice, are both right.
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="identities_seen", verbose_name=_("resident")
    )
    paper = models.CharField(_("which paper was seen"), max_length=12, choices=Paper)
    via = models.CharField(_("where it was seen"), max_length=8, choices=Via)
    seen_at = models.DateTimeField(_("seen at"))
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("seen by")
    )

    same_community = ("resident",)

    objects = IdentitySeenQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity seen")
        verbose_name_plural = _("identities seen")
        ordering = ["-seen_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(via__in=["window", "door"]),
                name="identity_seen_face_to_face",
                violation_error_message=_("An identity is seen at the window or at the door."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.paper}"
