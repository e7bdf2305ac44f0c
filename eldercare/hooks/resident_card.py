"""What elder care offers on a resident's card: their care, and arranging some for them."""

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from circle.backoffice.resident_card import CardAction, CardRow, CardSection
from circle.models import Resident, User, within_posts
from eldercare.backoffice.bookings import ADD, CHANGE, VIEW, CareVerb, available_actions
from eldercare.models import CareBooking

SHOWN = 5


def card_section(resident: Resident, user: User) -> CardSection | None:
    if not user.has_perm(VIEW):
        return None
    own = CareBooking.objects.filter(within_posts(user, VIEW), elder=resident)
    rows = [card_row(booking, user) for booking in own.shown().latest_first()[:SHOWN]]
    url = f"{reverse('admin:eldercare_carebooking_what')}?{urlencode({'resident': str(resident.code)})}"
    may_add = user.has_perm(ADD) and resident.died_on is None
    return CardSection("care", _("Elder care"), rows, [CardAction(_("Arrange care"), url)] if may_add else [])


def home_visit_actions(resident: Resident) -> list[CardAction]:
    """The hook `doorstep`."""
    url = f"{reverse('admin:eldercare_carebooking_door')}?{urlencode({'resident': str(resident.code)})}"
    return [CardAction(_("Arrange care"), url)]


def card_row(booking: CareBooking, user: User) -> CardRow:
    verbs = available_actions(booking, timezone.now()) if user.has_perm(CHANGE) else []
    return CardRow(
        title=booking.kind.name,
        url=reverse("admin:eldercare_carebooking_change", args=[booking.pk]),
        state=booking.get_status_display(),
        note=booking.day or "",
        acts=[card_action(booking, verb) for verb in verbs],
    )


def card_action(booking: CareBooking, verb: CareVerb) -> CardAction:
    """Both ways lead back to the card."""
    if verb.asks:
        url = reverse("admin:eldercare_carebooking_ask", args=[booking.code, verb.name])
        return CardAction(verb.label, f"{url}?back=card")
    sends = {"verb": verb.name, "back": "card"}
    return CardAction(verb.label, reverse("admin:eldercare_carebooking_do", args=[booking.code]), sends)


def person_of_code(code: str) -> int | None:
    return CareBooking.objects.filter(code=code).values_list("elder", flat=True).first()
