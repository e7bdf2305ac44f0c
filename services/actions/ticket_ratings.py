"""Rating on the tablet of a hall: of who was served there a moment ago."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.actions import give_rating, open_rating
from circle.models import Facility, Rating
from services.models import Booking, Ticket

RECENTLY = dt.timedelta(minutes=10)


def subject_of(ticket: Ticket) -> tuple[str, int]:
    """Of somebody with a booking the booking is rated."""
    if ticket.booking_id:
        return Booking._meta.label_lower, ticket.booking_id
    return Ticket._meta.label_lower, ticket.pk


def last_visit(facility: Facility, counter: int, at: dt.datetime) -> Ticket | None:
    """Who was served last at this counter (0: at the hall), unless they have gone or have rated it."""
    rows = Ticket.objects.of_day(facility, localdate(at)).filter(
        status=Ticket.Status.DONE, done_at__gt=at - RECENTLY, done_at__lte=at
    )
    if counter:
        rows = rows.filter(counter=counter)
    last = rows.order_by("-done_at", "-pk").first()
    if last is None:
        return None
    rating = rating_of(last)
    return None if rating and rating.rated_at else last


def rating_of(ticket: Ticket) -> Rating | None:
    label, pk = subject_of(ticket)
    return Rating.objects.filter(subject_type=label, subject_id=pk).first()


def open_ticket_rating(*, ticket: Ticket, at: dt.datetime) -> Rating:
    """For whoever holds the number. Refuses: not_served, rule_missing, rule_wrong."""
    label, pk = subject_of(ticket)
    return open_rating(label=label, pk=pk, at=at)


@transaction.atomic
def rate_last_visit(*, facility: Facility, counter: int, ticket: int, level: int, at: dt.datetime) -> Rating:
    """Refuses: other_thing (somebody else was served meanwhile, or it is rated), and as `give_rating`."""
    last = last_visit(facility, counter, at)
    if last is None or last.pk != ticket:
        raise ValidationError(
            _("Somebody else has been served meanwhile. Please use the link on your phone."),
            code="other_thing",
        )
    rating = open_ticket_rating(ticket=last, at=at)
    return give_rating(rating=rating, level=level, at=at, channel=Rating.Channel.DEVICE)
