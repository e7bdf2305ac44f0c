from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from childcare.models.applications import Application, of_family
from childcare.models.classes import OF_ITS_CLASS, NurseryClass
from circle.models import Community, User, within_posts


class PassedOverQuerySet(models.QuerySet["PassedOver"]):
    def for_user(self, user: User) -> Self:
        """The family that was passed over, and staff; the public reads `counted`."""
        staff = within_posts(
            user, "childcare.view_application", "nursery_class__community", places=OF_ITS_CLASS
        )
        return self.filter(staff | of_family(user, "application__"))

    def counted(self, community: Community) -> "models.QuerySet[PassedOver, dict[str, object]]":
        """One line for each offer made out of line: class, moment, reason, and how many families waited
        longer. The latest first; nothing in it tells one family from another."""
        shown = self.filter(nursery_class__community=community)
        lines = shown.values("nursery_class", "reason", "passed_at", "offered_to")
        return lines.annotate(families=Count("pk")).order_by("-passed_at", "offered_to")


class PassedOver(models.Model):
    """A family that waited longer for a class than the one that was offered a place, and why."""

    class Reason(models.TextChoices):
        PROTECTED = "protected", _("a child that law or policy places first")
        SIBLING = "sibling", _("a sibling is in the nursery already")
        LATER_DAY = "later_day", _("the families ahead want to start later")
        ASKED = "asked", _("the families ahead have asked to wait")
        DRAW = "draw", _("the order of a drawn round")
        # Told by what is free, and chosen by nobody.
        TOGETHER = "together", _("its children start together, and there was no place for each of them")

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="passings", verbose_name=_("passed over")
    )
    offered_to = models.ForeignKey(
        Application, models.PROTECT, related_name="passed", verbose_name=_("offered to")
    )
    nursery_class = models.ForeignKey(NurseryClass, models.PROTECT, related_name="+", verbose_name=_("class"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    passed_at = models.DateTimeField(_("at"))
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    objects = PassedOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("family passed over")
        verbose_name_plural = _("families passed over")
        ordering = ["-passed_at", "-id"]
        indexes = [models.Index(fields=["nursery_class", "-passed_at"], name="passed_over_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "offered_to", "passed_at"], name="passed_over_once_by_an_offer"
            ),
            models.CheckConstraint(
                condition=~Q(application=F("offered_to")), name="passed_over_by_another_family"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["protected", "sibling", "later_day", "asked", "draw"])
                & Q(passed_by__isnull=False)
                | Q(reason="together"),
                name="passed_over_for_a_reason_of_the_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
