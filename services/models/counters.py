import datetime as dt
from typing import Self, cast

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.booking.capacity import ClosedBy, TimeSlot, TimeSlotQuerySet
from circle.booking.shifts import Shift
from circle.calendar.working_days import ONE_DAY
from circle.models import Bilingual, ClosedPeriod, Community, Facility, User, within_posts
from circle.models.facilities import refuse_foreign_facility
from services.models.catalogue import ServiceItem

TICKET_LETTERS = "ABCDEFGHIJKLMNOQRSTUVWXYZ"  # without P, which stands for the printed numbers


class CounterQuerySet(models.QuerySet["Counter"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "services.view_counter"))

    def working(self) -> Self:
        return self.filter(is_active=True, facility__is_published=True)


class Counter(models.Model):
    """A window, or a few alike, where bookings are served: which items, how long, how many at a time."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="counters", verbose_name=_("community")
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="counters", verbose_name=_("facility")
    )
    code = models.SlugField(_("code"), max_length=20)
    name_zh = models.CharField(_("name (Chinese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=80)
    items = models.ManyToManyField(
        ServiceItem, related_name="counters", blank=True, verbose_name=_("service items")
    )
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for one slot"), default=30, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    online_places = models.PositiveSmallIntegerField(_("places online in each slot"), default=2)
    counter_places = models.PositiveSmallIntegerField(
        _("places for phone and window in each slot"), default=1
    )
    days_ahead = models.PositiveSmallIntegerField(
        _("slots laid out so many days ahead"), default=14, validators=[MaxValueValidator(90)]
    )
    is_active = models.BooleanField(_("takes bookings"), default=True)
    # Counters of a hall with the same letter share one line.
    ticket_prefix = models.CharField(
        _("letter of its tickets"),
        max_length=1,
        default="A",
        validators=[RegexValidator("^[A-OQ-Z]$")],
        help_text=_("Counters with the same letter share one line. P stands for the printed numbers."),
    )
    # Fingerprint of the hours that its slots follow; empty where they are to be compared again.
    laid_out = models.CharField(max_length=64, blank=True, default="", editable=False)

    same_community = ("facility", "items")

    objects = CounterQuerySet.as_manager()

    name = Bilingual()

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        ordering = ["community", "facility", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code"],
                name="counter_code_unique_in_community",
                violation_error_message=_("There is already a counter with this code."),
            ),
            models.CheckConstraint(
                condition=Q(ticket_prefix__in=list(TICKET_LETTERS)),
                name="counter_ticket_prefix_is_letter",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_foreign_facility(self)


class CounterShift(Shift):
    """When the counter serves; without any, whenever its place is open."""

    counter = models.ForeignKey(Counter, models.CASCADE, related_name="shifts", verbose_name=_("counter"))
    # Empty: as the counter.
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for one slot"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(240)],
    )
    online_places = models.PositiveSmallIntegerField(_("places online in each slot"), null=True, blank=True)
    counter_places = models.PositiveSmallIntegerField(
        _("places for phone and window in each slot"), null=True, blank=True
    )

    class Meta(Shift.Meta):
        verbose_name = _("hours of a counter")
        verbose_name_plural = _("hours of counters")
        ordering = ["counter", "weekday", "date", "opens"]
        constraints = [
            *Shift.Meta.constraints,
            models.UniqueConstraint(
                fields=["counter", "weekday", "opens"],
                condition=Q(date=None, valid_from=None),
                name="counter_shift_once_a_week",
                violation_error_message=_("There are already hours that begin then."),
            ),
            models.UniqueConstraint(
                fields=["counter", "date", "opens"],
                condition=Q(date__isnull=False),
                name="counter_shift_once_on_a_date",
                violation_error_message=_("There are already hours that begin then."),
            ),
        ]


class CounterClosureQuerySet(models.QuerySet["CounterClosure"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "services.view_counterclosure", "counter__community"))

    def within(self, first: dt.date, last: dt.date) -> Self:
        """With a day from the first to the last, both included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=first), starts_on__lte=last)

    def not_over(self, at: dt.datetime) -> Self:
        """Last night's hours, which may run past midnight, count."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=localtime(at).date() - ONE_DAY))


class CounterClosure(ClosedPeriod):
    """Of one counter, while its place is open."""

    counter = models.ForeignKey(Counter, models.CASCADE, related_name="closures", verbose_name=_("counter"))

    objects = CounterClosureQuerySet.as_manager()

    class Meta(ClosedPeriod.Meta):
        verbose_name = _("closure of a counter")
        verbose_name_plural = _("closures of counters")
        ordering = ["counter", "starts_on"]


SHORTEST_REST = dt.timedelta(hours=0.25)  # of a room's hour: with less, nobody books it any more


class SlotQuerySet(TimeSlotQuerySet):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "services.view_slot"))

    def serving(self, item: ServiceItem) -> Self:
        """Of the counters that serve this item."""
        return self.filter(counter__in=item.counter_ids)

    def online(self) -> Self:
        return self.filter(channel=Slot.Channel.ONLINE)

    def for_staff(self) -> Self:
        return self.filter(channel=Slot.Channel.COUNTER)

    def upcoming_for(self, item: ServiceItem, at: dt.datetime, *, with_running: bool = False) -> Self:
        """Open slots to come on the days on which the item is offered; none while it is paused.

        `with_running`: of a room that is given to the next, the hour that has begun as well.
        """
        if not (item.is_bookable and item.status == ServiceItem.Status.ACTIVE):
            return self.none()
        coming = self.open().filter(in_time_for(item, at) if with_running else Q(starts_at__gt=at))
        found = coming.serving(item).filter(day__gte=item.introduced_on)
        return found.filter(day__lt=item.withdrawn_on) if item.withdrawn_on else found

    def bookable(
        self, item: ServiceItem, at: dt.datetime, today: dt.date, *, with_running: bool = False
    ) -> Self:
        """What the item's rules and the clock allow, full ones included: a page shows them as full."""
        last = today + dt.timedelta(days=item.book_days_ahead)
        return self.upcoming_for(item, at, with_running=with_running).filter(day__lte=last)


