"""Over the Spring Festival: who is alone, and who looks in on which day."""

import datetime as dt
from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Community, Resident, StaffPost, User, within_posts
from eldercare.models.duties import DUTY_CHANGE, DUTY_VIEW
from eldercare.models.visits import Visit
from eldercare.models.volunteers import Pairing

# An official notice moves a festival by days; the next one is almost a year away.
NOTICE_MOVES = dt.timedelta(days=15)


class HolidayStayQuerySet(models.QuerySet["HolidayStay"]):
    def for_user(self, user: User) -> Self:
        """Of the communities and grids of one's posts."""
        return self.filter(within_posts(user, DUTY_VIEW, near="resident__building__"))

    def of_festival(self, days: Sequence[dt.date]) -> Self:
        """Said about the festival of these days, also before a notice moved its first one."""
        return self.filter(festival__range=(days[0] - NOTICE_MOVES, days[-1])).order_by("noted_at")


class HolidayLookQuerySet(models.QuerySet["HolidayLook"]):
    def for_user(self, user: User) -> Self:
        """Of the communities and grids of one's posts."""
        return self.filter(within_posts(user, DUTY_VIEW, near="resident__building__"))

    def of_festival(self, days: Sequence[dt.date]) -> Self:
        """On its days, and on those that a notice took off it."""
        return self.filter(day__range=(days[0] - NOTICE_MOVES, days[-1] + NOTICE_MOVES))

    def held(self) -> Self:
        """Whose person may still look in on that elder on that day."""
        return self.filter(may_look_in())

    def open_on(self, day: dt.date) -> Self:
        """Of that day, as long as nobody met the elder."""
        seen = Visit.objects.seen().filter(at__date=day, resident=OuterRef("resident"))
        return self.filter(~Exists(seen), day=day, resident__died_on=None, resident__erased_at=None)


def may_look_in() -> Q:
    """What `looked_after_by` asks of one login, for the login of each look."""
    pairings = Pairing.objects.introduced().filter(
        volunteer__user=OuterRef("user"), resident=OuterRef("resident")
    )
    posts = StaffPost.objects.giving(DUTY_CHANGE).filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("day")),
        user=OuterRef("user"),
        starts_on__lte=OuterRef("day"),
        community=OuterRef("community"),
    )
    near = posts.filter(grid=OuterRef("resident__building__grid"))
    found = Q(Exists(pairings)) | Q(Exists(posts.community_wide())) | Q(Exists(near))
    return Q(user__is_active=True) & (found | Q(user__in=logins_with(DUTY_CHANGE)))


def logins_with(permission: str) -> "models.QuerySet[User]":
    """Those that have it without a post: of the login itself or of its groups."""
    app, code = permission.split(".")
    given = Permission.objects.filter(content_type__app_label=app, codename=code)
    own = Q(user_permissions__in=given) | Q(groups__permissions__in=given)
    return User.objects.filter(own | Q(is_superuser=True))


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

    objects = HolidayStayQuerySet.as_manager()

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

    objects = HolidayLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look over the festival")
        verbose_name_plural = _("looks over the festival")
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["community", "day"], name="holiday_look_day")]
        constraints = [models.UniqueConstraint(fields=["resident", "day"], name="holiday_look_once")]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.day}"
