"""The list and the page of an app's appointments in the back office."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.resident_card import CardRow
from circle.backoffice.row_actions import RowAction, available_actions, card_actions
from circle.backoffice.site import ReadOnlyAdmin
from circle.models import User


class AppointmentAdmin(ReadOnlyAdmin):
    """Read only: all that is done to one is a button of its table of actions."""

    row_actions: Sequence[RowAction]
    show_full_result_count = False
    view_on_site = False

    @admin.display(description=_("phone"))
    def phone(self, booking: Any) -> str:
        masked: str = booking.resident.masked_phone
        return masked

    def note_reading(self, request: HttpRequest, booking: Any) -> None:
        """Of an app whose pages are recorded when they are read."""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        booking = self.get_object(request, object_id)
        may_act = booking is not None and self.may_act(request, booking)
        if booking is not None:
            self.note_reading(request, booking)
        more = {"verbs": available_actions(self.row_actions, booking, timezone.now()) if may_act else []}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))


def address_after(booking: Any, back: str, *, change: str, sheet: str, otherwise: str) -> str:
    """The page on which an action was chosen: the person's card, the booking itself or the day's sheet."""
    known = {
        "card": reverse("admin:circle_resident_card", args=[booking.resident.code]),
        "change": reverse(change, args=[booking.pk]),
        "day": sheet,
    }
    return known.get(back, known[otherwise])


CARD_SHOWN = 5


def card_rows(
    bookings: Any,
    user: User,
    actions: Sequence[RowAction],
    *,
    name: str,
    title: Callable[[Any], Any],
    note: Callable[[Any], Any],
) -> list[CardRow]:
    """The latest of these on the resident's card; `name`: of the model in addresses of the back office."""
    at = timezone.now()
    return [
        CardRow(
            title=title(booking),
            url=reverse(f"admin:{name}_change", args=[booking.pk]),
            state=appointment_state(booking),
            note=note(booking),
            acts=card_actions(
                available_actions(actions, booking, at, user),
                booking.code,
                ask=f"admin:{name}_ask",
                do=f"admin:{name}_do",
            ),
        )
        for booking in bookings.with_stranded(at).latest_first()[:CARD_SHOWN]
    ]


def appointment_state(booking: Any) -> str:
    """Both where two are true: booked or confirmed, and for a time that no longer takes place."""
    status: str = booking.get_status_display()
    closed = pgettext("of a booking", "time closed")
    return f"{status} · {closed}" if booking.is_stranded else status


def status_words(booking: Any) -> str:
    """What is said when something has been done to it."""
    words = {"name": booking.resident.name, "code": booking.code, "status": booking.get_status_display()}
    return gettext("%(name)s, %(code)s: %(status)s.") % words


def booking_within_reach(request: HttpRequest, rows: Any, permission: str, code: str) -> Any:
    """Of this code, where a post allows that."""
    require_permissions(request, permission)
    return get_object_or_404(rows.filter(within_reach(request, permission)), code=code)
