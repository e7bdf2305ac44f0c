from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from childcare.models.classes import NurseryClass
from childcare.models.teachers import of_classes
from circle.models import AppendOnly, User

VIEW = "childcare.view_childday"


class OfClassQuerySet(models.QuerySet["CarerCount"]):
    def for_user(self, user: User) -> Self:
        """Of the classes in this login's care."""
        return self.filter(of_classes(user, VIEW, community="nursery_class__community"))


class CarerCount(AppendOnly):
    """How many carers are with a class from a moment of a day on, as whoever leads the shift has said."""

    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="carer_counts", verbose_name=_("class")
    )
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("at"))
    carers = models.PositiveSmallIntegerField(_("carers with the class"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by")
    )

    deletable_when = "1 = 1"

    objects = OfClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("carers with a class")
        verbose_name_plural = _("carers with classes")
        ordering = ["-id"]
        indexes = [models.Index(fields=["nursery_class", "day"], name="carer_count_of_day")]
        constraints = [models.CheckConstraint(condition=Q(carers__lte=20), name="carer_count_is_plausible")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.carers}"


class RatioConfirmation(AppendOnly):
    """More children than the carers with them may look after, confirmed with a reason: children come in all
    the same, up to the number of carers that it would have needed."""

    class Reason(models.TextChoices):
        ON_THE_WAY = "on_the_way", _("another carer is on the way")
        SHORT = "short", _("for some minutes only: children are about to be collected")
        JOINED = "joined", _("two classes are together, with the carers of both")
        NO_OTHER = "no_other", _("nobody else can come, and the child cannot be sent away")

    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="ratio_confirmations", verbose_name=_("class")
    )
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    children = models.PositiveSmallIntegerField(_("children with the next one"))
    needed = models.PositiveSmallIntegerField(_("carers needed"))
    carers = models.PositiveSmallIntegerField(_("carers with the class"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("confirmed by")
    )

    deletable_when = "1 = 1"

    objects = OfClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of too few carers")
        verbose_name_plural = _("confirmations of too few carers")
        ordering = ["-id"]
        indexes = [models.Index(fields=["nursery_class", "day"], name="ratio_confirmation_of_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(needed__gt=F("carers")), name="ratio_confirmation_where_carers_are_missing"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["on_the_way", "short", "joined", "no_other"]),
                name="ratio_confirmation_for_a_reason_of_the_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.children} / {self.carers}"
