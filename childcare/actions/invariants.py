"""What must hold between applications, stays, seats and days; each sentence names a row that breaks it."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.timezone import localdate

from childcare.models import Application, Offer, Seat, SeatDay, Stay
from childcare.models.applications import HOLDING


def seat_violations() -> Iterator[str]:
    booked = Stay.objects.booked()
    for each in Application.objects.holding().exclude(pk__in=booked.values("application")):
        yield f"application {each.pk}: holds a place and has no seat"
    stayed = Q(stay__application__status="left", day__lte=F("stay__application__last_day"))
    coming = SeatDay.objects.filter(~stayed, day__gt=localdate())
    coming = coming.exclude(stay__application__status__in=HOLDING)
    for pk in sorted(set(coming.order_by().values_list("stay__application", flat=True))):
        yield f"application {pk}: has seats and holds no place"
    yield from mismatched_seats()
    pending = Offer.objects.pending().values("application")
    offered = Application.objects.filter(status=Application.Status.OFFERED)
    for each in offered.exclude(pk__in=pending):
        yield f"application {each.pk}: offered a place without an offer"
    for each in Application.objects.filter(offer__isnull=False).exclude(offer__application=F("pk")):
        yield f"application {each.pk}: the offer of another one"
    for offer in Offer.objects.pending().exclude(application__in=offered):
        yield f"offer {offer.pk}: waits for an answer of an application that has no open offer"


def mismatched_seats() -> Iterator[str]:
    for seat in Seat.objects.exclude(band=F("nursery_class__band")):
        yield f"seat {seat.pk}: of another band than its class"
    other = Q(child__isnull=False) & ~Q(child=F("stay__application__child"))
    outside = Q(day__lt=F("stay__starts_on")) | Q(day__gt=F("stay__ends_on")) | Q(stay__is_missing=True)
    elsewhere = ~Q(seat__nursery_class=F("stay__nursery_class"))
    wrong = SeatDay.objects.filter(other | outside | elsewhere)
    for pk in sorted(set(wrong.order_by().values_list("stay", flat=True))):
        yield f"stay {pk}: days of another child, class or time"
