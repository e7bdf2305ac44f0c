"""Who was not reached before a right begins: the list by grid, its slips, and what staff enter."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.actions import record_in_person_outcome
from circle.models import Message
from tests import make, make_rights

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT = make.MORNING


def ask(row, name: str) -> str:
    return reverse("admin:eldercare_rightnotice_ask", args=[row.code, name])


@pytest.fixture
def elder():
    return make.resident(building=make.building(), born_on=dt.date(1946, 12, 4))


def test_list_by_grid_holds_whom_nobody_reached_until_they_are_told(client, elder):
    row = make_rights.notice(resident=elder)
    clerk = make.post("hall_clerk", community=row.community).user
    client.force_login(clerk)
    url = reverse("admin:eldercare_rightnotice_unreached")
    message = Message.objects.get(event="right_begins")
    record_in_person_outcome(message=message, at=AT, by=clerk, outcome="not_met")
    page = client.get(url)
    for text in (elder.name, str(elder.building.grid), ask(row, "accept")):
        assert text in page.text
    assert row.code in client.get(f"{url}?slips=1").text
    client.force_login(make.post("grid_worker", community=row.community).user)  # of another grid
    assert elder.name not in client.get(url).text
    record_in_person_outcome(message=message, at=AT, by=clerk)
    client.force_login(clerk)
    assert elder.name not in client.get(url).text


def test_list_asks_as_many_queries_for_many_people(client, queries_of):
    right = make_rights.announced()
    client.force_login(make.post("hall_clerk", community=right.community).user)
    counts = []
    for _round in range(2):
        for _number in range(3):
            make_rights.notice(right=right, resident=make.resident(building=make.building()))
        counts.append(queries_of(f"{reverse('admin:eldercare_rightnotice_unreached')}?slips=1"))
    assert counts[0] == counts[1]


def test_clerk_enters_the_signed_slip_and_grid_worker_a_word_at_the_door(client, elder):
    row, other = make_rights.notice(resident=elder), make_rights.notice(resident=elder)
    client.force_login(make.post("hall_clerk", community=row.community).user)
    client.post(ask(row, "accept"), {"how": "slip"})
    row.refresh_from_db()
    assert (row.status, row.via, row.is_on_paper, row.case.item) == (
        "accepted", "window", True, row.right.item,
    )  # fmt: skip
    worker = make.post("grid_worker", community=row.community, grid=elder.building.grid).user
    client.force_login(worker)
    assert client.post(ask(other, "decline"), {"how": "phone"}).status_code == 422
    client.post(ask(other, "decline"), {"how": "door"})
    other.refresh_from_db()
    assert (other.status, other.via, other.answered_by) == ("declined", "door", worker)
    client.post(ask(other, "accept"), {"how": "slip"})
    other.refresh_from_db()
    assert (other.status, other.via, other.is_on_paper) == ("accepted", "door", True)
