"""Prices of a class have dates; an offer keeps the price that it promised."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from childcare import actions
from childcare.models import Application, ClassPrice, Offer
from circle.models import Record
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_council import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]  # offers lapse
TODAY = MORNING.date()
SAID = {"source_zh": "演示", "source_en": "", "at": MORNING}


def set_price(group, valid_from: dt.date, cents: int, **values):
    said = {"nursery_class": group, "valid_from": valid_from, "cents": cents, "by": ground.user()}
    return actions.set_price(**said | SAID | values)


def test_open_offer_keeps_its_price_after_another_one_begins(client, html):
    found = make.offered()
    set_price(found.offered_class, TODAY + make.ONE_DAY, 999_900)

    client.force_login(found.guardian.login)
    text = html(client.get(f"/en/childcare/applications/{found.code}/"))
    assert "1,680 yuan a month" in text
    assert "9,999" not in text


def test_offer_promises_the_price_of_its_first_day():
    found = make.verified()
    later = set_price(found.nursery_class, make.START, 200_000)
    set_price(found.nursery_class, make.START + make.ONE_DAY, 300_000)
    who = {"days": 5, "at": MORNING, "by": ground.user()}
    actions.offer_place(application=found, nursery_class=found.nursery_class, start_on=make.START, **who)
    assert Application.objects.get(pk=found.pk).offer.price == later
    assert Record.objects.filter(verb="application_offered", details__price=later.pk).exists()


def test_class_without_a_price_is_not_offered():
    found = make.verified()
    ClassPrice.objects.all().delete()
    group, first = found.nursery_class, found.start_on
    who = {"days": 5, "at": MORNING, "by": ground.user()}
    refusal = refused(actions.offer_place, application=found, nursery_class=group, start_on=first, **who)
    assert refusal == "price_missing"
    group.refresh_from_db()
    assert make.taken(group) == 0


def test_database_lets_nobody_change_a_price_nor_drop_a_promised_one():
    found = make.offered()
    table = ClassPrice._meta.db_table
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(f"UPDATE {table} SET cents = 999900")  # noqa: S608
    with pytest.raises(ProtectedError):
        found.offer.price.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        delete_all(table)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.update(price=None)
    assert ClassPrice.objects.get().cents == 168_000


def delete_all(table: str) -> None:
    connection.cursor().execute(f"DELETE FROM {table}")  # noqa: S608
    connection.check_constraints()


@pytest.mark.parametrize(
    ("valid_from", "code"), [(TODAY - make.ONE_DAY, "price_past"), (dt.date(2020, 1, 1), "price_past")]
)
def test_price_of_a_day_that_is_over_is_refused(valid_from, code):
    assert refused(set_price, group=make.nursery_class(), valid_from=valid_from, cents=1) == code


def test_two_prices_from_one_day_are_refused():
    group = make.nursery_class()
    set_price(group, TODAY, 1)
    assert refused(set_price, group=group, valid_from=TODAY, cents=2) == "price_exists"
    assert (
        refused(set_price, group=group, valid_from=TODAY + make.ONE_DAY, cents=2, source_zh=" ")
        == "source_missing"
    )
    assert ClassPrice.objects.count() == 2


def test_price_is_taken_back_before_it_begins_and_not_when_promised():
    found = make.verified()
    price = set_price(found.nursery_class, make.START, 200_000)
    who = {"at": MORNING, "by": ground.user()}
    assert refused(actions.drop_price, price=ClassPrice.objects.last(), **who) == "price_in_force"
    actions.offer_place(
        application=found, nursery_class=found.nursery_class, start_on=make.START, days=5, **who
    )
    assert refused(actions.drop_price, price=price, **who) == "price_promised"
    other = set_price(found.nursery_class, make.START + make.ONE_DAY, 300_000)
    actions.drop_price(price=other, **who)
    assert ClassPrice.objects.count() == 2


# Pages ------------------------------------------------------------------------------------------------------


def test_classes_page_names_the_next_price(client, html, time_machine):
    time_machine.move_to(MORNING)
    group = make.nursery_class()
    set_price(group, TODAY + 30 * make.ONE_DAY, 178_000)
    text = html(client.get("/en/childcare/"))
    assert "1,680 yuan a month" in text
    assert "it costs 1,780 yuan a month" in text
    make.nursery_class("infants", facility=group.facility)
    ClassPrice.objects.filter(nursery_class__band="infants").delete()
    assert "the fee is not set yet" in html(client.get("/en/childcare/?"))


def test_head_sets_a_price_and_takes_it_back(client, time_machine):
    time_machine.move_to(MORNING)
    group = make.nursery_class()
    client.force_login(make.head(community=group.community))
    url = reverse("admin:childcare_nurseryclass_prices", args=[group.pk])
    sent = {"valid_from": "2027-01-01", "yuan": "1780.50", "source_zh": "街道定价"}
    assert client.post(url, sent | {"valid_from": ""}).status_code == 422
    assert client.post(url, sent | {"yuan": "-1"}).status_code == 422
    assert client.post(url, sent | {"valid_from": "2026-01-01"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    price = ClassPrice.objects.get(source_zh="街道定价")
    assert (price.cents, client.get(url).status_code) == (178_050, 200)
    client.post(url, {"drop": price.pk})
    assert ClassPrice.objects.count() == 1
    client.post(url, {"drop": ClassPrice.objects.get().pk})
    assert ClassPrice.objects.count() == 1


def test_prices_of_another_community_do_not_exist(client):
    client.force_login(make.head())
    other = make.nursery_class(community=ground.community())
    assert client.get(reverse("admin:childcare_nurseryclass_prices", args=[other.pk])).status_code == 404
    client.force_login(ground.clerk())
    assert client.get(reverse("admin:childcare_nurseryclass_prices", args=[other.pk])).status_code == 403
