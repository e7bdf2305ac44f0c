"""What whoever looks after an elder has to know about them."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Community, Resident, User, within_posts

PROFILE_VIEW, PROFILE_CHANGE = "eldercare.view_careprofile", "eldercare.change_careprofile"


class CareProfileQuerySet(models.QuerySet["CareProfile"]):
    def for_user(self, user: User) -> Self:
        """Of the communities of one's posts; of a grid worker those of the own grid."""
        return self.filter(within_posts(user, PROFILE_VIEW, near="resident__building__"))


class CareProfile(models.Model):
    """Grade and particulars of one elder; every look at it is recorded. Why somebody looks in: `RiskTag`."""

    class Grade(models.IntegerChoices):
        """GB/T 42195-2022."""

        ABLE = 0, pgettext_lazy("ability grade", "0 · able")
        MILD = 1, pgettext_lazy("ability grade", "1 · mild loss")
        MODERATE = 2, pgettext_lazy("ability grade", "2 · moderate loss")
        SEVERE = 3, pgettext_lazy("ability grade", "3 · severe loss")
        TOTAL = 4, pgettext_lazy("ability grade", "4 · total loss")

    class Hearing(models.TextChoices):
        GOOD = "good", pgettext_lazy("hearing", "good")
        HARD = "hard", _("hard of hearing, please speak up")
        AID = "aid", _("with a hearing aid")
        DEAF = "deaf", _("deaf, write it down")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="care_profiles", verbose_name=_("community")
    )
    resident = models.OneToOneField(
        Resident, models.PROTECT, related_name="care_profile", verbose_name=_("elder")
    )
    grade = models.PositiveSmallIntegerField(
        _("ability grade"), choices=Grade, null=True, blank=True, validators=[MaxValueValidator(4)]
    )
    graded_on = models.DateField(_("graded on"), null=True, blank=True)
    contacts = models.CharField(
        _("whom to tell, in order"),
        max_length=200,
        blank=True,
        help_text=_("Who they are to the elder, such as: daughter, then the neighbour of 502. No numbers."),
    )
    key = models.CharField(_("who holds a key"), max_length=80, blank=True)
    diet = models.CharField(_("diet and allergies"), max_length=200, blank=True)
    hearing = models.CharField(_("hearing"), max_length=4, choices=Hearing, blank=True)
    dialect = models.CharField(_("dialect"), max_length=40, blank=True)

    same_community = ("resident",)

    objects = CareProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile of an elder")
        verbose_name_plural = _("profiles of elders")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(grade=None, graded_on=None)
                | Q(grade__lte=4, grade__isnull=False, graded_on__isnull=False),
                name="care_profile_grade_has_its_day",
                violation_error_message=_("A grade has the day of its assessment, and the other way round."),
            )
        ]

    def __str__(self) -> str:
        return str(self.resident_id)
