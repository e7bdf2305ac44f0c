"""Care hit by a closure, other hours, a kind no longer offered or an absence: the hook `appointments`."""

import datetime as dt
from dataclasses import replace

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from circle.backoffice.row_actions import pass_row_as
from circle.booking.affected import Appointments
from circle.booking.change_rules import format_day_and_time
from eldercare.actions import move_to_like_time, revoke_booking
from eldercare.actions.canteen import revoke_meal
from eldercare.actions.canteen.giving_up import keep_meal
from eldercare.models import CareBooking, MealOrder
from eldercare.models.bookings import CareBookingQuerySet


def care_appointments() -> list[Appointments]:
    care = Appointments(
        name="care",
        stranded=stranded_care,
        describe=describe_care,
        place_of=lambda booking: booking.kind.facility,
        starts_at=lambda booking: booking.starts_at or booking.day,
        permission="eldercare.change_carebooking",
        queue=f"{reverse('admin:eldercare_carebooking_changelist')}?attention=stranded",
        call_off=pass_row_as("booking", revoke_booking),
        move=pass_row_as("booking", move_to_like_time),
    )
    crewless = replace(
        care,
        name="care_crew",
        stranded=care_without_crew,
        describe=describe_with_crew,
        queue=f"{reverse('admin:eldercare_carebooking_changelist')}?attention=crew",
        concerns_group=False,
    )
    return [care, crewless, meals_off()]


def meals_off() -> Appointments:
    """Meals of days on which the canteen is closed; a meal is not moved to another day."""
    return Appointments(
        name="meals",
        stranded=stranded_meals,
        describe=describe_meal,
        place_of=lambda order: order.dish.menu.facility,
        starts_at=lambda order: order.day,
        permission="eldercare.change_mealorder",
        queue=reverse("admin:eldercare_mealorder_changelist", query={"attention": "closed"}),
        call_off=pass_row_as("order", revoke_meal),
        move=pass_row_as("order", keep_meal),
        concerns_group=False,
    )


def stranded_meals(at: dt.datetime) -> QuerySet[MealOrder]:
    return MealOrder.objects.stranded(localdate(at)).shown().order_by("day", "meal", "pk")


def describe_meal(order: MealOrder) -> str:
    day = date_format(order.day, "MONTH_DAY_FORMAT")
    return f"{day} · {order.resident} · {order.dish.name} · {order.code}"


def stranded_care(at: dt.datetime) -> CareBookingQuerySet:
    return with_rows(CareBooking.objects.stranded(at))


def care_without_crew(at: dt.datetime) -> CareBookingQuerySet:
    """What is stranded as well is asked about as such."""
    stranded = CareBooking.objects.stranded(at).values("pk")
    return with_rows(CareBooking.objects.without_crew(at).exclude(pk__in=stranded))


def with_rows(rows: CareBookingQuerySet) -> CareBookingQuerySet:
    return rows.order_by("day", "starts_at", "pk").select_related(
        "community",
        "kind__facility__community",
        "slot",
        "resident__login",
        "mandate__agent",
        "assigned_to",
        "assistant",
    )


def describe_care(booking: CareBooking) -> str:
    day = date_format(booking.day, "MONTH_DAY_FORMAT") if booking.day else ""
    when = format_day_and_time(booking.starts_at) if booking.starts_at else day
    return f"{when} · {booking.resident} · {booking.kind.name} · {booking.code}"


def describe_with_crew(booking: CareBooking) -> str:
    crew = "、".join(str(worker) for worker in booking.crew)
    return f"{describe_care(booking)} · {crew}"
