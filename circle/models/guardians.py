import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.posts import within_posts
from circle.models.read_once import read_once

if TYPE_CHECKING:
    from circle.models.residents import Resident

ADULT_AT = 18  # Civil Code, art. 17


def years_before(day: dt.date, years: int) -> dt.date:
    """Of 29 February, the 28th of a common year."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_in_years(born_on: dt.date, today: dt.date) -> int:
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    def for_user(self, user: User) -> Self:
        """One's own, and as staff the community's."""
        return self.filter(
            within_posts(user, "circle.view_resident", "child__community") | Q(adult__login=user)
        )

    def current(self, on: dt.date | None = None) -> Self:
        """Of children who are not of age on that day (today unless given)."""
        grown = years_before(on or timezone.localdate(), ADULT_AT)
        young = Q(child__born_on=None) | Q(child__born_on__gt=grown)
        return self.filter(young, ended_at=None, child__died_on=None, child__merged_into=None)


class Guardianship(models.Model):
    """An adult responsible for a child, who may have several; the rank says whom to contact first."""

    child = models.ForeignKey(
        "circle.Resident", models.PROTECT, related_name="guardianships", verbose_name=_("child")
    )
    adult = models.ForeignKey(
        "circle.Resident", models.PROTECT, related_name="wards", verbose_name=_("guardian")
    )
    rank = models.PositiveSmallIntegerField(_("whom to reach first"), default=1)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardianship")
        verbose_name_plural = _("guardianships")
        ordering = ["child", "rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "adult"],
                name="guardianship_once",
                violation_error_message=_("This person is a guardian of the child already."),
            ),
            models.CheckConstraint(
                condition=~Q(child=F("adult")),
                name="guardianship_of_another",
                violation_error_message=_("Nobody is their own guardian."),
            ),
            models.CheckConstraint(
                condition=Q(rank__gte=1, rank__lte=9), name="guardianship_rank_from_1_to_9"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} ← {self.adult_id}"


def guardianships_around(resident: "Resident") -> list[Guardianship]:
    """Those in which this person is the child or the adult, today; read once a page."""
    rows = Guardianship.objects.current().filter(Q(child=resident) | Q(adult=resident))
    return read_once(("guardianships", resident.pk), lambda: list(rows.select_related("adult", "child")))
