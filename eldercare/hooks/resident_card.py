"""What elder care offers on a resident's card: their care, and arranging some for them."""

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from circle.backoffice.resident_card import Act, Part, Row
from circle.models import Resident, User, within_posts
from eldercare.backoffice.bookings import ADD, LOOK, MAY, CareVerb, possible
from eldercare.models import CareBooking

SHOWN = 5


def part(resident: Resident, user: User) -> Part | None:
    if not user.has_perm(LOOK):
        return None
    own = CareBooking.objects.filter(within_posts(user, LOOK), elder=resident)
    rows = [row_of(booking, user) for booking in own.shown().latest_first()[:SHOWN]]
    url = f"{reverse('admin:eldercare_carebooking_what')}?{urlencode({'resident': str(resident.code)})}"
    may_add = user.has_perm(ADD) and resident.died_on is None
    return Part("care", _("Elder care"), rows, [Act(_("Arrange care"), url)] if may_add else [])


def door_acts(resident: Resident) -> list[Act]:
    """The hook `doorstep`."""
    url = f"{reverse('admin:eldercare_carebooking_door')}?{urlencode({'resident': str(resident.code)})}"
    return [Act(_("Arrange care"), url)]


def row_of(booking: CareBooking, user: User) -> Row:
    verbs = possible(booking, timezone.now()) if user.has_perm(MAY) else []
    return Row(
        title=booking.kind.name,
        url=reverse("admin:eldercare_carebooking_change", args=[booking.pk]),
        state=booking.get_status_display(),
        note=booking.day or "",
        acts=[act_of(booking, verb) for verb in verbs],
    )


def act_of(booking: CareBooking, verb: CareVerb) -> Act:
    """Both ways lead back to the card."""
    if verb.asks:
        url = reverse("admin:eldercare_carebooking_ask", args=[booking.code, verb.name])
        return Act(verb.label, f"{url}?back=card")
    sends = {"verb": verb.name, "back": "card"}
    return Act(verb.label, reverse("admin:eldercare_carebooking_do", args=[booking.code]), sends)


def person_of_code(code: str) -> int | None:
    return CareBooking.objects.filter(code=code).values_list("elder", flat=True).first()
