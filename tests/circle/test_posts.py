"""Posts that are limited to a grid, a building or a firm; what each role is for."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle.models import Building, Message, Record, Resident, StaffPost
from circle.models.roles import BY_PHONE, LIMITS, Role, role_permissions
from eldercare import actions
from eldercare.actions import Answers
from eldercare.models import CareBooking
from tests import make, make_eldercare

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbours():
    """Two people of one grid in two buildings, and one of another grid in the same community."""
    grid = make.grid()
    homes = [make.building(grid=grid), make.building(grid=grid), make.building()]
    return [make.resident(building=home, phone="") for home in homes]


def names(rows) -> list[str]:
    return sorted(str(row) for row in rows)


# The table --------------------------------------------------------------------------------------------------


def test_every_role_stands_in_the_table():
    assert set(role_permissions()) == set(Role)
    assert [role for role, granted in role_permissions().items() if not granted] == []


@pytest.mark.parametrize(
    "role", [Role.BUILDING_HEAD, Role.PROPERTY_MANAGER, Role.VOLUNTEER, Role.DISTRICT_PLANNER]
)
def test_helpers_and_planners_have_no_register_of_people(role):
    assert (
        not {"circle.view_resident", "circle.view_household", "circle.view_building"}
        & role_permissions()[role]
    )


def test_no_role_but_the_head_of_the_nursery_and_the_nurse_sees_a_childs_health():
    readers = [role for role in Role if "childcare.view_health" in role_permissions()[role]]
    assert readers == [Role.NURSERY_HEAD, Role.NURSE]
    assert [role for role in Role if "childcare.change_health" in role_permissions()[role]] == [
        Role.NURSERY_HEAD
    ]


def test_only_neighbours_who_help_come_by_phone():
    assert {Role.VOLUNTEER, Role.BUILDING_HEAD} == BY_PHONE


# Grid and building ------------------------------------------------------------------------------------------


def test_grid_worker_reaches_people_of_the_own_grid_only(client, neighbours):
    near, other_house, _far = neighbours
    worker = make.post("grid_worker", grid=near.building.grid).user
    assert names(Resident.objects.for_user(worker)) == names([near, other_house])
    client.force_login(worker)
    found = client.get("/admin/circle/resident/").context["cl"].queryset
    assert names(found) == names([near, other_house])
    statuses = [client.get(f"/admin/circle/resident/{each.pk}/change/").status_code for each in neighbours]
    assert statuses == [200, 200, 302]
    assert names(client.get("/admin/circle/building/").context["cl"].queryset) == names(
        Building.objects.filter(grid=near.building.grid)
    )


def test_grid_worker_reads_the_own_knock_list_and_no_other_messages(client, neighbours):
    near, _other, far = neighbours
    worker = make.post("grid_worker", grid=near.building.grid).user
    mine = make.message(resident=near, channel="desk")
    make.message(resident=near, channel="sms")
    theirs = make.message(resident=far, channel="desk")
    assert list(Message.objects.in_care_of(worker)) == [mine]
    client.force_login(worker)
    assert list(client.get("/admin/circle/message/").context["cl"].queryset) == [mine]
    assert client.post(f"/admin/circle/message/{theirs.pk}/told/").status_code == 404
    assert client.post(f"/admin/circle/message/{mine.pk}/told/").status_code == 302
    mine.refresh_from_db()
    assert mine.status == Message.Status.SENT


def test_head_of_a_building_reads_what_was_handed_to_them_and_not_the_list_of_the_building(
    client, neighbours
):
    near, other_house, _far = neighbours
    head = make.post("building_head", building=near.building).user
    mine = make.message(resident=near, channel="desk", assigned_to=head)
    make.message(resident=near, channel="sms", assigned_to=head)
    others = [make.message(resident=each, channel="desk") for each in (near, other_house)]
    assert list(Message.objects.in_care_of(head)) == [mine]
    assert names(Resident.objects.for_user(head)) == []
    client.force_login(head)
    assert list(client.get("/admin/circle/message/").context["cl"].queryset) == [mine]
    assert client.get("/admin/circle/resident/").status_code == 403
    told = [client.post(f"/admin/circle/message/{row.pk}/told/").status_code for row in [mine, *others]]
    assert told == [302, 404, 404]


def test_head_of_a_building_sees_a_name_and_never_a_number(client, neighbours):
    near, *_others = neighbours
    near.phone = "13912345678"
    near.save()
    mine = make.message(
        resident=near,
        channel="desk",
        assigned_to=make.post("building_head", building=near.building).user,
    )
    client.force_login(mine.assigned_to)
    for page in ("", "knock/", f"{mine.pk}/change/"):
        html = client.get(f"/admin/circle/message/{page}").content.decode()
        assert (near.name in html, "5678" in html) == (True, False), page


def test_bulk_told_stays_within_the_grid(client, neighbours):
    near, _other, far = neighbours
    worker = make.post("grid_worker", grid=near.building.grid).user
    rows = [make.message(resident=each, channel="desk") for each in (near, far)]
    client.force_login(worker)
    sent = {"action": "told", "confirmed": "yes", "_selected_action": [row.pk for row in rows]}
    client.post("/admin/circle/message/", sent)
    assert [Message.objects.get(pk=row.pk).status for row in rows] == ["sent", "queued"]


def test_clerk_who_is_also_a_grid_worker_keeps_both(neighbours):
    near, other_house, far = neighbours
    user = make.post("grid_worker", grid=near.building.grid).user
    make.post("hall_clerk", user=user)
    assert names(Resident.objects.for_user(user)) == names([near, other_house, far])


def test_visit_goes_to_the_grid_worker_of_that_grid_only(neighbours):
    near, _other, far = neighbours
    worker = make.post("grid_worker", grid=near.building.grid).user
    booking = make_eldercare.confirmed(resident=far, by=make_eldercare.coordinator(), via="phone")
    boss = make_eldercare.coordinator()
    with pytest.raises(ValidationError) as refused:
        actions.assign_worker(booking=booking, worker=worker, at=make.MORNING, by=boss)
    assert refused.value.code == "not_on_the_team"
    own = make_eldercare.confirmed(resident=near, by=make_eldercare.coordinator(), via="phone")
    assert actions.assign_worker(booking=own, worker=worker, at=make.MORNING, by=boss).assigned_to == worker


def test_grid_worker_sees_and_reports_visits_at_homes_of_the_own_grid(client, neighbours):
    near, _other, far = neighbours
    worker, boss = make.post("grid_worker", grid=near.building.grid).user, make_eldercare.coordinator()
    home = make_eldercare.slot(kind=make_eldercare.kind(is_at_home=True))
    told = Answers(building=near.building, door="1-101", note="耳背，请大声。")
    given = {"by": boss, "via": "phone", "worker": make_eldercare.care_worker()}
    visit = make_eldercare.assigned(slot=home, resident=near, answers=told, **given)
    other = given | {"worker": make_eldercare.care_worker()}  # nobody is in two places
    make_eldercare.assigned(slot=home, resident=far, answers=told, **other)
    make_eldercare.assigned(slot=make_eldercare.slot(starts_at=make.moment(1, 14)), resident=near, **given)
    assert list(CareBooking.objects.in_care_of(worker)) == [visit]
    with time_machine.travel(make.moment(1, 11), tick=False):
        client.force_login(worker)
        page = client.get("/admin/eldercare/carebooking/day/")
        [row] = page.context["sheet"].rows
        assert (row.booking, row.note, "耳背" in page.content.decode()) == (visit, "", False)
        ask = f"/admin/eldercare/carebooking/ask/{visit.code}/not_home/"
        assert client.get(ask).status_code == 403  # a colleague's visit: looking is all the grid may do
        actions.assign_worker(booking=visit, worker=worker, at=make.moment(1, 11), by=boss)
        asked = client.get(ask).content.decode()
        assert (visit.code in asked, "耳背" in asked) == (True, True)  # who goes must know
        client.post(f"/admin/eldercare/carebooking/do/{visit.code}/", {"verb": "not_home"})
    visit.refresh_from_db()
    assert (visit.status, Record.objects.about(visit).latest("id").actor) == ("not_home", worker)


# The row ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_limit_fits_the_role(role):
    community = make.here()
    limits = {"grid": make.grid(), "building": make.building(), "firm": make.firm()}
    for name, value in limits.items():
        values = {"community": community, "user": make.user(), "role": role, "starts_on": "2026-01-01"}
        if LIMITS.get(role) == name:
            StaffPost.objects.create(**values, **{name: value})
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                StaffPost.objects.create(**values, **{name: value})
    if role in LIMITS:
        with pytest.raises(IntegrityError), transaction.atomic():
            StaffPost.objects.create(community=community, user=make.user(), role=role, starts_on="2026-01-01")


def test_one_person_may_look_after_two_grids():
    first = make.post("grid_worker")
    assert make.post("grid_worker", user=first.user).grid != first.grid
    with pytest.raises(IntegrityError), transaction.atomic():
        make.post("grid_worker", user=first.user, grid=first.grid)


def test_form_refuses_a_grid_of_another_community(client):
    client.force_login(make.director())
    make.here()
    elsewhere = make.grid(community=make.community())
    values = {
        "community": make.here().pk,
        "user": make.user().pk,
        "role": "grid_worker",
        "grid": elsewhere.pk,
    }
    empty = {"absences-TOTAL_FORMS": "0", "absences-INITIAL_FORMS": "0", "starts_on": "2026-01-01"}
    response = client.post("/admin/circle/staffpost/add/", values | empty)
    errors = response.context["adminform"].form.errors.as_data()
    assert (response.status_code, [error.code for error in errors["grid"]]) == (200, ["other_community"])
