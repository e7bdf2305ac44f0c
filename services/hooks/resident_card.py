"""What the hall offers on a resident's card: their bookings, and booking for them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.backoffice.resident_card import CardAction, CardRow, CardSection
from circle.models import Facility, Resident, User, within_posts
from services.backoffice.bookings import Verb, available_actions
from services.models import Booking

VIEW, ADD, CHANGE = "services.view_booking", "services.add_booking", "services.change_booking"
SHOWN = 5


def card_section(resident: Resident, user: User) -> CardSection | None:
    if not user.has_perm(VIEW):
        return None
    own = Booking.objects.filter(within_posts(user, VIEW), resident=resident)
    rows = [card_row(booking, user) for booking in own.shown().latest_first()[:SHOWN]]
    return CardSection(
        "bookings", _("Bookings at the one-stop hall"), rows, new_booking_actions(resident, user)
    )


def card_row(booking: Booking, user: User) -> CardRow:
    verbs = available_actions(booking, timezone.now()) if user.has_perm(CHANGE) else []
    return CardRow(
        title=booking.item.name,
        url=reverse("admin:services_booking_change", args=[booking.pk]),
        state=booking.get_status_display(),
        note=localtime(booking.slot.starts_at),
        acts=[card_action(booking, verb) for verb in verbs],
    )


def card_action(booking: Booking, verb: Verb) -> CardAction:
    """Both ways lead back to the card."""
    if verb.asks:
        url = reverse("admin:services_booking_ask", args=[booking.code, verb.name])
        return CardAction(verb.label, f"{url}?back=card")
    sends = {"verb": verb.name, "back": "card"}
    return CardAction(verb.label, reverse("admin:services_booking_do", args=[booking.code]), sends)


def new_booking_actions(resident: Resident, user: User) -> list[CardAction]:
    if not user.has_perms([ADD, VIEW]) or resident.died_on:
        return []
    return booking_actions_at(Facility.objects.filter(within_posts(user, ADD)), resident, "time")


def home_visit_actions(resident: Resident) -> list[CardAction]:
    """The hook `doorstep`."""
    return booking_actions_at(Facility.objects.all(), resident, "door")


def booking_actions_at(places: QuerySet[Facility], resident: Resident, page: str) -> list[CardAction]:
    """One for each hall; what for and when is asked on that page."""
    halls = places.filter(community=resident.community_id, counters__is_active=True).distinct()
    url = reverse(f"admin:services_booking_{page}")
    return [
        CardAction(
            _("Book at %(place)s") % {"place": hall.name},
            f"{url}?{urlencode({'facility': hall.short_code, 'resident': str(resident.code)})}",
        )
        for hall in halls.order_by("code")
    ]


def person_of_code(code: str) -> int | None:
    return Booking.objects.filter(code=code).values_list("resident", flat=True).first()
