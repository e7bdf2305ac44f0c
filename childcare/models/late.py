from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models.rounds import VIEW, Round, RoundEntry
from circle.models import AppendOnly, User, within_posts

RULE_LENGTH = 200


class LateEntryQuerySet(models.QuerySet["LateEntry"]):
    def for_user(self, user: User) -> Self:
        """As the published round: for everybody, by lot."""
        staff = within_posts(user, VIEW, "round__community", places=("round__facility",))
        return self.filter(staff | Q(round__status__in=["published", "settled"]))


class LateEntry(AppendOnly):
    """A household that came after the draw: at the end of its line, or further up where the law says so."""

    class Reason(models.TextChoices):
        PROTECTED = "protected", _("a child that law or policy places first")
        COURT = "court", _("a court or an authority has decided so")

    round = models.ForeignKey(Round, models.PROTECT, related_name="late", verbose_name=_("round"))
    entry = models.OneToOneField(RoundEntry, models.PROTECT, related_name="late", verbose_name=_("household"))
    # Both empty at the end of the line.
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    rule = models.CharField(_("which rule or decision says so"), max_length=RULE_LENGTH, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = LateEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("household after a draw")
        verbose_name_plural = _("households after a draw")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason="", rule="") | Q(reason__in=["protected", "court"]) & ~Q(rule=""),
                name="late_entry_moves_people_by_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.reason}"
