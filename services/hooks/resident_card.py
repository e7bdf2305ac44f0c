"""What the hall offers on a resident's card: their bookings, and booking for them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.backoffice.appointments import card_rows
from circle.backoffice.resident_card import CardAction, CardRow, CardSection
from circle.formats.language import is_english
from circle.models import Facility, Resident, User, within_posts
from services.backoffice.bookings import BOOKING_ACTIONS
from services.backoffice.cases import IDENTITY, REQUEST
from services.backoffice.certificates import ISSUE
from services.backoffice.loans import LEND
from services.backoffice.registers import ENTER
from services.backoffice.repairs import REPORT
from services.backoffice.waiting import JOIN
from services.models import AgencyCase, AidLoan, Booking, CaseStatus, IdentitySeen, RegisterEntry, Repair
from services.models.cases import VIEW as VIEW_CASES
from services.models.loans import VIEW as VIEW_LOANS
from services.models.repairs import VIEW as VIEW_REPAIRS

VIEW, ADD = "services.view_booking", "services.add_booking"


def card_section(resident: Resident, user: User) -> CardSection | None:
    standing = standing_of(resident, user)
    listed = standing.rows
    new_entry = [
        *case_actions(resident, user, is_seen=standing.is_seen),
        *new_matter_actions(resident, user),
    ]
    if not user.has_perm(VIEW):
        is_empty = not (listed or new_entry)
        return None if is_empty else CardSection("registers", _("Registers and loans"), listed, new_entry)
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


@dataclass(frozen=True)
class Standing:
    """How the person stands with the hall: special registers, errands, aids that are lent, repairs,
    and whether staff have seen who they are."""

    rows: list[CardRow]
    is_seen: bool


def standing_of(resident: Resident, user: User) -> Standing:
    """In one query for the five tables."""
    listed = RegisterEntry.objects.for_user(user).live().filter(resident=resident)
    cases = AgencyCase.objects.filter(within_posts(user, VIEW_CASES), resident=resident).live()
    loans = AidLoan.objects.filter(within_posts(user, VIEW_LOANS), resident=resident).holding()
    repairs = Repair.objects.filter(within_posts(user, VIEW_REPAIRS), resident=resident).live()
    seen = IdentitySeen.objects.filter(resident=resident)
    parts: list[Any] = [
        union_columns(listed, "registerentry", "entered_at"),
        union_columns(cases, "agencycase", "status_at"),
        union_columns(loans, "aidloan", "status_at", item="stock"),
        repairs.order_by().values_list(Value("repair"), "pk", "place", "place", "status", "status_at"),
        seen.order_by().values_list(Value(""), "pk", Value(""), Value(""), "paper", "seen_at"),
    ]
    found = list(parts[0].union(*parts[1:]))
    return Standing([card_row(*row) for row in found if row[0]], any(not row[0] for row in found))


def union_columns(rows: Any, name: str, moment: str, item: str = "item") -> Any:
    names = (f"{item}__name_zh", f"{item}__name_en")
    return rows.order_by().values_list(Value(name), "pk", *names, "status", moment)


MATTERS = {"registerentry_enter": ENTER, "aidloan_lend": LEND, "repair_report": REPORT}
STATES: dict[str, Any] = {
    "registerentry": RegisterEntry.Status,
    "agencycase": CaseStatus,
    "aidloan": AidLoan.Status,
    "repair": Repair.Status,
}


def card_row(name: str, pk: int, zh: str, en: str, status: str, at: dt.datetime) -> CardRow:
    return CardRow(
        title=(en or zh) if is_english() else (zh or en),
        url=reverse(f"admin:services_{name}_change", args=[pk]),
        state=STATES[name](status).label,
        note=at,
    )


def case_actions(resident: Resident, user: User, *, is_seen: bool) -> list[CardAction]:
    """Asking for errands in their name; and that somebody has seen who they are, while nobody has."""
    if not user.has_perm(REQUEST.permission) or resident.died_on:
        return []
    query = urlencode({"resident": str(resident.code)})
    return [
        CardAction(str(each.label), f"{reverse(f'admin:services_agencycase_{each.name}')}?{query}")
        for each in ([REQUEST] if is_seen else [REQUEST, IDENTITY])
    ]


def new_matter_actions(resident: Resident, user: User) -> list[CardAction]:
    """What can be begun for them besides bookings and errands."""
    if resident.died_on:
        return []
    query = urlencode({"resident": str(resident.code)})
    return [
        CardAction(str(action.label), f"{reverse(f'admin:services_{page}')}?{query}")
        for page, action in MATTERS.items()
        if user.has_perm(action.permission)
    ]


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
    found = Booking.objects.filter(code=code).values_list("resident", flat=True).first()
    for model in (AgencyCase, AidLoan, Repair):
        found = found or model.objects.filter(code=code).values_list("resident", flat=True).first()
    return found
