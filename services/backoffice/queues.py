"""What waits in the hall: the hook `queues`."""

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from circle.backoffice.queues import Queue
from circle.models import Facility, User, within_posts
from services.backoffice.case_boards import case_queues
from services.backoffice.loans import OF_LOANS
from services.backoffice.registers import OF_REGISTERS
from services.backoffice.repairs import OF_REPAIRS
from services.models import Booking, HallWaiting, Ticket
from services.models.bookings import FREED

VIEW_LINE, CALL = "services.view_hallwaiting", "services.change_ticket"


def hall_queues(user: User) -> list[Queue]:
    """What waits at the halls. The hook `queues`."""
    if not user.has_perm("services.view_booking"):
        return [*matter_queues(user), *case_queues(user)]
    own = Booking.objects.filter(within_posts(user, "services.view_booking"))
    url = reverse("admin:services_booking_changelist")
    return [
        *queues_of_today(own, user),
        Queue(
            gettext("Booked for a time that is closed"),
            own.stranded(now()),
            f"{url}?attention=stranded",
            urgent_if_any=True,
        ),
        *offer_queue(user),
        Queue(gettext("Objections against a no-show"), own.objected(), f"{url}?attention=objections"),
        Queue(
            gettext("Bookings of earlier days without an outcome"),
            own.unfinished(localdate()),
            f"{url}?attention=unfinished",
        ),
        *matter_queues(user),
        *case_queues(user),
    ]


def matter_queues(user: User) -> list[Queue]:
    """Special registers, aids that are lent, and repairs: of their three tables in one query."""
    mine = [table for table in (OF_REGISTERS, OF_LOANS, OF_REPAIRS) if user.has_perm(table.permission)]
    if not mine:
        return []
    parts = [
        table.rows(user).order_by().values_list(Value(number), "status", table.day)
        for number, table in enumerate(mine)
    ]
    found: list[Any] = list(parts[0].union(*parts[1:], all=True))
    return [
        queue
        for number, table in enumerate(mine)
        for queue in table.queues([(status, day) for which, status, day in found if which == number])
    ]


def offer_queue(user: User) -> list[Queue]:
    """Offers to people who have no phone or mail: staff tell them before the offer lapses."""
    offers = HallWaiting.objects.filter(within_posts(user, VIEW_LINE), status=HallWaiting.Status.OFFERED)
    waiting = offers.filter(resident__phone_index=None, resident__login=None)
    url = reverse("admin:services_hallwaiting_changelist")
    label = gettext("Places offered to people without a phone")
    return [Queue(label, waiting, f"{url}?status__exact=offered", urgent_if_any=True)]


def queues_of_today(own: "QuerySet[Booking]", user: User) -> list[Queue]:
    """All of today's bookings, and then each hall that has some."""
    counts = booked_by_hall(own, localdate())
    halls = Facility.objects.filter(pk__in=counts).order_by("community", "code")
    found = [Queue(gettext("Bookings today"), sum(counts.values()), reverse("admin:services_booking_days"))]
    found += waiting_with_number(user)
    for hall in halls:
        label = gettext("Today: %(place)s") % {"place": hall.name}
        url = reverse("admin:services_booking_day", args=[hall.short_code])
        found.append(Queue(label, counts[hall.pk], url))
    return found


def waiting_with_number(user: User) -> list[Queue]:
    """Who waits at the halls at this moment; leads to the windows."""
    if not user.has_perm(CALL):
        return []
    rows = Ticket.objects.filter(within_posts(user, CALL), day=localdate()).waiting()
    return [Queue(gettext("Waiting with a number"), rows, reverse("admin:services_ticket_windows"))]


def booked_by_hall(bookings: "QuerySet[Booking]", day: dt.date) -> dict[int, int]:
    """How many bookings hold a place that day, by the facility's key; a hall without any is left out."""
    rows = bookings.filter(day=day).exclude(status__in=FREED).values("slot__counter__facility").order_by()
    return dict(rows.annotate(count=Count("pk")).values_list("slot__counter__facility", "count"))