def in_time_for(item: ServiceItem, at: dt.datetime) -> Q:
    """Before it begins; a room that is given to the next, while enough of its hour is left."""
    if item.release_minutes is None:
        return Q(starts_at__gt=at)
    return Q(ends_at__gt=at + SHORTEST_REST)


class Slot(TimeSlot):
    """One share (online, or phone and window) of the places at one counter from one time to another."""

    class Channel(models.TextChoices):
        ONLINE = "online", _("online")
        COUNTER = "counter", _("phone and window")

    ClosedBy = ClosedBy

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="slots", verbose_name=_("community")
    )
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="slots", verbose_name=_("counter"))
    channel = models.CharField(_("share"), max_length=8, choices=Channel)

    objects = SlotQuerySet.as_manager()

    class Meta(TimeSlot.Meta):
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["starts_at", "counter", "-channel"]
        indexes = [models.Index(fields=["community", "day"], name="slot_day")]
        constraints = [
            *TimeSlot.Meta.constraints,
            models.UniqueConstraint(fields=["counter", "starts_at", "channel"], name="slot_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{localtime(self.starts_at):%Y-%m-%d %H:%M} {self.channel}"


def online_slots(item: ServiceItem, at: dt.datetime, *, with_running: bool = False) -> SlotQuerySet:
    """What residents may choose for the item from that moment on (`at` in local time)."""
    slots = (
        Slot.objects.bookable(item, at, at.date(), with_running=with_running)
        .online()
        .select_related("counter__facility")
    )
    return slots.order_by("starts_at", "counter")


def next_online_slot(item: ServiceItem, missed: Slot, at: dt.datetime) -> Slot | None:
    """The free time most like the one that no longer takes place: at the same place and later, if there is
    one (`at` in local time); one query."""
    return like_slots(Slot.objects.bookable(item, at, at.date()).online(), missed).first()


def like_slots(slots: SlotQuerySet, missed: Slot) -> SlotQuerySet:
    """Those with a place left, the most like it first: at the same place, later than it, soonest; of a time
    the share online before the other."""
    is_here = ExpressionWrapper(
        Q(counter__facility=missed.counter.facility_id), output_field=models.BooleanField()
    )
    is_later = ExpressionWrapper(Q(starts_at__gte=missed.starts_at), output_field=models.BooleanField())
    free = slots.with_places_left().exclude(counter=missed.counter_id, starts_at=missed.starts_at)
    ranked = free.annotate(is_here=is_here, is_later=is_later).select_related(
        "community", "counter__facility"
    )
    ranked = ranked.order_by("-is_here", "-is_later", "starts_at", "counter", "-channel")
    return cast("SlotQuerySet", ranked)
