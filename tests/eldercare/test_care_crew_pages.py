"""Crew and check of the day on the pages of the desk."""

import pytest
import time_machine
from django.urls import reverse

from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
MEASURED = {"systolic": "128", "diastolic": "76", "pulse": "70", "temperature": "36.5"}


@pytest.fixture
def there():
    with time_machine.travel(make.moment(1, 10), tick=False):
        yield


def do(client, booking: CareBooking, verb: str, **said):
    said = {f"condition_{each.code}": "yes" for each in booking.kind.day_conditions} | said
    url = reverse("admin:eldercare_carebooking_do", args=[booking.code])
    return client.post(url, {"verb": verb} | said, follow=True)


def offered(client, booking: CareBooking) -> list[str]:
    url = reverse("admin:eldercare_carebooking_day")
    rows = client.get(url, {"date": str(booking.day)}).context["sheet"].rows
    return [verb.name for row in rows for verb in row.verbs]


def test_bath_goes_from_one_carer_to_done(client, there):
    booking, worker, second = care.confirmed(kind=care.bath_kind()), care.care_worker(), care.care_worker()
    client.force_login(care.coordinator())
    page = do(client, booking, "assign", worker=worker.pk)
    assert "还缺第二人" in page.text
    client.force_login(worker)
    assert offered(client, booking) == ["check", "not_home", "stop"]
    client.force_login(care.coordinator())
    do(client, booking, "assign", worker=worker.pk, assistant=second.pk)
    client.force_login(second)
    assert offered(client, booking) == ["check", "not_home", "stop"]
    assert "待核" in client.get(f"/admin/eldercare/carebooking/ask/{booking.code}/check/").text
    do(client, booking, "check", **MEASURED)
    assert offered(client, booking) == ["check", "begin", "finish", "not_home", "stop"]
    do(client, booking, "finish", signature="paper")
    booking.refresh_from_db()
    assert (booking.status, booking.outcome_by) == ("done", second)


def test_values_outside_the_limits_say_not_to_begin(client, there):
    booking, worker = care.confirmed(kind=care.bath_kind()), care.care_worker()
    client.force_login(care.coordinator())
    do(client, booking, "assign", worker=worker.pk, assistant=care.care_worker().pk)
    client.force_login(worker)
    page = do(client, booking, "check", **MEASURED | {"systolic": "180"})
    assert "不要开始" in page.text
    assert offered(client, booking) == ["check", "not_home", "stop"]


@pytest.mark.parametrize("value", [{"systolic": ""}, {"temperature": "warm"}, {"condition": ""}])
def test_incomplete_check_is_refused_with_what_was_typed(client, there, value):
    booking = care.assigned(kind=care.bath_kind())
    client.force_login(booking.assigned_to)
    if "condition" in value:
        value = {f"condition_{booking.kind.day_conditions[0].code}": ""}
    page = do(client, booking, "check", **MEASURED | value)
    assert (page.status_code, booking.checks.count()) == (422, 0)
    assert 'value="76"' in page.text


def test_check_form_opens_without_limits_in_force(client, there):
    booking = care.assigned(kind=care.kind(needs_check=True))
    client.force_login(booking.assigned_to)
    assert client.get(f"/admin/eldercare/carebooking/ask/{booking.code}/check/").status_code == 200
    assert do(client, booking, "check", **MEASURED).status_code == 422


def test_second_carer_has_the_visit_on_the_own_sheet_and_nobody_else_has(client, there):
    booking, second = care.confirmed(kind=care.bath_kind()), care.care_worker()
    client.force_login(care.coordinator())
    do(client, booking, "assign", worker=care.care_worker().pk, assistant=second.pk)
    client.force_login(second)
    assert offered(client, booking)
    client.force_login(care.care_worker())
    assert offered(client, booking) == []


def test_coordinator_reads_the_values_and_a_kind_is_edited(client, there):
    booking = care.assigned(kind=care.bath_kind())
    client.force_login(booking.assigned_to)
    do(client, booking, "check", **MEASURED)
    client.force_login(care.coordinator())
    page = client.get(f"/admin/eldercare/carebooking/{booking.pk}/change/")
    assert "128/76 mmHg" in page.text
    assert "crew_size" in client.get(f"/admin/eldercare/carekind/{booking.kind_id}/change/").text


def test_condition_of_the_day_is_shown_when_booking_and_asked_on_the_day(client, there):
    kind, elder = care.request_kind(), make.own_resident()
    fever = care.question(kind=kind, moment="day")
    client.force_login(elder.login)
    page = client.get(f"/eldercare/{kind.code}/needs/", {"resident": str(elder.code)})
    assert fever.text_zh in page.text
    assert f"condition_{fever.code}" not in page.context["form"].fields
