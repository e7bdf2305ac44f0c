"""Two months of numbers drawn and called at the demo hall, by the actions that kiosk and clerks use."""

import datetime as dt
import random

from django.utils import timezone

from circle.calendar.working_days import Calendar
from circle.demo.staff import CLERK, demo_staff
from circle.models import Community, Facility
from services import actions
from services.models import Counter, Ticket, TicketHall

DAYS, A_DAY = 30, 5
EARLIER, A_DAY_EARLIER = 62, 2  # fewer, so that a whole month can be published
ORIGINS = ["phone", "kiosk", "kiosk", "desk"]
MINUTE = dt.timedelta(minutes=1)


def load_tickets(community: Community) -> None:
    """Of the past working days some numbers each; made only where the hall has no setting yet."""
    hall = Facility.objects.get(community=community, code="hall")
    _setting, is_new = TicketHall.objects.get_or_create(facility=hall, defaults={"community": community})
    if not is_new:
        return
    today = timezone.localdate()
    calendar = Calendar.load(today - dt.timedelta(days=EARLIER), today)
    counter = hall.counters.filter(items__isnull=False).earliest("code")
    month = Month(community, hall, counter)
    for back in range(EARLIER, 0, -1):
        day = today - dt.timedelta(days=back)
        if calendar.day(day).is_workday:
            month.serve_day(day, A_DAY if back <= DAYS else A_DAY_EARLIER)
    actions.close_earlier_days(at=timezone.now())


class Month:
    """The same month for the same day: chance is seeded."""

    def __init__(self, community: Community, hall: Facility, counter: Counter) -> None:
        self.hall, self.counter = hall, counter
        self.chance = random.Random(20261130)  # noqa: S311 - a demo, no secret
        self.clerk = demo_staff(community, CLERK)
        on = timezone.localdate()
        self.items = [item for item in counter.items.order_by("code") if item.is_offered_on(on)][:2]

    def serve_day(self, day: dt.date, times: int) -> None:
        """Each waits a while, and one in five does not answer the call."""
        at = timezone.make_aware(dt.datetime.combine(day, dt.time(9, 5)))
        for number in range(times):
            drawn_at = at + number * 25 * MINUTE + self.chance.randint(0, 9) * MINUTE
            self.draw(drawn_at, "wheelchair" if number == A_DAY - 1 and self.chance.random() < 0.3 else "")
            self.serve(drawn_at + self.chance.randint(1, 14) * MINUTE)

    def draw(self, at: dt.datetime, priority: str) -> Ticket:
        origin = self.chance.choice(ORIGINS)
        by = self.clerk if origin == "desk" else None
        item = self.chance.choice(self.items) if self.items and self.chance.random() < 0.8 else None
        return actions.draw_ticket(
            facility=self.hall, origin=origin, at=at, by=by, priority=priority, item=item
        )

    def serve(self, at: dt.datetime) -> None:
        ticket = actions.call_next(counter=self.counter, at=at, by=self.clerk)
        if self.chance.random() < 0.2:
            actions.skip_ticket(ticket=ticket, at=at + MINUTE, by=self.clerk)
            return
        actions.start_serving(ticket=ticket, at=at + MINUTE, by=self.clerk)
        length = self.chance.randint(3, 12) * MINUTE
        actions.finish_ticket(ticket=ticket, at=at + MINUTE + length, by=self.clerk)
