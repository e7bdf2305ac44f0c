import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circle.identifiers.encryption import indexes_of
from circle.identifiers.public_codes import new_code
from circle.models import Community, Mandate, Resident, User, Via, ids_represented_by, within_posts
from services.models.catalogue import ServiceItem
from services.models.counters import Counter, Slot


class BookingQuerySet(models.QuerySet["Booking"]):
    def for_user(self, user: User) -> Self:
        """Of the people whom this login may act for, and as staff of the community."""
        staff = within_posts(user, "services.view_booking")
        return self.filter(staff | Q(resident__in=ids_represented_by(user, Mandate.Scope.BOOKINGS)))

    def mine(self, user: User) -> Self:
        """The login's own and those of people it may act for; without what it sees as staff."""
        return self.filter(resident__in=ids_represented_by(user, Mandate.Scope.BOOKINGS))

    def proved_by(self, phone: str, code: str) -> Self:
        """Of this code, if the number is the resident's or, where they have none, of who acts for them."""
        found = indexes_of(phone)
        own = Q(resident__phone_index__in=found) | Q(resident__login__phone_index__in=found)
        in_force = Mandate.objects.active()
        agent = Q(resident__phone_index=None, mandate__agent__phone_index__in=found, mandate__in=in_force)
        return self.filter(own | agent, code=code)

    def live(self) -> Self:
        """Without an outcome yet: booked, or arrived and waiting."""
        return self.filter(status__in=LIVE)

    def over(self) -> Self:
        return self.exclude(status__in=LIVE)

    def holding(self) -> Self:
        """Taking a place of their slot."""
        return self.exclude(status__in=FREED)

    def to_come(self, at: dt.datetime) -> Self:
        return self.filter(status=Booking.Status.BOOKED, slot__starts_at__gt=at)

    def on(self, day: dt.date) -> Self:
        return self.filter(day=day)

    def stranded(self, at: dt.datetime) -> Self:
        """Booked for a time that no longer takes place: staff have to move them or call them off."""
        return self.filter(stranded_at(at))

    def with_stranded(self, at: dt.datetime) -> Self:
        """Each row says as `is_stranded` whether it is one of `stranded`."""
        condition = ExpressionWrapper(stranded_at(at), output_field=BooleanField())
        return self.annotate(is_stranded=condition)

    def unfinished(self, today: dt.date) -> Self:
        """Of earlier days and still without an outcome."""
        return self.live().filter(day__lt=today)

    def latest_first(self) -> Self:
        return self.order_by("-day", "-id")

    def shown(self) -> Self:
        """With the related rows that a line of a list shows."""
        return self.select_related("item", "resident", "slot__counter__facility")

    def figures(self, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
        """Counts per item, by channel and by outcome, of slots from `first` to `last`."""
        counts = {f"via_{via}": Count("pk", filter=Q(via=via)) for via in Via.values}
        counts |= {status: Count("pk", filter=Q(status=status)) for status in Booking.Status.values}
        rows = self.filter(day__range=(first, last)).values("item__code", "item__name_zh", "item__name_en")
        return list(rows.annotate(total=Count("pk"), **counts).order_by("-total", "item__code"))


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


class Booking(models.Model):
    """One person's appointment for one item. Every change of state is a verb in services/actions."""

    class Status(models.TextChoices):
        BOOKED = "booked", _("booked")
        ARRIVED = "arrived", _("arrived")
        SERVED = "served", _("served")
        NO_SHOW = "no_show", _("did not come")
        EXCUSED = "excused", _("excused")
        CANCELLED = "cancelled", _("cancelled")
        REVOKED = "revoked", _("called off by us")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="bookings", verbose_name=_("community")
    )
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings", verbose_name=_("time"))
    item = models.ForeignKey(
        ServiceItem, models.PROTECT, related_name="bookings", verbose_name=_("service item")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="bookings", verbose_name=_("resident")
    )
    code = models.CharField(_("booking code"), max_length=8, unique=True, default=new_code, editable=False)
    day = models.DateField(_("day"))
    # Among the resident's live bookings of that day: by its unique key those that are made at once wait for
    # each other.
    ordinal = models.PositiveSmallIntegerField(default=1, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.BOOKED)
    status_at = models.DateTimeField(_("since"))
    via = models.CharField(_("made"), max_length=8, choices=Via)
    booked_at = models.DateTimeField(_("made at"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    # Of a booking in somebody's name; empty for one's own and for those that staff made.
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name=_("mandate")
    )
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    age_reason = models.CharField(_("why outside the ages"), max_length=120, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)

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
                fields=["resident", "item", "day"],
                condition=Q(status__in=["booked", "arrived"]),
                name="booking_one_live_per_day",
                violation_error_message=_("There is already a booking for this person, item and day."),
            ),
            models.UniqueConstraint(
                fields=["resident", "day", "ordinal"],
                condition=Q(status__in=["booked", "arrived"]),
                name="booking_ordinal_once_a_day",
                violation_error_message=_("There is already a booking for this person, item and day."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("booking", args=[self.code])

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def cancellable_until(self) -> dt.datetime:
        """Until then the resident may cancel or move it; afterwards by phone only."""
        return self.slot.starts_at - dt.timedelta(hours=self.item.cancel_hours)


LIVE = [Booking.Status.BOOKED, Booking.Status.ARRIVED]
FREED = [Booking.Status.CANCELLED, Booking.Status.REVOKED]
