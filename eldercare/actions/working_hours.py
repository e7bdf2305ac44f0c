"""When members of the care team work, and whether care lies within it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.booking.shifts import dated_shift_spans
from circle.calendar.opening_hours import Span, Timetable
from circle.calendar.working_days import ONE_DAY, Calendar
from circle.models import User
from eldercare.models import CareBooking, WorkerShift

EVERYWHERE = Timetable(hours=[])  # working hours are limited by no place


class Rota:
    """The working hours of these people from one day to another, both included; three queries."""

    def __init__(self, community: int, people: Iterable[User], first: dt.date, last: dt.date) -> None:
        calendar = Calendar.load(first - ONE_DAY, last)  # the night before reaches into the first day
        shifts: dict[int, list[WorkerShift]] = defaultdict(list)
        rows = WorkerShift.objects.filter(worker__community=community, worker__user__in=people)
        for shift in rows.select_related("worker"):
            shifts[shift.worker.user_id].append(shift)
        days = (last - calendar.first).days
        self.spans = {
            user: join_spans(span for span, _shift in dated_shift_spans(own, EVERYWHERE, calendar, days))
            for user, own in shifts.items()
        }

    def hours_on(self, user: int, day: dt.date) -> list[Span] | None:
        """Those that begin on that day; None of somebody who works whenever care is given."""
        if user not in self.spans:
            return None
        return [span for span in self.spans[user] if span.start.date() == day]

    def covers(self, user: int, booking: CareBooking) -> bool:
        """Whether they work the whole time; of a request for a day, whether they work on it at all."""
        if user not in self.spans or booking.day is None:
            return True
        slot = booking.slot
        if slot is None:
            return bool(self.hours_on(user, booking.day))
        return any(span.start <= slot.starts_at and slot.ends_at <= span.end for span in self.spans[user])


def join_spans(spans: Iterable[Span]) -> list[Span]:
    """In order; those that touch are one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def refuse_off_shift(booking: CareBooking, crew: Iterable[User]) -> None:
    """Refuses: off_shift."""
    if booking.day is None:
        return
    people = list(crew)
    rota = Rota(booking.community_id, people, booking.day, booking.day)
    for each in people:
        if not rota.covers(each.pk, booking):
            raise ValidationError(
                _("%(name)s does not work at that time."), code="off_shift", params={"name": each}
            )
