"""Clerks call at once: each number is called once, in order; and numbers drawn at once run without a gap."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from circle.models import Record
from services import actions
from services.models import Ticket, TicketSeries
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = make.moment(0, 9)
TICKETS, THREADS = 200, 8
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def hall():
    facility = make.bookable().counters.get().facility
    make.ticket_hall(facility=facility)
    return facility


def line_up(hall) -> list[int]:
    """Two hundred people, a second apart, as the database has them after so many draws."""
    rows = [
        Ticket(
            community=hall.community,
            facility=hall,
            day=AT.date(),
            prefix="A",
            number=number,
            origin="kiosk",
            drawn_at=AT + number * SECOND,
        )
        for number in range(1, TICKETS + 1)
    ]
    TicketSeries.objects.create(facility=hall, day=AT.date(), prefix="A", last=TICKETS)
    return [row.pk for row in Ticket.objects.bulk_create(rows)]


def test_two_clerks_call_each_of_two_hundred_once_and_in_order(at_once, hall):
    tickets = line_up(hall)
    counter, later = hall.counters.get(), AT + dt.timedelta(hours=1)

    def work():
        clerk, mine = make.clerk(community=hall.community), []
        while True:
            try:
                ticket = actions.call_next(counter=counter, at=later, by=clerk)
            except ValidationError as refused:
                return mine if refused.code == "nobody_waiting" else refused
            mine.append(ticket.pk)
            actions.start_serving(ticket=ticket, at=later, by=clerk)

    answers = at_once(work, work)
    assert all(isinstance(mine, list) for mine in answers), answers
    assert [mine == sorted(mine) for mine in answers] == [True, True]
    assert sorted(answers[0] + answers[1]) == tickets
    # In order between the two as well: only the one number that the other is calling may be overtaken.
    called = list(
        Record.objects.filter(verb="ticket_called").order_by("id").values_list("subject_id", flat=True)
    )
    places = [tickets.index(int(pk)) for pk in called]
    for number in range(1, len(places) + 1):
        assert len(set(range(max(places[:number]))) - set(places[:number])) <= 1


def test_without_the_lock_two_clerks_would_call_one_number(at_once, hall):
    """The control: both read who is first before either writes it."""
    line_up(hall)
    counter, both_read = hall.counters.get(), threading.Barrier(2)

    def call_without_lock():
        clerk = make.clerk(community=hall.community)
        first = Ticket.objects.for_counter(counter).waiting().in_line(AT).first()
        both_read.wait(timeout=20)
        with transaction.atomic():
            Ticket.objects.filter(pk=first.pk).update(
                status="called", counter=counter, clerk=clerk, calls=1, called_at=AT
            )
        return first.number

    assert at_once(call_without_lock, call_without_lock) == [1, 1]


def test_numbers_drawn_at_once_run_without_a_gap(at_once, hall):
    def draw():
        return [actions.draw_ticket(facility=hall, origin="kiosk", at=AT).number for _number in range(5)]

    answers = at_once(*[draw] * THREADS)
    assert all(isinstance(mine, list) for mine in answers), answers
    assert sorted(number for mine in answers for number in mine) == list(range(1, 5 * THREADS + 1))
