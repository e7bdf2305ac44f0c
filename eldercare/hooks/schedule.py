"""What runs every minute, and the invariants that can be checked: the hooks `tick` and `invariants`."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from circle.models import Community
from eldercare.actions import (
    close_duties,
    draw_due_terms,
    finish_series,
    finish_terms,
    forget_empty_slots,
    forgotten_people,
    lay_out_duties,
    lay_out_series,
    lay_out_sessions,
    lay_out_slots,
    raise_late_escorts,
    raise_missing_alarms,
    send_reminders,
    send_second_reminders,
    tell_ending_series,
    tell_rights,
    tell_who_comes,
    tell_who_looks_in,
    tend_class_lines,
)
from eldercare.actions.alarms import bookings_without_alarm
from eldercare.actions.canteen import align_cut_offs, charge_due, forget_old_dates, lay_out_meals
from eldercare.models import CareBooking, CareSlot, MealOrder, Portion, SchoolClass
from eldercare.models.bookings import FREED


def tick(at: dt.datetime) -> Iterator[str]:
    for community in Community.objects.all():
        yield f"{lay_out_slots(community=community, at=at)} care times laid out in {community.slug}"
        yield f"{lay_out_series(community=community, at=at)} dates of series laid out in {community.slug}"
    yield f"{finish_series(at=at)} series over, or dates that waited in vain"
    yield f"{tell_ending_series(at=at)} told that a series runs out"
    yield f"{send_reminders(at=at) + send_second_reminders(at=at)} care reminders"
    yield f"{tell_who_comes(at=at)} told who comes"
    yield f"{tell_who_looks_in(at=at)} told which volunteer looks in"
    yield f"{raise_missing_alarms(at=at)} alarms raised about elders not at home"
    yield f"{raise_late_escorts(at=at)} alarms raised about elders not back with their escort"
    yield f"{close_duties(at=at)} visit duties missed"
    for community in Community.objects.all():
        yield f"{lay_out_duties(community=community, at=at)} visit duties laid out in {community.slug}"
    yield f"{tell_rights(at=at)} people told of a right that begins or a card that ends"
    yield f"{forget_empty_slots(at=at)} empty care times removed"
    yield from tick_school(at)
    yield from tick_canteen(at)


def tick_school(at: dt.datetime) -> Iterator[str]:
    yield f"{draw_due_terms(at=at)} school terms drawn"
    classes = SchoolClass.objects.current(localdate(at)).shown().order_by("pk")
    changed = sum(lay_out_sessions(school_class=each, at=at) for each in classes)
    yield f"{changed} meetings of classes laid out"
    yield f"{tend_class_lines(at=at)} places of the waiting lists of classes"
    yield f"{finish_terms(at=at)} enrolments over"


def tick_canteen(at: dt.datetime) -> Iterator[str]:
    yield f"{align_cut_offs(at=at)} days of the canteen with another time to order"
    for community in Community.objects.all():
        yield f"{lay_out_meals(community=community, at=at)} meals ordered by standing in {community.slug}"
    yield f"{charge_due(at=at)} lines of meal money"
    yield f"{forget_old_dates(at=at)} dates of standing orders over"


def find_violations() -> Iterator[str]:
    """Counters of slots, bookings against their slot, passed checks, and that nobody is forgotten."""
    for tag in forgotten_people():
        yield f"resident {tag.resident_id}: a reason to look in, and no duty of this period"
    slots = CareSlot.objects.annotate(occupied=Count("bookings", filter=~Q(bookings__status__in=FREED)))
    for slot in slots.exclude(taken=F("occupied")):
        yield f"care slot {slot.pk}: {slot.taken} taken, {slot.occupied} bookings hold a place"
    yield from find_school_violations()
    yield from find_canteen_violations()
    booked = CareBooking.objects.filter(slot__isnull=False)
    differing = booked.exclude(
        day=F("slot__day"),
        starts_at=F("slot__starts_at"),
        kind=F("slot__kind"),
        community=F("slot__community"),
    )
    for booking in differing:
        yield f"care booking {booking.pk}: its day, time, kind or community is not its slot's"
    for booking in bookings_without_alarm():
        yield f"care booking {booking.pk}: nobody was at home, and no alarm is open"
    checked = CareBooking.objects.filter(passed_check__isnull=False)
    for booking in checked.exclude(passed_check__booking=F("pk"), passed_check__is_passed=True):
        yield f"care booking {booking.pk}: its check is not its own, or was not passed"


def find_school_violations() -> Iterator[str]:
    """Whoever has a place, or is offered one, is counted in the class."""
    pupils = Count("enrolments", filter=Q(enrolments__status__in=["enrolled", "finished"]), distinct=True)
    offered = Count("waiting", filter=Q(waiting__status="offered"), distinct=True)
    classes = SchoolClass.objects.annotate(held=pupils + offered)
    for school_class in classes.exclude(taken=F("held")):
        yield f"class {school_class.pk}: {school_class.taken} taken, {school_class.held} hold a place"


def find_canteen_violations() -> Iterator[str]:
    """Every portion that is taken belongs to an order that was not cancelled."""
    kept = ~Q(dish__orders__status__in=MealOrder.FREED)
    held = Coalesce(Sum("dish__orders__portions", filter=kept), 0)
    rows = Portion.objects.filter(share=Portion.Share.RESERVED).annotate(held=held)
    for portion in rows.exclude(taken=F("held")):
        yield f"portion {portion.pk}: {portion.taken} taken, {portion.held} ordered"
    days = MealOrder.objects.exclude(day=F("dish__menu__day"), meal=F("dish__menu__meal"))
    for order in days:
        yield f"meal order {order.pk}: its day or meal is not that of its dish"
