"""Who may see whom and act for whom; what the database keeps of people."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from circle.actions import register_resident
from circle.models import Household, Mandate, Record, Resident, StaffPost, User, within_posts
from circle.models.roles import Role, role_permissions, roles_with
from tests import make

pytestmark = pytest.mark.django_db

TODAY = make.MORNING.date()
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    """Posts and mandates are asked for as of today."""
    with time_machine.travel(make.MORNING, tick=False) as clock:
        yield clock


def people(login: User, scope: str = "") -> set[Resident]:
    return set(Resident.objects.represented_by(login, scope))


# In whose name one acts -------------------------------------------------------------------------------------


def test_login_acts_for_its_own_people_and_nobody_else():
    login = make.resident_login()
    own = {make.resident(login=login), make.resident(login=login, community=make.community())}
    make.resident(login=make.resident_login())
    make.resident()
    assert people(login) == own


def test_login_acts_for_those_whom_staff_registered_with_its_phone():
    login = make.resident_login("13800138000")
    known = make.resident(phone="13800138000")
    make.resident(phone="13800138000", login=make.resident_login())
    make.resident(phone="13800138001")
    make.resident(phone="")
    assert people(login) == {known}


def test_phone_that_nobody_has_proved_opens_nothing():
    login = make.resident_login("13800138000", phone_verified_at=None)
    make.resident(phone="13800138000")
    assert people(login) == set()


def test_login_without_a_phone_is_not_taken_for_people_without_one():
    login = make.user(phone_verified_at=make.MORNING)
    make.resident(phone="")
    assert people(login) == set()


def test_agent_acts_for_the_principal_while_the_mandate_lasts():
    mandate = make.mandate(valid_from=TODAY, valid_until=TODAY)
    agent = mandate.agent
    assert people(agent) == {mandate.principal}
    for change in (
        {"valid_from": TODAY - 2 * ONE_DAY, "valid_until": TODAY - ONE_DAY},
        {"valid_from": TODAY + ONE_DAY, "valid_until": None},
        {"valid_from": TODAY, "valid_until": None, "revoked_at": make.MORNING},
    ):
        Mandate.objects.filter(pk=mandate.pk).update(**change)
        assert people(agent) == set()


def test_mandate_gives_its_scope_and_no_other():
    one, all_ = make.mandate(scope="bookings"), make.mandate(scope="all")
    assert people(one.agent, "bookings") == people(one.agent) == {one.principal}
    assert people(one.agent, "meals") == set()
    assert people(all_.agent, "bookings") == people(all_.agent, "meals") == {all_.principal}


def test_mandate_works_one_way_and_for_one_person():
    login = make.resident_login()
    principal = make.resident(login=login)
    mandate = make.mandate(principal=principal)
    make.resident(login=mandate.agent)
    assert people(login) == {principal}
    assert principal in people(mandate.agent)
    assert people(make.mandate().agent).isdisjoint(people(mandate.agent))


def test_one_person_reached_in_several_ways_is_one():
    login = make.resident_login("13800138000")
    resident = make.resident(login=login, phone="13800138000")
    make.mandate(principal=resident, agent=login, scope="all")
    make.mandate(principal=resident, agent=login, scope="bookings")
    assert list(Resident.objects.represented_by(login, "bookings")) == [resident]
    assert list(Resident.objects.for_user(login)) == [resident]


def test_nobody_acts_for_the_dead():
    login = make.resident_login("13800138000")
    make.resident(login=login, died_on=TODAY)
    make.resident(phone="13800138000", died_on=TODAY)
    make.mandate(agent=login, principal=make.resident(died_on=TODAY))
    assert people(login) == set()


def test_family_agent_is_not_shown_the_rest_of_the_household():
    household = make.household()
    mandate = make.mandate(principal=make.resident(household=household))
    make.resident(household=household)
    assert set(Resident.objects.for_user(mandate.agent)) == {mandate.principal}


# Mandates ---------------------------------------------------------------------------------------------------


def test_mandate_is_in_force_from_its_first_day_to_its_last():
    mandate = make.mandate(valid_from=TODAY, valid_until=TODAY + ONE_DAY)
    days = {TODAY - ONE_DAY: False, TODAY: True, TODAY + ONE_DAY: True, TODAY + 2 * ONE_DAY: False}
    assert {day: Mandate.objects.active(day).filter(pk=mandate.pk).exists() for day in days} == days


def test_mandates_are_shown_to_both_sides_and_to_staff_of_the_community():
    login = make.resident_login()
    mandate = make.mandate(principal=make.resident(login=login))
    other = make.mandate(principal=make.resident(community=make.community()))
    clerk = make.clerk(community=mandate.principal.community)
    shown = {user: set(Mandate.objects.for_user(user)) for user in (login, mandate.agent, clerk, make.user())}
    assert list(shown.values()) == [{mandate}, {mandate}, {mandate}, set()]
    assert set(Mandate.objects.for_user(make.director())) == {mandate, other}


# Posts ------------------------------------------------------------------------------------------------------


def reach(user, permission: str = "circle.view_resident") -> set[Resident]:
    return set(Resident.objects.filter(within_posts(user, permission)))


@pytest.fixture
def neighbours() -> tuple[Resident, Resident]:
    """One in each of two communities."""
    return make.resident(community=make.community()), make.resident(community=make.community())


def test_clerk_reaches_the_people_of_their_community_only(neighbours):
    here, there = neighbours
    clerk = make.clerk(community=here.community)
    assert reach(clerk) == set(Resident.objects.for_user(clerk)) == {here}
    make.post(user=clerk, community=there.community)
    assert reach(clerk) == {here, there}


def test_post_gives_what_its_role_may_and_no_more(neighbours):
    here, _ = neighbours
    clerk, director = make.clerk(community=here.community), make.user(is_staff=True)
    make.post("director", user=director, community=here.community)
    assert (reach(clerk, "circle.view_record"), reach(director, "circle.view_record")) == (set(), {here})
    assert reach(clerk, "circle.delete_resident") == reach(director, "circle.delete_resident") == set()
    assert reach(clerk, "no such permission") == set()


@pytest.mark.parametrize(
    ("starts", "ends", "is_held"),
    [(0, None, True), (0, 0, True), (-9, 0, True), (-9, -1, False), (1, None, False), (1, 9, False)],
)
def test_post_is_held_from_its_first_day_to_its_last(neighbours, starts, ends, is_held):
    here, _ = neighbours
    first = TODAY + starts * ONE_DAY
    last = None if ends is None else TODAY + ends * ONE_DAY
    clerk = make.clerk(community=here.community, starts_on=first, ends_on=last)
    assert reach(clerk) == ({here} if is_held else set())


def test_post_ends_at_midnight_in_shanghai(neighbours, clock):
    here, _ = neighbours
    clerk = make.clerk(community=here.community, ends_on=TODAY)
    for time, found in ((make.moment(0, 23, 59), {here}), (make.moment(1, 0), set())):
        clock.move_to(time)
        assert reach(clerk) == found


def test_owner_reaches_every_community(neighbours):
    assert reach(make.director()) == set(neighbours)


@pytest.mark.parametrize(
    "maker", [make.resident, make.mandate, make.message, make.booking, make.slot, make.counter]
)
def test_owner_and_only_staff_of_the_community_see_its_rows(maker):
    row = maker()
    seen = type(row).objects.for_user
    assert row in seen(make.director())
    assert row in seen(make.clerk(community=make.here()))
    assert row not in seen(make.clerk(community=make.community()))
    assert row not in seen(make.resident_login())


def test_permission_held_without_a_post_reaches_every_community(neighbours):
    assert reach(make.staff("circle.view_resident")) == set(neighbours)
    assert reach(make.staff("circle.view_building")) == set()
    member, group = make.user(is_staff=True), Group.objects.create(name="readers")
    group.permissions.add(Permission.objects.get(codename="view_resident"))
    member.groups.add(group)
    assert reach(User.objects.get(pk=member.pk)) == set(neighbours)


def test_inactive_staff_reach_nothing(neighbours):
    here, _ = neighbours
    user = make.user(is_staff=True, is_active=False, is_superuser=True)
    make.post(user=user, community=here.community)
    assert reach(user) == set()


def test_visitor_reaches_nothing(neighbours):
    assert reach(AnonymousUser()) == set()


def test_resident_without_a_post_reaches_nothing_as_staff(neighbours):
    assert reach(make.resident_login()) == set()


@pytest.mark.parametrize("role", Role.values)
def test_every_permission_of_every_role_exists(role):
    named = Permission.objects.values_list("content_type__app_label", "codename")
    known = {f"{app}.{codename}" for app, codename in named}
    assert role_permissions()[role] <= known
    assert all(role in roles_with(permission) for permission in role_permissions()[role])


# The register -----------------------------------------------------------------------------------------------


def register(**values) -> Resident:
    return register_resident(**{"community": make.here(), "at": make.MORNING, "by": None} | values)


def test_resident_is_registered_with_a_clean_name_and_number():
    clerk = make.user()
    resident = register(name="  王  秀英 ", phone="+86 138 0013 8000", by=clerk)
    assert (resident.name, resident.phone) == ("王 秀英", "13800138000")
    kept = Record.objects.about(resident).get()
    assert (kept.verb, kept.actor, kept.details) == ("resident_registered", clerk, {})


def test_elder_without_phone_or_login_is_a_resident_in_full():
    resident = register(name="王秀英")
    assert (resident.phone, resident.login, resident.masked_phone) == ("", None, "")
    assert Resident.objects.living().get() == resident


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"name": "长" * 61}, "name_too_long"),
        ({"name": "王秀英", "phone": "12"}, "phone_invalid"),
    ],
)
def test_registering_is_refused(values, code):
    with pytest.raises(ValidationError) as refusal:
        register(**values)
    assert (refusal.value.code, Resident.objects.count(), Record.objects.count()) == (code, 0, 0)


def test_registering_at_a_building_elsewhere_is_refused():
    building = make.building(community=make.community())
    with pytest.raises(ValidationError) as refusal:
        register(name="王秀英", building=building, community=make.community())
    assert refusal.value.code == "other_community"


# What the database keeps ------------------------------------------------------------------------------------


def refused(act, *arguments, **values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        act(*arguments, **values)


def test_a_door_is_registered_once():
    household = make.household(door="1-501")
    refused(make.household, building=household.building, door="1-501")
    make.household(door="1-501")
    assert Household.objects.count() == 2


def test_an_id_number_is_one_persons_in_a_community_and_needs_its_kind():
    resident = make.resident(id_number="520102194001011234", id_type="resident")
    refused(make.resident, id_number="520102194001011234", id_type="resident")
    refused(make.resident, id_number="520102194001011235")
    make.resident(id_number="520102194001011234", id_type="resident", community=make.community())
    assert Resident.objects.filter(id_number_index=resident.id_number_index).count() == 2


def test_a_login_needs_an_address_or_a_number_of_its_own():
    refused(User.objects.create_user, None)
    refused(User.objects.create_user, "")
    login = make.resident_login()
    refused(make.resident_login, login.phone)
    make.user(email="a@example.invalid")
    refused(make.user, email="A@Example.invalid")


def test_an_open_mandate_stands_once_and_may_be_given_again_when_ended():
    mandate = make.mandate()
    same = {"principal": mandate.principal, "agent": mandate.agent}
    refused(make.mandate, **same)
    make.mandate(scope="bookings", **same)
    make.mandate(valid_until=TODAY, **same)
    Mandate.objects.filter(pk=mandate.pk).update(revoked_at=make.MORNING)
    make.mandate(**same)
    refused(make.mandate, valid_from=TODAY, valid_until=TODAY - ONE_DAY)


def test_a_post_is_held_once_from_a_day_and_ends_after_it_began():
    post = make.post()
    refused(make.post, user=post.user, community=post.community)
    make.post("director", user=post.user, community=post.community)
    refused(make.post, starts_on=TODAY, ends_on=TODAY - ONE_DAY)
    assert StaffPost.objects.filter(user=post.user).count() == 2


def test_people_with_history_are_not_deleted():
    booking = make.booking()
    for row in (booking.resident, booking.resident.login, make.mandate().agent, make.post().user):
        with pytest.raises(ProtectedError), transaction.atomic():
            row.delete()


def test_people_and_their_rows_read_as_what_they_are():
    resident = make.resident(name="王秀英", phone="13800138000")
    assert (str(resident), resident.masked_phone) == ("王秀英", "138****8000")
    assert str(make.resident_login("13900139000")) == "139****9000"
    assert str(make.mandate(principal=resident, agent=make.user(name="王芳"))) == "王秀英 ← 王芳"
    assert str(make.household(door="2-501")).endswith(" 2-501")
