from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.posts import within_posts
from circle.models.records import AppendOnly


class MergeQuerySet(models.QuerySet["Merge"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_resident", "kept__community"))


class Merge(AppendOnly):
    """A merge of two rows of one person. The duplicate remains for append-only rows, and is not shown."""

    kept = models.ForeignKey("circle.Resident", models.PROTECT, related_name="+", verbose_name=_("kept"))
    duplicate = models.OneToOneField(
        "circle.Resident", models.PROTECT, related_name="+", verbose_name=_("duplicate")
    )
    moved = models.JSONField(_("rows that moved"), default=dict)  # {"circle.mandate.principal": 3}
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merged duplicate")
        verbose_name_plural = _("merged duplicates")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("duplicate")), name="merge_of_two_rows"),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} → {self.kept_id}"
