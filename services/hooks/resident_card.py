"""What the hall offers on a resident's card: their bookings, and booking for them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.backoffice.resident_card import Act, Part, Row
from circle.models import Facility, Resident, User, within_posts
from services.backoffice.bookings import Verb, possible
from services.models import Booking

LOOK, ADD, MAY = "services.view_booking", "services.add_booking", "services.change_booking"
SHOWN = 5


def part(resident: Resident, user: User) -> Part | None:
    if not user.has_perm(LOOK):
        return None
    own = Booking.objects.filter(within_posts(user, LOOK), resident=resident)
    rows = [row_of(booking, user) for booking in own.shown().latest_first()[:SHOWN]]
    return Part("bookings", _("Bookings at the one-stop hall"), rows, new_bookings(resident, user))


def row_of(booking: Booking, user: User) -> Row:
    verbs = possible(booking, timezone.now()) if user.has_perm(MAY) else []
    return Row(
        title=booking.item.name,
        url=reverse("admin:services_booking_change", args=[booking.pk]),
        state=booking.get_status_display(),
        note=localtime(booking.slot.starts_at),
        acts=[act_of(booking, verb) for verb in verbs],
    )


def act_of(booking: Booking, verb: Verb) -> Act:
    """Both ways lead back to the card."""
    if verb.asks:
        url = reverse("admin:services_booking_ask", args=[booking.code, verb.name])
        return Act(verb.label, f"{url}?back=card")
    sends = {"verb": verb.name, "back": "card"}
    return Act(verb.label, reverse("admin:services_booking_do", args=[booking.code]), sends)


def new_bookings(resident: Resident, user: User) -> list[Act]:
    if not user.has_perms([ADD, LOOK]) or resident.died_on:
        return []
    return acts_at(Facility.objects.filter(within_posts(user, ADD)), resident, "time")


def door_acts(resident: Resident) -> list[Act]:
    """The hook `doorstep`."""
    return acts_at(Facility.objects.all(), resident, "door")


def acts_at(places: QuerySet[Facility], resident: Resident, page: str) -> list[Act]:
    """One for each hall; what for and when is asked on that page."""
    halls = places.filter(community=resident.community_id, counters__is_active=True).distinct()
    url = reverse(f"admin:services_booking_{page}")
    return [
        Act(
            _("Book at %(place)s") % {"place": hall.name},
            f"{url}?{urlencode({'facility': hall.short_code, 'resident': str(resident.code)})}",
        )
        for hall in halls.order_by("code")
    ]


def person_of_code(code: str) -> int | None:
    return Booking.objects.filter(code=code).values_list("resident", flat=True).first()
