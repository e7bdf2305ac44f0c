import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circle.booking.appointments import Appointment, AppointmentQuerySet
from circle.models import Mandate, User, Via, ids_represented_by, within_posts
from services.models.catalogue import ServiceItem
from services.models.counters import Counter, Slot


class BookingQuerySet(AppointmentQuerySet["Booking"]):
    def for_user(self, user: User) -> Self:
        """Of the people whom this login may act for, and as staff of the community."""
        return self.filter(within_posts(user, "services.view_booking") | in_the_name_of(user))

    def to_come(self, at: dt.datetime) -> Self:
        return self.filter(status=Booking.Status.BOOKED, slot__starts_at__gt=at)

    def unfinished(self, today: dt.date) -> Self:
        """Of earlier days and still without an outcome."""
        return self.live().filter(day__lt=today)

    def no_shows_after(self, day: dt.date) -> Self:
        return self.filter(status="no_show", day__gt=day)

    def objected(self) -> Self:
        """No-shows against which somebody said something that nobody has answered."""
        return self.filter(status="no_show", objected_at__isnull=False, objection_answer="")

    def latest_first(self) -> Self:
        return self.order_by("-day", "-id")

    def shown(self) -> Self:
        """With the related rows that a line of a list shows."""
        return self.select_related("item", "resident", "slot__counter__facility")

    def figures(self, first: dt.date, last: dt.date) -> list[Any]:
        """Counts per item, by channel and by outcome, of slots from `first` to `last`."""
        counts = {f"via_{via}": Count("pk", filter=Q(via=via)) for via in Via.values}
        counts |= {status: Count("pk", filter=Q(status=status)) for status in Booking.Status.values}
        rows = self.filter(day__range=(first, last)).values("item__code", "item__name_zh", "item__name_en")
        return list(rows.annotate(total=Count("pk"), **counts).order_by("-total", "item__code"))


def in_the_name_of(user: User) -> Q:
    """Of the login itself and of those for whom it may book."""
    return Q(resident__in=ids_represented_by(user, Mandate.Scope.BOOKINGS))


def stranded_at(at: dt.datetime) -> Q:
    """Still to come, but its slot is closed, its counter is off or no longer serves the item, its place is
    unpublished, or the item is paused or withdrawn. An item that merely left the online booking is served."""
    served = Counter.items.through._default_manager.filter(
        counter=OuterRef("slot__counter"), serviceitem=OuterRef("item")
    )
    not_served = (
        ~Q(slot__closed_by="")
        | Q(slot__counter__is_active=False)
        | Q(slot__counter__facility__is_published=False)
        | ~Q(item__status=ServiceItem.Status.ACTIVE)
        | Q(item__withdrawn_on__isnull=False, item__withdrawn_on__lte=F("day"))
        | ~Exists(served)
    )
    return Q(Q(status=Booking.Status.BOOKED, slot__starts_at__gt=at), not_served)


class Booking(Appointment):
    """One person's appointment for one item. Every change of state is a verb in services/actions."""

    class Status(models.TextChoices):
        BOOKED = "booked", _("booked")
        ARRIVED = "arrived", _("arrived")
        SERVED = "served", _("served")
        NO_SHOW = "no_show", _("did not come")
        EXCUSED = "excused", _("excused")
        CANCELLED = "cancelled", _("cancelled")
        REVOKED = "revoked", _("called off by us")

    LIVE = [Status.BOOKED, Status.ARRIVED]
    FREED = [Status.CANCELLED, Status.REVOKED]
    in_the_name_of = staticmethod(in_the_name_of)
    stranded_at = staticmethod(stranded_at)

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings", verbose_name=_("time"))
    item = models.ForeignKey(
        ServiceItem, models.PROTECT, related_name="bookings", verbose_name=_("service item")
    )
    # Among the resident's live bookings of that day: by its unique key those that are made at once wait for
    # each other.
    ordinal = models.PositiveSmallIntegerField(default=1, editable=False)
    # Among those of them that are for the same item: more than one where it is given several times in a row.
    item_ordinal = models.PositiveSmallIntegerField(default=1, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.BOOKED)
    # Of a no-show whose place was given to the next while its hour ran.
    released_at = models.DateTimeField(_("given to the next at"), null=True, blank=True, editable=False)
    # What the person says against a no-show, once; granted by excusing it.
    objection = models.CharField(_("objection"), max_length=200, blank=True, editable=False)
    objected_at = models.DateTimeField(_("objected at"), null=True, blank=True, editable=False)
    objection_answer = models.CharField(
        _("answer to the objection"), max_length=120, blank=True, editable=False
    )

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["community", "-day", "-id"], name="booking_latest"),
            models.Index(fields=["slot", "status"], name="booking_slot"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "item", "day", "item_ordinal"],
                condition=Q(status__in=["booked", "arrived"]),
                name="booking_one_live_per_day",
                violation_error_message=_("There is already a booking for this person, item and day."),
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(status__in=["no_show", "excused"]),
                name="booking_released_as_no_show",
            ),
            models.CheckConstraint(
                condition=Q(objected_at__isnull=False) | Q(objection="", objection_answer=""),
                name="booking_objection_has_moment",
            ),
            models.UniqueConstraint(
                fields=["resident", "day", "ordinal"],
                condition=Q(status__in=["booked", "arrived"]),
                name="booking_ordinal_once_a_day",
                violation_error_message=_("There is already a booking for this person, item and day."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("booking", args=[self.code])

    @property
    def starts_at(self) -> dt.datetime:
        return self.slot.starts_at

    @property
    def has_open_objection(self) -> bool:
        return self.status == self.Status.NO_SHOW and bool(self.objected_at) and not self.objection_answer

    @property
    def cancellable_until(self) -> dt.datetime:
        """Until then the resident may cancel or move it; afterwards by phone only."""
        return self.slot.starts_at - dt.timedelta(hours=self.item.cancel_hours)


LIVE = Booking.LIVE
FREED = Booking.FREED
