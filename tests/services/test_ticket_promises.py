"""What the database itself refuses of a ticket, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction

from services.models import Counter, Ticket, TicketSeries
from tests import make

pytestmark = pytest.mark.django_db


def is_refused(rows, **values) -> bool:
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError:
        return True
    return False


def test_database_refuses_what_no_ticket_may_be():
    first = make.ticket()
    second = make.ticket(item=first.item)
    counter, clerk = first.facility.counters.get(), make.clerk(community=first.community)
    in_hand = {"status": "called", "counter": counter, "clerk": clerk, "calls": 1}
    mine = Ticket.objects.filter(pk=second.pk)
    for wrong in (
        {"number": first.number},
        {"number": 0},
        {"calls": 4},
        {"status": "called", "clerk": clerk},
        {"status": "serving", "counter": counter},
    ):
        assert is_refused(mine, **wrong), wrong
    Ticket.objects.filter(pk=first.pk).update(**in_hand)
    assert is_refused(mine, **in_hand)
    assert not is_refused(mine, **in_hand | {"clerk": make.clerk(community=first.community)})
    assert is_refused(Counter.objects.filter(pk=counter.pk), ticket_prefix="P")
    assert is_refused(Counter.objects.filter(pk=counter.pk), ticket_prefix="a")
    values = {"facility": first.facility, "day": first.day, "prefix": "A"}
    with pytest.raises(IntegrityError), transaction.atomic():
        TicketSeries.objects.create(**values)
