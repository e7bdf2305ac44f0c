"""Who goes to somebody's door: set when the message is written, handed over by name."""

import pytest
from django.core.exceptions import ValidationError

from circle.actions import queue_in_person_message, reassign_in_person_message, record_in_person_outcome
from circle.models import Message, Record
from circle.notifications import notify
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
PAGE = "/admin/circle/staffpost/hand-over/"


@pytest.fixture
def neighbour():
    """Somebody without a phone."""
    return make.resident(building=make.building(), phone="")


def told(resident) -> Message:
    values = {"code": "AB12CD34"}
    notify(
        event="booking_made",
        community=resident.community,
        resident=resident,
        at=make.MORNING,
        dedupe="t",
        values=values,
    )
    return Message.objects.get(dedupe="t")


def hand_over(message, to, by=None):
    return reassign_in_person_message(message=message, to=to, at=make.MORNING, by=by or make.clerk())


def test_grid_worker_goes_there_before_the_head_of_the_building(neighbour):
    make.post("building_head", building=neighbour.building)
    make.post("grid_worker")
    worker = make.post("grid_worker", grid=neighbour.building.grid)
    assert told(neighbour).assigned_to == worker.user


def test_head_of_the_building_goes_where_the_grid_has_no_worker(neighbour):
    head = make.post("building_head", building=neighbour.building)
    assert told(neighbour).assigned_to == head.user


def test_nobody_goes_by_name_where_nobody_looks_after_the_building(neighbour):
    make.post("building_head")
    assert told(neighbour).assigned_to is None


def test_while_somebody_is_away_the_one_who_stands_in_goes(neighbour):
    absence = make.absence(post=make.post("grid_worker", grid=neighbour.building.grid))
    assert told(neighbour).assigned_to == absence.substitute.user


def test_dead_letter_put_on_the_list_has_somebody_who_goes_there(neighbour):
    worker = make.post("grid_worker", grid=neighbour.building.grid)
    letter = make.message(resident=neighbour, status="dead", event="booking_made")
    assert (
        queue_in_person_message(message=letter, at=make.MORNING, by=make.clerk()).assigned_to == worker.user
    )


# Handing over -----------------------------------------------------------------------------------------------


def test_handed_over_by_name_is_recorded_once(neighbour):
    message, head = make.message(resident=neighbour, channel="desk"), make.post("building_head")
    for _ in range(2):
        assert hand_over(message, head.user).assigned_to == head.user
    step = Record.objects.get(verb="message_handed_over")
    assert (step.details, step.subject_id) == ({"to": head.user_id}, message.pk)


@pytest.mark.parametrize("role", ["volunteer", "nurse"])
def test_nobody_goes_to_doors_without_a_post_for_it(neighbour, role):
    with pytest.raises(ValidationError) as refused:
        hand_over(make.message(resident=neighbour, channel="desk"), make.post(role).user)
    assert refused.value.code == "cannot_knock"


def test_grid_worker_of_another_community_takes_nothing(neighbour):
    stranger = make.post("grid_worker", community=make.community()).user
    with pytest.raises(ValidationError) as refused:
        hand_over(make.message(resident=neighbour, channel="desk"), stranger)
    assert refused.value.code == "cannot_knock"


def test_whom_somebody_has_told_is_handed_to_nobody(neighbour):
    message = make.message(resident=neighbour, channel="desk")
    record_in_person_outcome(message=message, at=make.MORNING, by=make.clerk())
    with pytest.raises(ValidationError) as refused:
        hand_over(message, make.post("building_head").user)
    assert refused.value.code == "not_waiting"


def test_list_hands_over_to_who_was_named_and_they_see_it(client, neighbour):
    worker = make.post("grid_worker", grid=neighbour.building.grid).user
    head = make.post("building_head", building=neighbour.building).user
    message = make.message(resident=neighbour, channel="desk", assigned_to=worker)
    client.force_login(worker)
    offered = client.get("/admin/circle/message/knock/").context["colleagues"]
    assert {post.user for post in offered} == {worker, head}
    sent = client.post(f"/admin/circle/message/{message.pk}/hand-over/", {"to": head.pk})
    assert sent["Location"] == "/admin/circle/message/knock/"
    assert list(Message.objects.in_care_of(head)) == [message]


@pytest.mark.parametrize("to", ["", "x", "999999"])
def test_nobody_by_that_number_is_not_found(client, neighbour, to):
    message = make.message(resident=neighbour, channel="desk")
    client.force_login(make.clerk())
    assert client.post(f"/admin/circle/message/{message.pk}/hand-over/", {"to": to}).status_code == 404


def test_knocks_of_who_is_away_are_handed_over_on_the_one_page(client, neighbour):
    absence = make.absence(post=make.post("grid_worker", grid=neighbour.building.grid))
    message = make.message(resident=neighbour, channel="desk", assigned_to=absence.post.user)
    client.force_login(make.post("director").user)
    [left] = client.get(PAGE).context["groups"]
    assert [work.key for work in left.work] == [f"knock:{message.pk}"]
    chosen = {"post": absence.post.pk, "to": absence.substitute.pk, "work": [f"knock:{message.pk}"]}
    for _ in range(2):
        client.post(PAGE, chosen)
    message.refresh_from_db()
    assert message.assigned_to == absence.substitute.user
    assert Record.objects.filter(verb="work_handed_over").count() == 1
