"""What the hall offers on a resident's card: their bookings, and booking for them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.backoffice.appointments import card_rows
from circle.backoffice.resident_card import CardAction, CardRow, CardSection
from circle.models import Facility, Resident, User, within_posts
from services.backoffice.bookings import BOOKING_ACTIONS
from services.backoffice.certificates import ISSUE
from services.backoffice.registers import ENTER
from services.backoffice.waiting import JOIN
from services.models import Booking, RegisterEntry

VIEW, ADD = "services.view_booking", "services.add_booking"


def card_section(resident: Resident, user: User) -> CardSection | None:
    listed, new_entry = register_rows(resident, user), new_entry_actions(resident, user)
    if not user.has_perm(VIEW):
        is_empty = not (listed or new_entry)
        return None if is_empty else CardSection("registers", _("Special registers"), listed, new_entry)
    own = Booking.objects.filter(within_posts(user, VIEW), resident=resident)
    rows = card_rows(
        own.shown(),
        user,
        BOOKING_ACTIONS,
        name="services_booking",
        title=lambda booking: booking.item.name,
        note=lambda booking: localtime(booking.slot.starts_at),
    )
    return CardSection(
        "bookings",
        _("Bookings at the one-stop hall"),
        [*rows, *listed],
        [*new_booking_actions(resident, user), *new_entry],
    )


def register_rows(resident: Resident, user: User) -> list[CardRow]:
    """The special registers in which the person stands now."""
    entries = RegisterEntry.objects.for_user(user).live().filter(resident=resident).select_related("item")
    return [
        CardRow(
            title=entry.item.name,
            url=reverse("admin:services_registerentry_change", args=[entry.pk]),
            state=entry.get_status_display(),
            note=entry.entered_at,
        )
        for entry in entries
    ]


def new_entry_actions(resident: Resident, user: User) -> list[CardAction]:
    if not user.has_perm(ENTER.permission) or resident.died_on:
        return []
    query = urlencode({"resident": str(resident.code)})
    return [CardAction(str(ENTER.label), f"{reverse('admin:services_registerentry_enter')}?{query}")]


def new_booking_actions(resident: Resident, user: User) -> list[CardAction]:
    if not user.has_perms([ADD, VIEW]) or resident.died_on:
        return []
    url = f"{reverse('admin:services_hallwaiting_join')}?{urlencode({'resident': str(resident.code)})}"
    halls = Facility.objects.filter(within_posts(user, ADD))
    acts = [*booking_actions_at(halls, resident, "time"), CardAction(str(JOIN.label), url)]
    if user.has_perm(ISSUE.permission):
        query = urlencode({"resident": str(resident.code)})
        acts.append(
            CardAction(str(ISSUE.label), f"{reverse('admin:services_committeecertificate_issue')}?{query}")
        )
    return acts


def home_visit_actions(resident: Resident) -> list[CardAction]:
    """The hook `home_visit`."""
    return booking_actions_at(Facility.objects.all(), resident, "door")


def booking_actions_at(places: QuerySet[Facility], resident: Resident, page: str) -> list[CardAction]:
    """One link for each hall; item and time are chosen on the page it opens."""
    halls = places.filter(community=resident.community_id, counters__is_active=True).distinct()
    url = reverse(f"admin:services_booking_{page}")
    return [
        CardAction(
            _("Book at %(place)s") % {"place": hall.name},
            f"{url}?{urlencode({'facility': hall.short_code, 'resident': str(resident.code)})}",
        )
        for hall in halls.order_by("code")
    ]


def person_of_code(code: str, user: User | None) -> int | None:
    return Booking.objects.filter(code=code).values_list("resident", flat=True).first()
