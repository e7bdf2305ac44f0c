"""Many ask for the last aids at the same moment: none is promised twice, and none is left on the shelf."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F

from services import actions
from services.models import AidLoan, AidStock
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NOW = make.MORNING


def test_two_aids_go_to_two_of_six(at_once):
    stock, desk = make.aid_stock(capacity=2), make.clerk()
    people = [make.resident() for _number in range(6)]

    def reserve(person):
        return lambda: actions.reserve_aid(stock=stock, resident=person, via="phone", at=NOW, by=desk)

    answers = at_once(*map(reserve, people))
    refused = [each.code for each in answers if isinstance(each, ValidationError)]
    stock.refresh_from_db()
    assert (refused, stock.taken, AidLoan.objects.holding().count()) == (["full"] * 4, 2, 2)


def test_reservation_is_fetched_or_lapses_and_never_both(at_once):
    desk = make.clerk()
    loan = make.aid_loan(stock=make.aid_stock(capacity=1), by=desk)
    late = NOW.replace(day=NOW.day + 4)

    def fetch():
        row = AidLoan.objects.get(pk=loan.pk)
        return actions.hand_out_aid(loan=row, due_on=late.replace(day=late.day + 1).date(), at=late, by=desk)

    at_once(fetch, lambda: actions.tend_loans(at=late))
    loan.refresh_from_db()
    stock = AidStock.objects.get()
    assert stock.taken == (loan.status == "lent")


def test_without_the_condition_the_database_refuses_the_second(at_once):
    """The control: both see one on the shelf before either takes it."""
    stock = make.aid_stock(capacity=1)
    both_looked = threading.Barrier(2)

    def take():
        found = AidStock.objects.get(pk=stock.pk)
        assert found.left == 1
        both_looked.wait(timeout=20)
        AidStock.objects.filter(pk=found.pk).update(taken=F("taken") + 1)

    answers = at_once(take, take)
    assert [isinstance(each, IntegrityError) for each in answers].count(True) == 1
    AidStock.objects.update(taken=0)
