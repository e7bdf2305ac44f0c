"""How a hall takes in who comes: with numbers that are called, or as a plain list of arrivals."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.identifiers.public_codes import new_code
from circle.models import Community, Facility, User, within_posts
from circle.models.facilities import refuse_foreign_facility
from services.models.counters import Counter

SMALL_HALL = 2  # counters: with so few, one sees who is next
KEY_LENGTH = 20


def new_device_key() -> str:
    return new_code(KEY_LENGTH)


class TicketHallQuerySet(models.QuerySet["TicketHall"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "services.view_tickethall"))


class TicketHall(models.Model):
    """The setting of one hall; without a row it depends on how many counters the hall has."""

    class Mode(models.TextChoices):
        NUMBERS = "numbers", _("numbers are drawn and called")
        LIST = "list", _("a list of arrivals")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    facility = models.OneToOneField(
        Facility, models.PROTECT, related_name="ticket_hall", verbose_name=_("place")
    )
    mode = models.CharField(_("how people are taken in"), max_length=8, choices=Mode, default=Mode.NUMBERS)
    # Part of the addresses of the kiosk and of the display at the entrance, which have no login.
    device_key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_device_key, editable=False)

    same_community = ("facility",)

    objects = TicketHallQuerySet.as_manager()

    class Meta:
        verbose_name = _("hall with tickets")
        verbose_name_plural = _("halls with tickets")
        ordering = ["community", "facility"]

    def __str__(self) -> str:
        return self.facility.name

    def clean(self) -> None:
        refuse_foreign_facility(self)


class TicketSeries(models.Model):
    """The last number given at one hall, on one day (Asia/Shanghai) and under one prefix."""

    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="ticket_series", verbose_name=_("place")
    )
    day = models.DateField(_("day"))
    prefix = models.CharField(_("prefix"), max_length=1)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of ticket numbers")
        verbose_name_plural = _("series of ticket numbers")
        constraints = [
            models.UniqueConstraint(fields=["facility", "day", "prefix"], name="ticket_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.day}"


def gives_numbers(facility: Facility) -> bool:
    """Whether numbers are called here; without a setting, from three counters on."""
    setting = TicketHall.objects.filter(facility=facility).first()
    if setting is not None:
        return setting.mode == TicketHall.Mode.NUMBERS
    return Counter.objects.working().filter(facility=facility).count() > SMALL_HALL


def served_counters(facility: Facility) -> list[Counter]:
    """The counters where somebody is served: a session without places is none."""
    rows = Counter.objects.working().filter(facility=facility, items__isnull=False)
    return list(rows.distinct().order_by("ticket_prefix", "code"))


def lines_of(facility: Facility) -> dict[str, list[Counter]]:
    """The counters of each line, by its letter; one line for any matter unless the hall says otherwise."""
    found: dict[str, list[Counter]] = {}
    for counter in served_counters(facility):
        found.setdefault(counter.ticket_prefix, []).append(counter)
    return found
