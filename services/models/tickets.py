import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, DateTimeField, F, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.public_codes import new_code
from circle.models import Community, Facility, Mandate, Resident, User, ids_represented_by, within_posts
from services.models.bookings import Booking
from services.models.catalogue import ServiceItem
from services.models.counters import Counter

MOST_CALLS = 3
PAD_PREFIX = "P"  # of the printed numbers for when the network is down
MOST_ON_PAD = 200


def counters_at_work(facility: int) -> dict[int, str]:
    """The letter of each one's line; empty where nobody is served."""
    rows = Counter.objects.working().filter(facility=facility).annotate(served=Count("items"))
    found = rows.values_list("pk", "ticket_prefix", "served")
    return {pk: letter if served else "" for pk, letter, served in found}


def called_to(counter: int, letter: str, at_work: dict[int, str]) -> Q:
    """Who of the hall may be called to this counter: its own line, without who was sent to another one, the
    printed numbers, and everybody whom no counter at work would call."""
    is_unsent = Q(for_counter=None) | ~Q(for_counter__in=list(at_work))
    is_own = Q(prefix__in=[letter, PAD_PREFIX]) | ~Q(prefix__in=set(at_work.values()))
    return Q(for_counter=counter) | is_unsent & is_own


class TicketQuerySet(models.QuerySet["Ticket"]):
    def for_user(self, user: User) -> Self:
        """Of the people whom this login may act for, and as staff of the community."""
        own = Q(resident__in=ids_represented_by(user, Mandate.Scope.BOOKINGS))
        return self.filter(within_posts(user, "services.view_ticket") | own)

    def of_day(self, facility: Facility, day: dt.date) -> Self:
        return self.filter(facility=facility, day=day)

    def waiting(self) -> Self:
        return self.filter(status="waiting")

    def live(self) -> Self:
        return self.filter(status__in=Ticket.LIVE)

    def in_hand_of(self, user: User) -> Self:
        """What this clerk has called or serves: one at most."""
        return self.filter(clerk=user, status__in=Ticket.IN_HAND)

    def for_counter(self, counter: Counter) -> Self:
        at_work = counters_at_work(counter.facility_id)
        line = called_to(counter.pk, counter.ticket_prefix, at_work)
        return self.filter(line, facility=counter.facility_id)

    def in_line(self, at: dt.datetime) -> Self:
        """In the order of being called: a booking from its time on and who comes back first, then priority,
        then by arrival."""
        is_first = Q(first_from__lte=at)
        rank = Case(
            When(is_first, then=Value(0)),
            When(~Q(priority=""), then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        since = Case(
            When(is_first, then=F("first_from")), default=F("drawn_at"), output_field=DateTimeField()
        )
        return self.order_by(rank, since, "pk")

    def shown(self) -> Self:
        return self.select_related("item", "resident", "booking__item", "counter", "facility__community")


class Ticket(models.Model):
    """One visit to a hall: an order among those who are there, and no promised time."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("ticket", "waiting")
        CALLED = "called", pgettext_lazy("ticket", "called")
        SERVING = "serving", pgettext_lazy("ticket", "at the counter")
        PARKED = "parked", pgettext_lazy("ticket", "comes back with papers")
        SKIPPED = "skipped", pgettext_lazy("ticket", "did not answer the call")
        DONE = "done", pgettext_lazy("ticket", "done")
        LEFT = "left", pgettext_lazy("ticket", "left before being served")
        WITHDRAWN = "withdrawn", pgettext_lazy("ticket", "check-in taken back")

    class Origin(models.TextChoices):
        PHONE = "phone", pgettext_lazy("ticket", "own phone")
        KIOSK = "kiosk", pgettext_lazy("ticket", "kiosk")
        DESK = "desk", pgettext_lazy("ticket", "by a clerk")
        BOOKING = "booking", pgettext_lazy("ticket", "booked")
        PAD = "pad", pgettext_lazy("ticket", "printed number")

    class Priority(models.TextChoices):
        AGE = "age", pgettext_lazy("priority", "of high age")
        WHEELCHAIR = "wheelchair", pgettext_lazy("priority", "in a wheelchair")
        PREGNANT = "pregnant", pgettext_lazy("priority", "pregnant")
        SOLDIER = "soldier", pgettext_lazy("priority", "serving or former soldier")

    IN_HAND = [Status.CALLED, Status.SERVING]
    LIVE = [Status.WAITING, Status.CALLED, Status.SERVING, Status.PARKED, Status.SKIPPED]

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="tickets", verbose_name=_("community")
    )
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="tickets", verbose_name=_("place"))
    day = models.DateField(_("day"))
    prefix = models.CharField(_("prefix"), max_length=1)
    number = models.PositiveIntegerField(pgettext_lazy("ticket", "number"))
    # Of the page with one's place in line; random, since the numbers can be guessed.
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    origin = models.CharField(_("drawn"), max_length=8, choices=Origin)
    item = models.ForeignKey(
        ServiceItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service item")
    )
    # What else was dealt with in the same visit.
    more_items = models.ManyToManyField(
        ServiceItem, related_name="+", blank=True, verbose_name=_("further service items")
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("resident"),
    )
    age_reason = models.CharField(_("why outside the ages"), max_length=120, blank=True)
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, blank=True, related_name="ticket", verbose_name=_("booking")
    )
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    status_at = models.DateTimeField(_("since"), default=timezone.now)
    drawn_at = models.DateTimeField(pgettext_lazy("of somebody at the hall", "arrived at"))
    # From then on before everybody else: the time of a booking, or when somebody came back.
    first_from = models.DateTimeField(_("first in line from"), null=True, blank=True)
    calls = models.PositiveSmallIntegerField(_("calls"), default=0)
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("counter")
    )
    for_counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent to")
    )
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("called by"),
    )
    called_at = models.DateTimeField(_("first called at"), null=True, blank=True)
    last_called_at = models.DateTimeField(_("last called at"), null=True, blank=True)
    serving_at = models.DateTimeField(_("at the counter from"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told to come at"), null=True, blank=True)

    same_community = ("facility", "counter", "resident", "item")

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["facility", "day", "status"], name="ticket_line"),
            models.Index(fields=["community", "-day"], name="ticket_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "day", "prefix", "number"],
                name="ticket_number_once",
                violation_error_message=_("This number has been given already."),
            ),
            models.UniqueConstraint(
                fields=["clerk"],
                condition=Q(status__in=["called", "serving"]),
                name="ticket_one_in_hand",
                violation_error_message=_("Finish with the last one first."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="ticket_number_positive"),
            models.CheckConstraint(condition=Q(calls__lte=MOST_CALLS), name="ticket_calls_limited"),
            models.CheckConstraint(
                condition=~Q(status__in=["called", "serving"])
                | Q(counter__isnull=False, clerk__isnull=False),
                name="ticket_in_hand_at_counter",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("ticket", args=[self.code])

    @property
    def label(self) -> str:
        """As it is called: A012."""
        return f"{self.prefix}{self.number:03d}"

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE

    @property
    def waited(self) -> dt.timedelta | None:
        """Until the first call; of a booking from its time on, for who came early."""
        if self.called_at is None:
            return None
        since = max(self.drawn_at, self.first_from) if self.booking_id and self.first_from else self.drawn_at
        return max(self.called_at - since, dt.timedelta(0))

    @property
    def served(self) -> dt.timedelta | None:
        if self.serving_at is None or self.done_at is None:
            return None
        return self.done_at - self.serving_at

    def is_first(self, at: dt.datetime) -> bool:
        return self.first_from is not None and self.first_from <= at

    @property
    def drawn_on(self) -> dt.date:
        return localtime(self.drawn_at).date()
