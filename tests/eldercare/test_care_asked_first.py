"""A change that takes the time of care is asked about before it is saved."""

import pytest
from django.urls import reverse

from circle.models import Closure
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care
from tests.asked_first import answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

AT = make.MORNING


@pytest.fixture
def booking():
    """Confirmed for tomorrow at nine."""
    return care.confirmed()


@pytest.fixture
def director(client):
    client.force_login(make.director())
    return client


def close(client, booking: CareBooking):
    sent = {"facility": booking.kind.facility_id, "starts_on": booking.day, "reason_zh": "停电"}
    return client.post(reverse("admin:circle_closure_add"), sent)


def test_closure_that_hits_care_asks_before_it_is_saved(director, booking):
    page = close(director, booking)
    assert [booking.code in line for line in page.context["question"].rows] == [True]
    assert not Closure.objects.exists()


def test_request_without_a_time_is_hit_as_well(director):
    booking = care.request(day=make.moment(1, 9).date())
    page = close(director, booking)
    assert [booking.code in line for line in page.context["question"].rows] == [True]


def test_care_is_called_off_with_the_reason_when_it_is_saved(director, booking):
    answer(director, close(director, booking), "call_off", "停电")
    booking.refresh_from_db()
    assert (booking.status, booking.reason) == ("revoked", "停电")
    assert Closure.objects.count() == 1


def test_kind_that_is_no_longer_offered_asks_first(director, booking):
    url = reverse("admin:eldercare_carekind_change", args=[booking.kind_id])
    form = director.get(url).context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if value is not None and name != "is_active"}
    for inline in ("questions", "shifts"):
        sent |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    page = director.post(url, sent)
    assert [booking.code in line for line in page.context["question"].rows] == [True]
    booking.kind.refresh_from_db()
    assert booking.kind.is_active


def test_care_times_that_staff_close_ask_once(client, booking):
    client.force_login(care.coordinator(community=booking.community))
    url = reverse("admin:eldercare_careslot_changelist")
    page = client.post(url, {"action": "close", "_selected_action": [booking.slot_id]})
    assert [booking.code in line for line in page.context["question"].rows] == [True]
    assert booking.slot.is_open
    answer(client, page, "call_off")
    booking.refresh_from_db()
    booking.slot.refresh_from_db()
    assert (booking.status, booking.slot.closed_by) == ("revoked", "staff")
