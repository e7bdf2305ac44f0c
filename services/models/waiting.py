import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circle.booking.waiting import Waiting, WaitingQuerySet
from circle.models import Facility, Mandate, Resident, User, within_posts
from services.models.bookings import Booking
from services.models.catalogue import ServiceItem
from services.models.counters import Slot


class HallWaitingQuerySet(WaitingQuerySet):
    def for_user(self, user: User) -> Self:
        """Of the people whom this login may act for, and as staff of the community."""
        return self.filter(within_posts(user, "services.view_hallwaiting") | own_lines(user))

    def mine(self, user: User) -> Self:
        return self.filter(own_lines(user))

    def shown(self) -> Self:
        return self.select_related(
            "item", "resident", "facility", "slot__counter__facility", "booking", "community"
        )

    def to_serve(self, slot: Slot) -> Self:
        """Who may be offered a place of this slot, in order; without those who have the item that day."""
        booked = Booking.objects.live().filter(
            resident=OuterRef("resident"), item=OuterRef("item"), day=slot.day
        )
        places = Q(facility=None) | Q(facility=slot.counter.facility_id)
        found = self.waiting().filter(
            places,
            ~Exists(booked),
            item__counters=slot.counter_id,
            item__status=ServiceItem.Status.ACTIVE,
            item__is_bookable=True,
            first_day__lte=slot.day,
            last_day__gte=slot.day,
            resident__died_on=None,
            resident__merged_into=None,
        )
        return found.select_related("item", "resident__login", "mandate__agent", "community").in_line()

    def lapsed(self, at: dt.datetime) -> Self:
        return self.filter(status="offered", offer_until__lte=at)

    def without_place(self) -> Self:
        """Offered a place that has been closed since."""
        gone = ~Q(slot__closed_by="") | Q(slot__counter__is_active=False)
        gone |= Q(slot__counter__facility__is_published=False) | ~Q(item__status=ServiceItem.Status.ACTIVE)
        return self.filter(gone, status="offered")


def own_lines(user: User) -> Q:
    return Q(resident__in=Resident.objects.represented_by(user, Mandate.Scope.BOOKINGS).values("pk"))


class HallWaiting(Waiting):
    """Somebody who waits for a time of one item, at one hall or at any."""

    item = models.ForeignKey(
        ServiceItem, models.PROTECT, related_name="waiting", verbose_name=_("service item")
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    # Of an offer: one of its places is claimed for it.
    slot = models.ForeignKey(
        Slot, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("time")
    )
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, blank=True, related_name="waited", verbose_name=_("booking")
    )

    objects = HallWaitingQuerySet.as_manager()

    class Meta(Waiting.Meta):
        verbose_name = _("place in the waiting list")
        verbose_name_plural = _("waiting list")
        ordering = ["joined_at", "pk"]
        indexes = [models.Index(fields=["community", "status", "joined_at"], name="hallwaiting_line")]
        constraints = [
            *Waiting.Meta.constraints,
            models.UniqueConstraint(
                fields=["resident", "item"],
                condition=Q(status__in=["waiting", "offered"]),
                name="hallwaiting_once",
                violation_error_message=_("This person is waiting for it already."),
            ),
            models.CheckConstraint(
                condition=Q(status="offered", slot__isnull=False) | ~Q(status="offered") & Q(slot=None),
                name="hallwaiting_offer_holds_place",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("waiting", args=[self.code])

    @property
    def position(self) -> int:
        """Who joined earlier and still waits for this item, and then this one."""
        before = HallWaiting.objects.waiting().filter(item=self.item_id)
        earlier = Q(joined_at__lt=self.joined_at) | Q(joined_at=self.joined_at, pk__lt=self.pk)
        return before.filter(earlier).count() + 1
