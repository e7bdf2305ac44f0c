"""Meals on the same weekdays every week, with pauses. `tick` makes ordinary orders of them."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.formats.language import is_english
from circle.identifiers.public_codes import new_code
from circle.models import Building, Community, Mandate, Resident, User, Via, within_posts
from eldercare.models.canteen.menus import Meal, Variant, Way, labels_of
from eldercare.models.canteen.orders import DOOR_LENGTH, MOST_PORTIONS, MealOrder, of_own_table
from eldercare.models.series import WEEKDAYS

WORKING_DAYS = [0, 1, 2, 3, 4]
STANDING_VIEW, STANDING_CHANGE = "eldercare.view_standingorder", "eldercare.change_standingorder"
DATE_VIEW, DATE_CHANGE = "eldercare.view_standingdate", "eldercare.change_standingdate"


class StandingOrderQuerySet(models.QuerySet["StandingOrder"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, STANDING_VIEW) | of_own_table(user))

    def mine(self, user: User) -> Self:
        return self.filter(of_own_table(user))

    def live(self) -> Self:
        return self.filter(status=StandingOrder.Status.RUNNING)

    def over(self) -> Self:
        return self.exclude(status=StandingOrder.Status.RUNNING)

    def shown(self) -> Self:
        own = self.select_related("community", "building", "resident__login", "mandate__agent", "booked_by")
        return own.prefetch_related("pauses")


class StandingOrder(models.Model):
    """One meal of one person on some weekdays; a dish is chosen of each day's menu."""

    class Status(models.TextChoices):
        RUNNING = "running", pgettext_lazy("of a standing order", "running")
        ENDED = "ended", pgettext_lazy("of a standing order", "ended")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="standing_orders", verbose_name=_("who eats")
    )
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    meal = models.CharField(pgettext_lazy("lunch or supper", "meal"), max_length=6, choices=Meal)
    weekdays = models.JSONField(_("weekdays"), default=list)
    way = models.CharField(_("how it reaches them"), max_length=8, choices=Way)
    portions = models.PositiveSmallIntegerField(_("portions"), default=1)
    variants = models.JSONField(_("cooked how"), default=list, blank=True)
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("building")
    )
    door = models.CharField(_("entrance and door"), max_length=DOOR_LENGTH, blank=True)
    # Whoever has moved since then is asked for the new address before a meal goes to the old one.
    address_on = models.DateField(_("address given on"))
    first_day = models.DateField(_("first day"))
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.RUNNING)
    status_at = models.DateTimeField(_("since"))
    via = models.CharField(_("made"), max_length=8, choices=Via)
    booked_at = models.DateTimeField(_("made at"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mandate")
    )

    same_community = ("resident", "building")

    objects = StandingOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing order of a meal")
        verbose_name_plural = _("standing orders of meals")
        ordering = ["-booked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "meal"],
                condition=Q(status="running"),
                name="standing_order_one_a_meal",
                violation_error_message=_("This meal comes to this person already."),
            ),
            models.CheckConstraint(
                condition=~Q(way="delivery", status="running") | Q(building__isnull=False) & ~Q(door=""),
                name="standing_order_brought_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(portions__gte=1, portions__lte=MOST_PORTIONS), name="standing_order_portions"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("standing_meal", args=[self.code])

    @property
    def is_live(self) -> bool:
        return self.status == self.Status.RUNNING

    @property
    def weekday_words(self) -> str:
        if len(self.weekdays) == len(WEEKDAYS):
            return str(_("every day"))
        if list(self.weekdays) == WORKING_DAYS:
            return str(_("Monday to Friday"))
        comma = ", " if is_english() else "、"
        return comma.join(str(label) for day, label in WEEKDAYS if day in self.weekdays)

    @property
    def variant_labels(self) -> list[str]:
        return labels_of(Variant, self.variants)

    def is_paused(self, day: dt.date) -> bool:
        """Without a query where its pauses were loaded with it."""
        return any(pause.covers(day) for pause in self.pauses.all())


class MealPause(models.Model):
    """Days on which a standing order makes no meals; without an end until further notice."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    standing = models.ForeignKey(
        StandingOrder, models.PROTECT, related_name="pauses", verbose_name=_("standing order")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    same_community = ("standing",)

    class Meta:
        verbose_name = _("pause of a standing order")
        verbose_name_plural = _("pauses of standing orders")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="meal_pause_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or '…'}"

    def covers(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class StandingDateQuerySet(models.QuerySet["StandingDate"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, DATE_VIEW))

    def waiting(self) -> Self:
        return self.filter(status=StandingDate.Status.WAITING)

    def shown(self) -> Self:
        return self.select_related(
            "standing__resident__login", "standing__community", "standing__building", "order__dish"
        )


class StandingDate(models.Model):
    """What became of one date of a standing order. It is written once: a cancelled meal never comes back."""

    class Status(models.TextChoices):
        ORDERED = "ordered", pgettext_lazy("of a date", "ordered")
        WAITING = "waiting", pgettext_lazy("of a date", "could not be ordered")
        PAUSED = "paused", pgettext_lazy("of a date", "pauses")
        SETTLED = "settled", pgettext_lazy("of a date", "seen to")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    standing = models.ForeignKey(
        StandingOrder, models.PROTECT, related_name="dates", verbose_name=_("standing order")
    )
    day = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=7, choices=Status)
    status_at = models.DateTimeField(_("since"))
    cause = models.CharField(_("cause"), max_length=20, blank=True)
    order = models.OneToOneField(
        MealOrder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="standing_date",
        verbose_name=_("order"),
    )

    same_community = ("standing", "order")

    objects = StandingDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date of a standing order")
        verbose_name_plural = _("dates of standing orders")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["standing", "day"], name="standing_date_once"),
            models.CheckConstraint(
                condition=~Q(status="ordered") | Q(order__isnull=False), name="standing_date_has_its_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
