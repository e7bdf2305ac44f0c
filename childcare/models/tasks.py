from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models.applications import Application, in_reach
from circle.models import User

WORDS_LENGTH = 300


class HeadTaskQuerySet(models.QuerySet["HeadTask"]):
    def for_user(self, user: User) -> Self:
        return self.filter(in_reach(user, "childcare.change_application", "application__"))

    def open(self) -> Self:
        return self.filter(settled_at=None)


class HeadTask(models.Model):
    """Something that the head of the nursery has to settle with a family, and how it was settled."""

    class Kind(models.TextChoices):
        HEALTH_CONSENT = "health_consent", _("consent to the health answers withdrawn, child enrolled")
        NOT_COLLECTED = "not_collected", _("child not collected from the nursery")
        NOT_TAKEN_UP = "not_taken_up", _("accepted place not taken up on the first day")
        OBJECTION = "objection", _("a guardian objects to the accepted place")
        CLASS_CHANGE = "class_change", _("child changes class within a month, or has no seat then")
        AGE = "age", _("child outside the ages of its class")
        HIGHER_WISH = "higher_wish", _("place of a higher wish free, the child has one of a later wish")

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="tasks", verbose_name=_("application")
    )
    kind = models.CharField(_("what is to be settled"), max_length=20, choices=Kind)
    opened_at = models.DateTimeField(_("open since"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("settled by")
    )
    words = models.CharField(_("how it was settled"), max_length=WORDS_LENGTH, blank=True)

    objects = HeadTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of the nursery's head")
        verbose_name_plural = _("tasks of the nursery's head")
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"], condition=Q(settled_at=None), name="head_task_open_once"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, words="")
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="head_task_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
