"""Over the Spring Festival: who is alone, and who looks in on which day."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Community, Resident, User, within_posts
from eldercare.models.duties import DUTY_VIEW


class HolidayQuerySet(models.QuerySet[models.Model]):
    def for_user(self, user: User) -> Self:
        """Of the communities and grids of one's posts."""
        return self.filter(within_posts(user, DUTY_VIEW, near="resident__building__"))


class HolidayStay(models.Model):
    """What somebody said about where an elder spends one festival."""

    class Where(models.TextChoices):
        ALONE = "alone", pgettext_lazy("over the festival", "alone at home")
        COMPANY = "company", pgettext_lazy("over the festival", "the family comes")
        AWAY = "away", pgettext_lazy("over the festival", "with the family, away")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="holiday_stays", verbose_name=_("community")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="holiday_stays", verbose_name=_("elder")
    )
    festival = models.DateField(_("first day of the festival"))
    where = models.CharField(_("over the festival"), max_length=8, choices=Where)
    said_by = models.CharField(_("said by"), max_length=60)
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )

    same_community = ("resident",)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("festival of an elder")
        verbose_name_plural = _("festivals of elders")
        ordering = ["-festival", "id"]
        constraints = [
            models.UniqueConstraint(fields=["resident", "festival"], name="holiday_stay_once"),
            models.CheckConstraint(condition=~Q(said_by=""), name="holiday_stay_says_who"),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.festival}"


class HolidayLook(models.Model):
    """On this day of the festival this person looks in on the elder."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="holiday_looks", verbose_name=_("community")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="holiday_looks", verbose_name=_("elder")
    )
    day = models.DateField(_("day"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="holiday_looks",
        verbose_name=_("who looks in"),
    )

    same_community = ("resident",)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("look over the festival")
        verbose_name_plural = _("looks over the festival")
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["community", "day"], name="holiday_look_day")]
        constraints = [models.UniqueConstraint(fields=["resident", "day"], name="holiday_look_once")]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.day}"
