"""The hall of the second community of the demo: a few items, one counter, three weeks of bookings."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from django.utils import timezone

from circle.audit.seals import seal_records
from circle.demo.messages import send_demo_messages
from circle.demo.staff import DISTRICT_CLERK
from circle.models import Community
from services import actions
from services.demo.catalogue import load_catalogue
from services.demo.hall import ONE_DAY, PAST, POPULAR, Month, add_counter, early_morning, read_counters
from services.models import Booking

PLACES = ("hall", "health-station", "elder-station")
ENDINGS = ["served"] * 6 + ["no_show", "no_show", "revoked", "cancelled"]


def load_district(community: Community) -> None:
    """The hook `demo_district`. Bookings are made only where there are none."""
    load_catalogue(community, codes=POPULAR)
    for row in chain.from_iterable(read_counters(place) for place in PLACES):
        add_counter(community, row)
    now = timezone.localtime()
    if Booking.objects.filter(community=community).exists():
        actions.lay_out_slots(community=community, at=now)
        return
    month = OverbookedMonth(community, now, clerk=DISTRICT_CLERK)
    for number in range(-PAST, 1):
        day = now.date() + number * ONE_DAY
        if number % 7 == 0:
            actions.lay_out_slots(community=community, at=min(early_morning(day), now))
        month.book_day(day)
    send_demo_messages(now)
    seal_records(community)


class OverbookedMonth(Month):
    """Where more is called off than in the first community."""

    endings: Sequence[str] = ENDINGS

    def ways_to_end(self, booking: Booking) -> dict[str, Callable[[], Any]]:
        start = booking.slot.starts_at
        return super().ways_to_end(booking) | {
            "revoked": lambda: actions.revoke_booking(
                booking=booking, at=start - ONE_DAY / 24, by=self.clerk, reason="窗口人手不足（演示）"
            )
        }
