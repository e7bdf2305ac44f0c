"""Elder care on the resident's card: the bookings, and a link to make one."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from circle.backoffice.resident_card import CardAction, CardRow, CardSection
from circle.backoffice.row_actions import available_actions, card_actions
from circle.models import Resident, User, within_posts
from eldercare.backoffice.bookings import ADD, CARE_ACTIONS, VIEW
from eldercare.models import CareBooking
from eldercare.models.profiles import PROFILE_VIEW

SHOWN = 5


def card_section(resident: Resident, user: User) -> CardSection | None:
    if not user.has_perm(VIEW):
        return adding_section(resident, user)
    own = CareBooking.objects.filter(within_posts(user, VIEW), elder=resident)
    own = own.with_stranded(timezone.now())
    rows = [card_row(booking, user) for booking in own.shown().latest_first()[:SHOWN]]
    may_add = user.has_perm(ADD) and resident.died_on is None
    acts = [arrange_action(resident)] if may_add else []
    return CardSection("care", _("Elder care"), rows, [*acts, *profile_actions(resident, user)])


def adding_section(resident: Resident, user: User) -> CardSection | None:
    """Of the hall clerk, who arranges care, and of the grid worker, who looks in."""
    if profile := profile_actions(resident, user):
        return CardSection("care", _("Elder care"), [], profile, is_readable=False)
    if not user.has_perm(ADD) or resident.died_on:
        return None
    return CardSection("care", _("Elder care"), [], [arrange_action(resident)], is_readable=False)


def arrange_action(resident: Resident) -> CardAction:
    url = f"{reverse('admin:eldercare_carebooking_what')}?{urlencode({'resident': str(resident.code)})}"
    return CardAction(_("Arrange care"), url)


def profile_actions(resident: Resident, user: User) -> list[CardAction]:
    if not user.has_perm(PROFILE_VIEW):
        return []
    return [CardAction(_("Profile"), reverse("admin:eldercare_visitduty_profile", args=[resident.code]))]


def home_visit_actions(resident: Resident) -> list[CardAction]:
    """The hook `home_visit`."""
    url = f"{reverse('admin:eldercare_carebooking_door')}?{urlencode({'resident': str(resident.code)})}"
    return [CardAction(_("Arrange care"), url)]


def card_row(booking: Any, user: User) -> CardRow:
    offered = available_actions(CARE_ACTIONS, booking, timezone.now(), user)
    return CardRow(
        title=booking.kind.name,
        url=reverse("admin:eldercare_carebooking_change", args=[booking.pk]),
        state=state_of(booking),
        note=booking.day or "",
        acts=card_actions(
            offered, booking.code, ask="admin:eldercare_carebooking_ask", do="admin:eldercare_carebooking_do"
        ),
    )


def state_of(booking: Any) -> str:
    """Both where two are true: confirmed, and for a time that was closed."""
    status: str = booking.get_status_display()
    closed = pgettext("of a booking", "time closed")
    return f"{status} · {closed}" if booking.is_stranded else status


def person_of_code(code: str, user: User | None) -> int | None:
    return CareBooking.objects.filter(code=code).values_list("elder", flat=True).first()
