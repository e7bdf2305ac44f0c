"""Addresses, agreed days, the hall clerk, batches, and a mandate that ends between two pages."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.models import Mandate
from eldercare import actions
from eldercare.actions import Answers
from eldercare.models import CareBooking, CareKind
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT = make.MORNING
SHEET = "/admin/eldercare/carebooking/day/"
CARD_ROWS = "admin:eldercare_carebooking_what"


# The address of a meal that is brought home ----------------------------------------------------------------


@pytest.fixture
def meal() -> CareKind:
    kind = care.request_kind()
    care.question(kind=kind, sort="need", code="home", text_zh="送到家", asks_address=True)
    care.question(kind=kind, sort="need", code="soft", text_zh="软饭")
    return kind


def test_meal_brought_home_needs_an_address(refusal, meal):
    elder, home = make.own_resident(), make.building()
    given = {"kind": meal, "resident": elder, "via": "online", "at": AT, "by": elder.login}
    assert (
        refusal(actions.request_care, **given, answers=Answers(["home"], consents=True)) == "address_missing"
    )
    answers = Answers(["home"], building=home, door="2-501", consents=True)
    booking = actions.request_care(**given, answers=answers)
    assert (booking.building, booking.door) == (home, "2-501")


def test_meal_eaten_there_stores_no_address(meal):
    booking = care.request(kind=meal, answers=Answers(["soft"], building=make.building(), door="2-501"))
    assert (booking.building, booking.door) == (None, "")


def test_form_asks_for_the_address_only_with_the_meal_brought_home(client, codes, meal):
    elder, home = make.own_resident(), make.building()
    client.force_login(elder.login)
    url = f"/eldercare/{meal.code}/needs/?resident={elder.code}"
    assert codes(client.post(url, {"needs": ["home"], "consents": "on"})) == {"required"}
    assert client.post(url, {"needs": ["soft"], "consents": "on"}).status_code == 302
    said = {"needs": ["home"], "consents": "on", "building": home.short_code, "door": "2-501"}
    check = client.post(url, said, follow=True)
    assert home.name_zh in check.text
    assert "2-501" in check.text


def test_address_is_not_shown_where_the_meal_is_eaten_there(client, meal):
    elder, home = make.own_resident(), make.building()
    client.force_login(elder.login)
    url = f"/eldercare/{meal.code}/needs/?resident={elder.code}"
    said = {"needs": ["soft"], "consents": "on", "building": home.short_code, "door": "2-501"}
    check = client.post(url, said, follow=True)
    assert (check.status_code, "<dd>" in check.text, home.name_zh in check.text) == (200, True, False)


# The place on the sheets ------------------------------------------------------------------------------------


@pytest.mark.parametrize("printed", [{}, {"print": "1"}])
def test_bath_stands_on_the_sheet_with_the_station_and_not_with_the_elders_home(client, printed):
    elder = make.own_resident(building=make.building())
    booking = care.confirmed(resident=elder)
    client.force_login(care.coordinator())
    page = client.get(SHEET, {"date": str(booking.day)} | printed)
    assert booking.kind.facility.name_zh in page.text
    assert elder.building.name_zh not in page.text
    page = client.get(f"/admin/eldercare/carebooking/{booking.pk}/change/")
    assert booking.kind.facility.name_zh in page.text


# The agreed day ---------------------------------------------------------------------------------------------


def test_agreed_day_lies_within_the_days_ahead(refusal):
    request, boss = care.request(), care.coordinator()
    last = AT.date() + dt.timedelta(days=request.kind.days_ahead)
    given = {"booking": request, "at": AT, "by": boss}
    assert refusal(actions.confirm_booking, **given, day=last + dt.timedelta(days=1)) == "too_far_ahead"
    assert refusal(actions.confirm_booking, **given, day=dt.date(2028, 1, 3)) == "too_far_ahead"
    assert actions.confirm_booking(**given, day=last).day == last


# The hall clerk ---------------------------------------------------------------------------------------------


def test_hall_clerk_arranges_care_and_does_not_read_what_is_arranged(client):
    kind, elder = care.request_kind(), make.own_resident()
    client.force_login(make.post("hall_clerk", community=elder.community).user)
    card = reverse("admin:circle_resident_card", args=[elder.code])
    what = f"{reverse(CARD_ROWS)}?resident={elder.code}"
    assert what in client.get(card).text
    page = client.post(f"{what}&kind={kind.code}", {"via": "phone", "once": "key", "note": ""}, follow=True)
    booking = CareBooking.objects.get()
    assert page.redirect_chain[-1][0] == card
    assert booking.code in page.text
    assert client.get(f"/admin/eldercare/carebooking/booked/{booking.code}/").status_code == 403
    assert client.get(SHEET).status_code == 403


def test_hall_clerk_is_not_offered_care_for_somebody_who_died(client):
    elder = make.own_resident(died_on=AT.date())
    client.force_login(make.post("hall_clerk", community=elder.community).user)
    page = client.get(reverse("admin:circle_resident_card", args=[elder.code]))
    assert (page.status_code, reverse(CARD_ROWS) in page.text) == (200, False)


# Batches ----------------------------------------------------------------------------------------------------


def test_batch_page_and_its_refusals_show_names_with_codes(client):
    wish, booking = care.request(), care.booking()
    client.force_login(care.coordinator())
    chosen = {"action": "confirm_all", "_selected_action": [wish.pk, booking.pk]}
    url = "/admin/eldercare/carebooking/"
    page = client.post(url, chosen)
    for each in (wish, booking):
        assert f"{each.code} · {each.resident.name}" in page.text
    page = client.post(url, chosen | {"confirmed": "yes"}, follow=True)
    assert f"{wish.code} · {wish.resident.name}" in page.text


# A mandate that ends ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["when", "needs", "check"])
def test_mandate_that_ended_between_two_pages_is_said(client, step):
    mandate, slot = make.mandate(principal=make.own_resident()), care.slot()
    client.force_login(mandate.agent)
    url = f"/eldercare/{slot.kind.code}/{step}/?resident={mandate.principal.code}&slot={slot.code}"
    Mandate.objects.update(revoked_at=AT)
    page = client.get(url, follow=True)
    assert page.redirect_chain == [(f"/eldercare/{slot.kind.code}/who/", 302)]
    assert "不能再替这个人办事" in page.text


def test_nothing_is_said_where_nobody_was_chosen(client):
    kind = care.kind()
    client.force_login(make.own_resident().login)
    page = client.get(f"/eldercare/{kind.code}/when/", follow=True)
    assert "不能再替这个人办事" not in page.text
