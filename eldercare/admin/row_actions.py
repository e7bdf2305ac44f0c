"""What staff do with one booking; a page asks first where the action cannot simply be undone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from circle.backoffice.appointments import address_after, status_words
from circle.backoffice.row_actions import RowAction, ask_or_perform, find_action
from circle.booking.days import choose_day
from circle.models import within_posts
from eldercare import actions
from eldercare.admin.pages import note_care_reading, require_work, sheet_of
from eldercare.backoffice.bookings import CARE_ACTIONS, CHANGE, OF_LEADERS, OF_WORKERS, as_crew
from eldercare.backoffice.day_sheet import can_read_needs
from eldercare.models import CareBooking
from eldercare.models.bookings import LEAD, led_by, visits_of


def action_of(request: HttpRequest, name: str) -> RowAction:
    require_work(request)
    action = find_action(CARE_ACTIONS, name)
    is_leaders = name in OF_LEADERS and request.user.has_perm(LEAD)
    if name not in OF_WORKERS and not is_leaders and not request.user.has_perm(action.permission):
        raise PermissionDenied
    return action


def booking_of(request: HttpRequest, code: str, action: RowAction) -> CareBooking:
    """404 where no post gives the right to it, 403 where it is seen but assigned to somebody else."""
    is_workers = action.name in OF_WORKERS and not request.user.has_perm(CHANGE)
    mine = visits_of(request.user) if is_workers else within_posts(request.user, CHANGE)
    if action.name in OF_LEADERS:
        mine |= led_by(request.user)
    bookings = CareBooking.objects.filter(mine).shown()
    found = bookings.select_related("community", "resident__login", "booked_by", "mandate")
    booking = get_object_or_404(found, code=code)
    if is_workers and not booking.has_in_crew(request.user):
        raise PermissionDenied
    return booking


@require_safe
def ask_first(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """carebooking/ask/<code>/<verb>/: says what the action will do, with the form it needs."""
    return answer(request, code, name, request.GET.get("back", ""))


@require_POST
def do(request: HttpRequest, code: str) -> HttpResponse:
    """carebooking/do/<code>/: performs the action, then returns to the page it was chosen on."""
    return answer(request, code, request.POST.get("verb", ""), request.POST.get("back", ""))


def answer(request: HttpRequest, code: str, name: str, back: str) -> HttpResponse:
    action = action_of(request, name)
    booking = booking_of(request, code, action)
    note_care_reading(request, booking)

    def done(_outcome: Any) -> str:
        if name == "check" and booking.is_check_missing:
            return gettext("It would not be safe now: do not begin. Wait and check again, or call it off.")
        if name == "stop":
            return next_time_words(booking)
        return status_words(booking)

    return ask_or_perform(
        request,
        as_crew(action, booking, request.user),
        booking,
        lazy(address, str)(booking, back),  # afterwards: the sheet of the day that was agreed on
        done=done,
        url=reverse("admin:eldercare_carebooking_do", args=[booking.code]),
        hidden=[("verb", name), ("back", back)],
        about="admin/eldercare/_facts.html",
        booking=booking,
        hides_note=not can_read_needs(booking, request.user),
        **(times(request, booking) if name == "move" and booking.slot_id else {}),
    )


def times(request: HttpRequest, booking: CareBooking) -> dict[str, Any]:
    wanted = request.GET.get("day", "") or request.POST.get("day", "")
    slots = actions.times_to_move_to(booking, timezone.now()).order_by("starts_at")
    days, day = choose_day(slots, wanted)
    return {"days": days, "day": day, "fields": "admin/eldercare/_times.html"}


def next_time_words(booking: CareBooking) -> str:
    """What is said to the elder at once: nothing is charged, and when there is a place again."""
    for slot in actions.next_free_times(booking, timezone.now())[:1]:
        when = actions.format_day_and_time(slot.starts_at)
        return gettext("Stopped, free of charge. The next free time: %(when)s. Offer it now.") % {
            "when": when
        }
    return gettext("Stopped, free of charge. No time is free: agree on a new day.")


def address(booking: CareBooking, back: str) -> str:
    change, sheet = "admin:eldercare_carebooking_change", sheet_of(booking.day)
    return address_after(booking, back, change=change, sheet=sheet, otherwise="day")
