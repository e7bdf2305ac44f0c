"""Aids that are lent: reserved, handed out, reminded of, overdue, back; lost and found; who sees what."""

import datetime as dt
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from circle.models import Message
from circle.privacy.retention import run_retention
from services import actions
from services.hooks.personal_data import personal_data, plan_erasure
from services.hooks.schedule import find_violations
from services.models import AidLoan, AidStock
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
DAY = dt.timedelta(days=1)
DUE = NOW.date() + 14 * DAY


@pytest.fixture
def desk():
    return make.clerk()


@pytest.fixture
def stock():
    return make.aid_stock(capacity=1)


def refusal_of(act, **said) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**said)
    return refusal.value.code


def told() -> list[str]:
    return list(
        Message.objects.filter(event__startswith="aid_").order_by("id").values_list("event", flat=True)
    )


def left(stock: AidStock) -> tuple[int, int]:
    stock.refresh_from_db()
    assert not list(find_violations())
    return stock.capacity, stock.left


def test_aid_is_lent_late_and_returned(desk, stock):
    person = make.own_resident()
    loan = actions.reserve_aid(stock=stock, resident=person, via="online", at=NOW, by=person.login)
    assert (loan.fetch_by, left(stock)) == (NOW.date() + stock.held_days * DAY, (1, 0))
    actions.hand_out_aid(loan=loan, due_on=DUE, at=NOW, by=desk)
    eve = NOW.replace(hour=17) + 13 * DAY
    assert [actions.tend_loans(at=at) for at in (eve - 3 * DAY, eve, eve)] == [0, 1, 0]
    after = NOW + 15 * DAY
    assert [actions.tend_loans(at=after), actions.tend_loans(at=after + DAY)] == [1, 0]
    assert list(AidLoan.objects.late(after.date())) == [loan]
    assert told() == ["aid_reserved", "aid_lent", "aid_due", "aid_late"]
    actions.return_aid(loan=loan, at=after, by=desk)
    assert (loan.status, left(stock)) == ("returned", (1, 1))
    assert refusal_of(actions.return_aid, loan=loan, at=after, by=desk) == "already_returned"


def test_reservation_that_nobody_fetches_lapses(desk, stock):
    loan = make.aid_loan(stock=stock, by=desk)
    assert actions.tend_loans(at=NOW + stock.held_days * DAY) == 0
    late = NOW + (stock.held_days + 1) * DAY
    assert [actions.tend_loans(at=late), actions.tend_loans(at=late)] == [1, 0]
    loan.refresh_from_db()
    assert (loan.status, left(stock), told()[-1]) == ("lapsed", (1, 1), "aid_lapsed")
    assert (
        refusal_of(actions.hand_out_aid, loan=loan, due_on=DUE + 9 * DAY, at=late, by=desk) == "not_possible"
    )


def test_what_is_refused_has_its_code(desk, stock):
    person, stranger = make.own_resident(), make.resident_login()
    said = {"stock": stock, "resident": person, "via": "phone", "at": NOW, "by": desk}
    elsewhere = make.resident(community=make.community())
    assert refusal_of(actions.reserve_aid, **said | {"resident": elsewhere}) == "other_community"
    assert refusal_of(actions.reserve_aid, **said | {"via": "online", "by": stranger}) == "not_allowed"
    assert refusal_of(actions.lend_aid, **said, due_on=NOW.date()) == "due_wrong"
    assert refusal_of(actions.lend_aid, **said, due_on=NOW.date() + 91 * DAY) == "due_wrong"
    assert left(stock) == (1, 1)  # nothing of the refused ones remains
    loan = actions.lend_aid(**said, due_on=DUE)
    assert refusal_of(actions.reserve_aid, **said) == "already_borrowed"
    assert refusal_of(actions.reserve_aid, **said | {"resident": make.resident()}) == "full"
    assert refusal_of(actions.extend_loan, loan=loan, due_on=DUE, at=NOW, by=desk) == "due_wrong"
    assert refusal_of(actions.cancel_loan, loan=loan, via="phone", at=NOW, by=desk) == "not_possible"
    assert refusal_of(actions.return_aid, loan=loan, at=NOW, by=desk, is_usable=False) == "reason_missing"
    AidStock.objects.update(is_offered=False)
    assert refusal_of(actions.reserve_aid, **said | {"resident": make.resident()}) == "not_lent"


def test_longer_loan_is_reminded_of_anew(desk, stock):
    loan = make.aid_loan(stock=stock, by=desk)
    actions.hand_out_aid(loan=loan, due_on=DUE, at=NOW, by=desk)
    actions.tend_loans(at=NOW + 15 * DAY)
    loan.refresh_from_db()
    actions.extend_loan(loan=loan, due_on=DUE + 7 * DAY, at=NOW + 15 * DAY, by=desk)
    assert not AidLoan.objects.late((NOW + 15 * DAY).date()).exists()
    assert actions.tend_loans(at=NOW + 30 * DAY) == 1


