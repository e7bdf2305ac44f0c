"""The one page of a round: duties, the knock list and forms at the door, by building and door."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circle.booking.form_keys import FORM_KEY
from circle.booking.idempotency import new_key
from circle.models import Household, Message, Resident
from eldercare.backoffice.queues import round_queue
from eldercare.models import HolidayLook, Visit, VisitDuty
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING
URL = "admin:eldercare_visitduty_round"


@pytest.fixture
def grid():
    return make.grid()


@pytest.fixture
def worker(client, grid):
    found = make.post("grid_worker", grid=grid, community=grid.community).user
    client.force_login(found)
    return found


def elder_of(grid, door="1-101", **values):
    building = values.pop("building", None) or make.building(grid=grid)
    home = Household.objects.create(community=grid.community, building=building, door=door)
    return care.elder(community=grid.community, building=building, household=home, **values)


def told_at_the_door(resident):
    return make.message(resident=resident, channel="desk", due_at=MORNING, community=resident.community)


def test_page_has_duties_and_messages_by_building_and_door(client, worker, grid, html):
    one, two = make.building(grid=grid, code="a1"), make.building(grid=grid, code="a2")
    people = [elder_of(grid, door, building=house) for house, door in ((two, "1-101"), (one, "2-201"))]
    people.append(elder_of(grid, "1-101", building=one))
    for person in people[:2]:
        care.tag(resident=person)
    message = told_at_the_door(people[2])
    page = html(client.get(reverse(URL)))
    order = [page.index(person.name) for person in (people[2], people[1], people[0])]
    assert order == sorted(order)
    assert f'value="{message.pk}"' in page
    for person in people:  # forms at the door, for each their own
        assert f"{reverse('admin:eldercare_carebooking_door')}?resident={person.code}" in page


def test_neighbouring_grid_is_not_on_it(client, worker, grid, html):
    other = elder_of(make.grid(community=grid.community))
    care.tag(resident=other)
    told_at_the_door(other)
    assert other.name not in html(client.get(reverse(URL)))
    answer = client.post(reverse(URL), {"resident": other.code, "outcome": "well"})
    assert (answer.status_code, Visit.objects.count()) == (422, 0)


def test_tap_enters_a_look_once_and_it_leaves_the_round(client, worker, grid, html):
    elder = elder_of(grid)
    care.tag(resident=elder)
    said = {"resident": elder.code, "outcome": "needs", "note": ""}
    assert client.post(reverse(URL), said).status_code == 422
    said |= {"note": "灯泡坏了", FORM_KEY: new_key()}
    for _ in range(2):
        assert client.post(reverse(URL), said).status_code == 302
    assert (Visit.objects.get().note, Visit.objects.get().by) == ("灯泡坏了", worker)
    assert elder.name not in html(client.get(reverse(URL)))


def test_message_is_told_or_comes_again_tomorrow(client, worker, grid):
    told, missed = (told_at_the_door(elder_of(grid)) for _ in range(2))
    for message, outcome in ((told, "told"), (missed, "not_met")):
        answer = client.post(reverse(URL), {"message": message.pk, "outcome": outcome})
        assert answer.status_code == 302
        message.refresh_from_db()
    assert (told.status, missed.status, missed.outcome) == ("sent", "queued", "not_met")
    assert client.post(reverse(URL), {"message": told.pk, "outcome": "told"}).status_code == 422


def test_leader_sees_duties_and_no_messages(client, grid, html):
    elder = elder_of(grid)
    care.tag(resident=elder)
    message = told_at_the_door(elder)
    client.force_login(make.post("volunteer_leader", community=grid.community).user)
    page = html(client.get(reverse(URL)))
    assert elder.name in page
    assert f'value="{message.pk}"' not in page


def test_office_chooses_a_grid(client, grid, html):
    other = make.grid(community=grid.community)
    people = [elder_of(each) for each in (grid, other)]
    for person in people:
        care.tag(resident=person)
    client.force_login(care.coordinator(community=grid.community))
    page = html(client.get(reverse(URL), {"grid": other.code}))
    assert people[1].name in page
    assert people[0].name not in page


def look_today(resident, user, **values):
    return HolidayLook.objects.create(
        resident=resident, user=user, day=MORNING.date(), community=resident.community, **values
    )


def waiting(user):
    return round_queue(user)[0].count


def test_look_over_the_festival_stands_on_it_until_somebody_was_met(client, worker, grid, html):
    elder, other = elder_of(grid), elder_of(make.grid(community=grid.community))
    care.tag(resident=other)  # with the rule of duties
    look_today(elder, worker)
    look_today(other, care.coordinator(community=grid.community))
    assert waiting(worker) == 1
    page = html(client.get(reverse(URL)))
    assert (elder.name in page, other.name in page) == (True, False)
    said = {"resident": elder.code, "outcome": "not_home", "note": "", FORM_KEY: new_key()}
    assert client.post(reverse(URL), said).status_code == 302
    assert waiting(worker) == 1  # nobody was met
    assert client.post(reverse(URL), said | {"outcome": "well", FORM_KEY: new_key()}).status_code == 302
    assert elder.name not in html(client.get(reverse(URL)))
    assert waiting(worker) == 0


def test_look_names_who_looks_in_or_that_nobody_does(client, grid, html):
    boss = care.coordinator(community=grid.community)
    worker = make.post("grid_worker", grid=grid, community=grid.community).user
    elder = elder_of(grid)
    care.tag(resident=elder)
    assert waiting(boss) == 1
    look_today(elder, worker)
    assert waiting(boss) == 1  # one person at one door
    client.force_login(boss)
    page = html(client.get(reverse(URL)))
    assert (str(worker) in page, "还没有人" in page) == (True, False)
    worker.posts.update(ends_on=MORNING.date() - dt.timedelta(days=1))
    page = html(client.get(reverse(URL)))
    assert (str(worker) in page, "还没有人" in page) == (False, True)
    elder.died_on = MORNING.date()
    elder.save()
    assert elder.name not in html(client.get(reverse(URL)))


def test_look_of_another_day_is_not_on_it(client, worker, grid, html):
    elder = elder_of(grid)
    look = look_today(elder, worker)
    HolidayLook.objects.filter(pk=look.pk).update(day=MORNING.date() + dt.timedelta(days=1))
    assert elder.name not in html(client.get(reverse(URL)))
    assert waiting(worker) == 0


def test_four_hundred_households_take_ten_queries(client, worker, grid):
    houses = [make.building(grid=grid) for _ in range(10)]
    homes = Household.objects.bulk_create(
        Household(community=grid.community, building=houses[n % 10], door=f"{n}") for n in range(400)
    )
    people = Resident.objects.bulk_create(
        Resident(community=grid.community, name=f"老人{n}", building=home.building, household=home)
        for n, home in enumerate(homes)
    )
    start, end = MORNING.date(), make.moment(5, 9)
    VisitDuty.objects.bulk_create(
        VisitDuty(
            community=grid.community,
            resident=person,
            every="week",
            period="W",
            starts_on=start,
            ends_on=end.date(),
            due_at=end,
        )
        for person in people
    )
    Message.objects.bulk_create(
        Message(
            community=grid.community,
            resident=person,
            channel="desk",
            event="care_cancelled",
            values={"kind": "助浴", "code": "ABCD2345"},
            dedupe=f"x{person.pk}",
            created_at=MORNING,
            due_at=MORNING,
        )
        for person in people[:200]
    )
    client.get(reverse(URL))  # what is read once per process
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse(URL))
    assert sum(len(house.stops) for house in answer.context["houses"]) == 400
    assert len(asked) <= 10, [each["sql"][:90] for each in asked]
