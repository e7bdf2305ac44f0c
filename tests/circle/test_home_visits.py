"""What a grid worker types in at the doors of the own grid: by everybody's actions, counted apart."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions import report_page
from circle.models import Consent, PageReport, Record
from council.models import Topic
from eldercare.models import CareBooking
from services import actions
from services.models import Booking
from tests import make, make_eldercare
from tests import make_council as council

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
KEY = "4b3f3a4e-7f6e-4f5a-9f3e-2f0b4f6d1c11"


@pytest.fixture
def neighbour():
    return make.resident(building=make.building(), phone="")


@pytest.fixture
def worker(client, neighbour):
    """Who looks after the neighbour's grid, at work."""
    user = make.post("grid_worker", grid=neighbour.building.grid).user
    client.force_login(user)
    return user


@pytest.fixture
def slot():
    return make.slot(counter=make.counter(items=[make.item(is_bookable=True)]))


def address(page: str, resident, **more) -> str:
    query = "&".join(f"{name}={value}" for name, value in ({"resident": resident.code} | more).items())
    return f"/admin/{page}/door/?{query}"


def hall_of(slot) -> dict[str, str]:
    return {"facility": slot.counter.facility.short_code, "item": slot.counter.items.get().code}


def test_card_offers_what_can_be_filed_at_the_door(client, worker, neighbour, slot):
    make_eldercare.kind()
    parts = client.get(f"/admin/circle/resident/card/{neighbour.code}/").context["parts"]
    [door] = [part for part in parts if part.code == "home_visit"]
    assert [client.get(act.url).status_code for act in door.acts] == [200] * 5


def test_card_shows_the_grid_worker_no_message_that_went_by_phone(client, worker, neighbour):
    make.message(resident=neighbour, event="topic_answered", channel="sms")
    knock = make.message(resident=neighbour, event="topic_answered", channel="desk")
    notifications = client.get(f"/admin/circle/resident/card/{neighbour.code}/").context["notifications"]
    assert [message for message, _text in notifications] == [knock]


def test_booking_is_typed_in_once_and_counted_as_at_the_door(client, worker, neighbour, slot):
    for _ in range(2):
        sent = client.post(
            address("services/booking", neighbour, **hall_of(slot)),
            {"slot": slot.code, "via": "door", "once": KEY},
        )
    booking = Booking.objects.get()
    assert sent["Location"] == f"/admin/circle/resident/card/{neighbour.code}/"
    assert (booking.resident, booking.via, booking.booked_by) == (neighbour, "door", worker)
    [row] = Booking.objects.all().figures(booking.day, booking.day)
    assert (row["via_door"], row["via_window"]) == (1, 0)


def test_care_is_asked_for_with_consent_read_out(client, worker, neighbour):
    kind = make_eldercare.request_kind()
    said = {"via": "door", "once": KEY, "day": "", "note": "耳背。", "consents": "on"}
    client.post(address("eldercare/carebooking", neighbour, kind=kind.code), said)
    booking = CareBooking.objects.get()
    assert (booking.resident, booking.via, booking.booked_by) == (neighbour, "door", worker)
    assert (Consent.objects.get().via, Consent.objects.get().given_by) == ("door", worker)


def test_topic_is_received_under_its_number(client, worker, neighbour):
    council.calling()
    with time_machine.travel(council.IN_CALL, tick=False):
        for _ in range(2):
            client.post(
                address("council/topic", neighbour), {"text": "路灯坏了。", "dimension": "", "once": KEY}
            )
    topic = Topic.objects.get()
    assert (topic.raised_by, topic.via, topic.entered_by) == (neighbour, "door", worker)


def test_topic_page_says_that_no_call_is_open(client, worker, neighbour):
    assert client.get(address("council/topic", neighbour)).context["meeting"] is None


def test_wrong_page_is_taken_down_without_whose_door_it_was(client, worker, neighbour):
    said = {"page": "/services/", "message": "电话是旧的。"}
    for _ in range(2):
        client.post(address("circle/pagereport", neighbour), said)
    report = PageReport.objects.get()
    assert (report.via, report.entered_by, report.page) == ("door", worker, "/services/")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"page": "https://example.com/", "message": "旧"}, "page"),
        ({"page": "/", "message": " "}, "message"),
    ],
)
def test_report_that_cannot_be_is_refused(client, worker, neighbour, said, field):
    response = client.post(address("circle/pagereport", neighbour), said)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not PageReport.objects.exists()


# Forged -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", ["services/booking", "eldercare/carebooking", "council/topic", "circle/pagereport"]
)
def test_person_of_another_grid_is_not_found(client, worker, slot, page):
    stranger = make.resident(building=make.building())
    url = address(page, stranger, **hall_of(slot))
    assert [client.get(url).status_code, client.post(url, {}).status_code] == [404, 404]


@pytest.mark.parametrize("role", ["hall_clerk", "building_head", "volunteer", "director"])
def test_nobody_else_files_at_doors(client, neighbour, role):
    client.force_login(make.post(role).user)
    assert client.get(address("circle/pagereport", neighbour)).status_code == 403


def test_action_refuses_another_grid_whatever_the_page_says(worker, slot):
    given = {"item": slot.counter.items.get(), "slot": slot, "at": make.MORNING, "by": worker}
    with pytest.raises(ValidationError) as refused:
        actions.book_slot(resident=make.resident(building=make.building()), via="door", **given)
    assert (refused.value.code, Booking.objects.count()) == ("not_allowed", 0)


def test_grid_worker_does_at_no_window_what_only_the_hall_may(worker, neighbour, slot):
    given = {"item": slot.counter.items.get(), "slot": slot, "at": make.MORNING, "by": worker}
    with pytest.raises(ValidationError) as refused:
        actions.book_slot(resident=neighbour, via="window", **given)
    assert refused.value.code == "not_allowed"


def test_report_of_another_grid_is_refused(worker, neighbour):
    stranger = make.resident(building=make.building())
    given = {"community": stranger.community, "page": "/", "message": "旧", "at": make.MORNING}
    with pytest.raises(ValidationError) as refused:
        report_page(neighbour=stranger, by=worker, **given)
    assert (refused.value.code, PageReport.objects.count()) == ("not_allowed", 0)


def test_ended_post_files_nothing(client, worker, neighbour):
    worker.posts.update(ends_on="2026-01-01")
    assert client.get(address("circle/pagereport", neighbour)).status_code == 403


def test_reading_the_card_at_the_door_is_kept(client, worker, neighbour):
    client.get(f"/admin/circle/resident/card/{neighbour.code}/")
    assert Record.objects.get(verb="data_read").actor == worker