def test_lost_aid_leaves_the_stock_until_it_is_found(desk):
    stock = make.aid_stock(capacity=2)
    loan = make.aid_loan(stock=stock, by=desk)
    actions.hand_out_aid(loan=loan, due_on=DUE, at=NOW, by=desk)
    actions.lose_aid(loan=loan, reason="搬家时丢了", at=NOW, by=desk)
    assert left(stock) == (1, 1)
    actions.return_aid(loan=loan, at=NOW, by=desk)
    assert left(stock) == (2, 2)
    broken = make.aid_loan(stock=stock, by=desk, resident=make.resident())
    actions.hand_out_aid(loan=broken, due_on=DUE, at=NOW, by=desk)
    actions.return_aid(loan=broken, at=NOW, by=desk, is_usable=False, words="刹车坏了")
    assert left(stock) == (1, 1)


@pytest.mark.parametrize(
    "values",
    [
        {"status": "lent"},
        {"due_on": NOW.date()},
        {"lent_at": NOW, "due_on": DUE},
        {"lent_at": NOW, "due_on": DUE, "status": "lost"},
    ],
)
def test_database_refuses_a_loan_that_contradicts_itself(values):
    loan = make.aid_loan()
    with pytest.raises(IntegrityError), transaction.atomic():
        AidLoan.objects.filter(pk=loan.pk).update(**values)


def test_loan_is_exported_and_forgotten_once_it_is_over(desk, stock):
    call_command("seed_rules", stdout=StringIO())
    person = make.own_resident()
    loan = make.aid_loan(stock=stock, resident=person, by=desk)
    assert plan_erasure(person).open_matters
    actions.hand_out_aid(loan=loan, due_on=DUE, at=NOW, by=desk)
    actions.return_aid(loan=loan, at=NOW, by=desk, words="刹车松了，已修")
    assert not plan_erasure(person).open_matters
    [section] = [each for each in personal_data([person]) if each.code == "aid_loans"]
    assert "刹车松了" in str(section.rows)
    list(run_retention(NOW + 360 * DAY))
    assert AidLoan.objects.get().resident == person
    list(run_retention(NOW + 366 * DAY))
    assert (AidLoan.objects.get().resident.is_nobody, AidLoan.objects.get().words) == (True, "–")


@pytest.mark.usefixtures("in_the_morning")
def test_resident_reserves_and_cancels_on_the_pages(client, html, stock):
    person = make.own_resident()
    client.force_login(person.login)
    assert stock.name in html(client.get("/services/loans/"))
    [to] = [client.get(f"/en/services/loans/ask/{stock.code}/").url]
    assert "Shall we keep it" in html(client.get(to))
    page = client.post(to, follow=True)
    loan = AidLoan.objects.get()
    assert loan.code in page.text
    refused = client.post(to)
    assert (refused.status_code, 'data-code="already_borrowed"' in refused.text) == (422, True)
    assert loan.code in client.get("/en/me/").text
    assert "Fetch it by" in client.get("/en/me/").text
    assert client.post(loan.get_absolute_url(), follow=True).status_code == 200
    loan.refresh_from_db()
    assert (loan.status, left(stock)) == ("cancelled", (1, 1))
    client.force_login(make.resident_login())
    assert client.get(loan.get_absolute_url()).status_code == 404


@pytest.mark.usefixtures("in_the_morning")
def test_desk_lends_from_the_card_and_sees_what_is_late(client, desk, stock):
    person = make.resident()
    client.force_login(desk)
    lend = f"/en/admin/services/aidloan/lend/?resident={person.code}"
    assert lend in client.get(f"/en/admin/circle/resident/card/{person.code}/").text
    answer = client.post(lend, {"stock": stock.pk, "via": "window", "takes_it": "on"})
    loan = AidLoan.objects.get()
    assert (answer.status_code, loan.status, loan.due_on) == (302, "lent", DUE)
    AidLoan.objects.update(due_on=NOW.date() - DAY)
    late = client.get("/en/admin/services/aidloan/?late=1")
    assert loan.code in late.text
    assert "Aids: should be back" in client.get("/en/admin/").text
    url = f"/en/admin/services/aidloan/act/{loan.code}/return/"
    assert client.post(url, {"is_usable": "", "words": ""}).status_code == 422
    assert client.post(url, {"is_usable": "on", "words": ""}).status_code == 302
    assert left(stock) == (1, 1)


def test_stock_is_not_made_smaller_than_what_is_out(client):
    loan = make.aid_loan(stock=make.aid_stock(capacity=2))
    client.force_login(make.director())
    url = f"/en/admin/services/aidstock/{loan.stock_id}/change/"
    stock = AidStock.objects.get()
    same = {name: getattr(stock, name) for name in ("code", "name_zh", "name_en", "days", "held_days")}
    same |= {"community": stock.community_id, "facility": stock.facility_id, "is_offered": "on"}
    refused = client.post(url, same | {"capacity": 0})
    assert "1 are lent or reserved" in refused.text
    assert client.post(url, same | {"capacity": 5}).status_code == 302
    assert left(stock) == (5, 4)
