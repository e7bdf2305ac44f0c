from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from childcare.models.applications import Application, in_reach, of_family
from childcare.models.classes import NurseryClass
from circle.models import AppendOnly, User

# What became of families that were ahead: the columns of a move that lower a position.
GONE = ["offered", "withdrew", "returned", "changed"]


class LineMoveQuerySet(models.QuerySet["LineMove"]):
    def for_user(self, user: User) -> Self:
        """Of the children whom this login may act for, and staff; the public reads `counted`."""
        staff = in_reach(user, "childcare.view_application", "application__")
        return self.filter(staff | of_family(user, "application__"))

    def counted(self) -> "models.QuerySet[LineMove, dict[str, object]]":
        """How many families left a line, by class and reason; nothing tells one family from another."""
        left = (
            self.filter(position=None).values("nursery_class", "reason").order_by("nursery_class", "reason")
        )
        return left.annotate(families=Count("pk"))


class LineMove(AppendOnly):
    """A change of a family's position in the line of a class, with what became of the families ahead.

    The numbers add up: the position before, without those who are gone, with those who came back ahead.
    """

    class Reason(models.TextChoices):
        JOINED = "joined", _("joined the line")
        MOVED = "moved", _("something changed ahead")
        OFFERED = "offered", _("offered a place")
        WITHDREW = "withdrew", _("withdrew or left")
        RETURNED = "returned", pgettext_lazy("in the line", "something is missing in the application")
        CHANGED = "changed", _("wants another class")

    # Of an application that is forgotten its moves stay as counts; its row names nobody then.
    deletable_when = "1 = 1"

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="line_moves", verbose_name=_("application")
    )
    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="line_moves", verbose_name=_("class")
    )
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    before = models.PositiveIntegerField(_("position before"), null=True)
    position = models.PositiveIntegerField(_("position"), null=True)
    offered = models.PositiveIntegerField(_("ahead, offered a place"), default=0)
    withdrew = models.PositiveIntegerField(_("ahead, withdrew or left"), default=0)
    returned = models.PositiveIntegerField(_("ahead, something is missing"), default=0)
    changed = models.PositiveIntegerField(_("ahead, wants another class"), default=0)
    came = models.PositiveIntegerField(_("came back ahead"), default=0)

    objects = LineMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move in the line")
        verbose_name_plural = _("moves in the line")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["application", "-id"], name="line_move_latest"),
            models.Index(fields=["nursery_class", "at"], name="line_move_of_class"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(before=None, reason="joined", position__isnull=False)
                | Q(before__isnull=False, position=None, reason__in=GONE)
                | Q(before__isnull=False, position__isnull=False, reason="moved"),
                name="line_move_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reason="moved")
                | Q(
                    position=F("before")
                    - F("offered")
                    - F("withdrew")
                    - F("returned")
                    - F("changed")
                    + F("came")
                ),
                name="line_move_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(reason="moved") | Q(offered=0, withdrew=0, returned=0, changed=0, came=0),
                name="line_move_counts_those_ahead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.before} → {self.position}"
