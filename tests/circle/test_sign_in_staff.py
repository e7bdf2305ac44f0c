"""Staff: e-mail address and password open the back office, a code sent to a phone does not."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from circle.models import User
from circle.models.roles import Role, role_permissions
from tests import make
from tests.circle.signing_in import PHONE, STAFF, ask, enter, errors, is_signed_in, sent_code

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]
FAILURES = 5


@pytest.fixture(autouse=True)
def community():
    return make.community()


@pytest.fixture
def client() -> Client:
    """Django's own, which signs nobody in by a password that was never typed."""
    return Client()


def knock(client, email: str, password: str = make.PASSWORD, **more):
    return client.post(STAFF, {"login": email, "password": password} | more)


def by_code(client, user: User):
    """Ask for a code and enter it; the answer."""
    user.phone = PHONE
    user.save()
    ask(client)
    return enter(client, sent_code())


# Who gets in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stored", ["wang@example.invalid", "Wang@example.invalid"])
@pytest.mark.parametrize("typed", ["wang@example.invalid", "WANG@EXAMPLE.INVALID", " Wang@Example.invalid "])
def test_address_is_understood_in_any_case(client, stored, typed):
    make.director(email=stored)
    assert knock(client, typed)["Location"] == "/admin/"
    assert client.get("/admin/circle/facility/").status_code == 200


def test_back_office_leads_through_the_door_and_back(client):
    director = make.director()
    wanted = "/admin/circle/facility/?q=x"
    response = client.get(wanted, follow=True)
    door = "/sign-in/staff/?next=/admin/circle/facility/%3Fq%3Dx"
    assert (response.redirect_chain[-1], response.status_code) == ((door, 302), 200)
    assert f'name="next" value="{wanted}"' in response.text
    assert knock(client, director.email, next=wanted)["Location"] == wanted


def test_old_address_of_the_door_leads_to_it(client):
    assert client.get("/admin/login/")["Location"] == "/sign-in/staff/?next=/admin/"
    assert client.post("/en/admin/login/")["Location"] == "/en/sign-in/staff/?next=/en/admin/"


def test_foreign_next_page_is_ignored(client):
    director = make.director()
    foreign = "https://evil.invalid/"
    door = client.get("/admin/login/", {"next": foreign})["Location"]
    assert client.post(door, {"login": director.email, "password": make.PASSWORD})["Location"] == "/admin/"


def test_who_is_in_already_is_led_on(client):
    knock(client, make.director().email)
    assert client.get(STAFF)["Location"] == "/admin/"
    assert client.get(f"{STAFF}?next=/admin/circle/")["Location"] == "/admin/circle/"


def test_login_without_a_post_lands_on_its_own_page_and_is_kept_out(client):
    assert knock(client, make.user().email)["Location"] == "/me/"
    response = client.get("/admin/", follow=True)
    assert (response.redirect_chain[-1][0], response.status_code) == ("/sign-in/staff/?next=/admin/", 200)


def test_session_that_began_with_a_code_does_not_open_the_back_office(client):
    """Not even to somebody who was given a post since."""
    user = make.user(name="", email="li@example.invalid")
    assert by_code(client, user)["Location"] == "/me/"
    User.objects.update(is_staff=True, is_superuser=True)
    response = client.get("/admin/", follow=True)
    assert (response.redirect_chain[-1][0], response.status_code) == ("/sign-in/staff/?next=/admin/", 200)
    assert knock(client, user.email)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "maker",
    [make.director, make.staff, make.clerk, lambda: make.post(user=make.user()).user],
    ids=["director", "staff", "clerk", "post-without-staff-flag"],
)
def test_who_holds_a_post_is_sent_from_the_code_to_the_password(client, maker):
    user = maker()
    response = by_code(client, user)
    assert (response["Location"], is_signed_in(client)) == ("/sign-in/staff/?next=/admin/", False)
    assert [message.level_tag for message in client.get(response["Location"]).context["messages"]] == ["info"]
    assert client.get("/admin/").status_code == 302


def test_post_of_yesterday_leaves_a_resident_who_may_come_by_code(client):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    user = make.post(user=make.user(), ends_on=yesterday).user
    assert by_code(client, user)["Location"] == "/me/"


def test_next_page_survives_the_way_from_the_code_to_the_password(client):
    user = make.clerk()
    user.phone = PHONE
    user.save()
    ask(client)
    assert enter(client, sent_code(), next="/help/")["Location"] == "/sign-in/staff/?next=/help/"


def test_one_signs_in_over_the_session_of_somebody_else(client):
    director = make.director()
    by_code(client, make.user())
    assert knock(client, director.email)["Location"] == "/admin/"
    assert client.get("/admin/").wsgi_request.user == director


def test_phone_is_taken_at_the_other_door_only(client):
    user = make.director()
    user.phone = PHONE
    user.save()
    response = knock(client, PHONE)
    assert (response.status_code, errors(response, "login")) == (422, ["invalid"])


def test_session_of_staff_ends_after_twelve_hours(client):
    with time_machine.travel(make.MORNING, tick=False) as clock:
        knock(client, make.director().email)
        for _visit in range(24):  # never idle for half an hour
            clock.shift(dt.timedelta(minutes=30) - dt.timedelta(seconds=1))
            assert client.get("/admin/").status_code == 200
        clock.shift(dt.timedelta(minutes=2))
        assert client.get("/admin/").status_code == 302


# Failed attempts --------------------------------------------------------------------------------------------


def told(response) -> tuple:
    return response.status_code, sorted(response.cookies), errors(response)


def test_unknown_address_gets_the_same_answer_as_a_wrong_password(client):
    director = make.director()
    answers = [told(knock(client, email, "wrong")) for email in (director.email, "no@example.invalid")]
    assert answers == [(422, ["csrf"], ["email_password_mismatch"])] * 2


def test_closed_login_gets_the_same_answer_as_a_wrong_password(client):
    closed = make.director(is_active=False)
    assert errors(knock(client, closed.email)) == ["email_password_mismatch"]


def test_login_without_a_password_is_refused(client):
    user = make.user(password=None)
    for password in ("", "!", "None"):
        assert knock(client, user.email, password).status_code == 422
    assert not is_signed_in(client)


def test_door_is_shut_after_five_failures_for_five_minutes_at_least(client):
    director = make.director()
    with time_machine.travel(make.MORNING, tick=False) as clock:
        for _ in range(FAILURES):
            assert errors(knock(client, director.email, "wrong")) == ["email_password_mismatch"]
            clock.shift(dt.timedelta(minutes=1))
        assert errors(knock(client, director.email)) == ["too_many_login_attempts"]
        clock.shift(dt.timedelta(seconds=299))
        assert errors(knock(client, director.email)) == ["too_many_login_attempts"]
        clock.shift(dt.timedelta(minutes=5))
        assert knock(client, director.email)["Location"] == "/admin/"


def test_unknown_address_is_shut_out_alike(client):
    for _ in range(FAILURES):
        knock(client, "no@example.invalid", "wrong")
    assert errors(knock(client, "no@example.invalid", "wrong")) == ["too_many_login_attempts"]


def test_neither_case_nor_host_opens_the_door_again(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other"]
    director = make.director()
    for number in range(FAILURES):
        headers = {"host": f"testserver:{8000 + number}"}
        client.post(STAFF, {"login": director.email, "password": "wrong"}, headers=headers)
    response = client.post(
        STAFF, {"login": director.email.upper(), "password": make.PASSWORD}, headers={"host": "other"}
    )
    assert errors(response) == ["too_many_login_attempts"]


def test_another_address_is_not_shut_out(client):
    director, other = make.director(), make.director()
    for _ in range(FAILURES):
        knock(client, director.email, "wrong")
    assert knock(client, other.email)["Location"] == "/admin/"


def test_successes_do_not_count(client):
    director = make.director()
    for _ in range(FAILURES + 2):
        assert knock(client, director.email)["Location"] == "/admin/"
        client.post("/sign-out/")


def test_flood_from_one_address_is_told_in_style(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}
    for number in range(2):
        knock(client, f"no{number}@example.invalid", "wrong")
    response = client.post(f"/en{STAFF}", {})
    assert (response.status_code, "Too many attempts" in response.text) == (429, True)


# What a post allows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_post_gives_the_permissions_of_its_role(role):
    user = make.post(role).user
    assert user.get_all_permissions() == role_permissions()[role]
    apps = ("circle", "services", "eldercare", "childcare", "council")
    named = {permission.partition(".")[0] for permission in role_permissions()[role]}
    assert {app for app in apps if user.has_module_perms(app)} == named


def test_every_permission_of_a_role_exists():
    named = {
        f"{app}.{name}" for app, name in Permission.objects.values_list("content_type__app_label", "codename")
    }
    assert set().union(*role_permissions().values()) - named == set()


@pytest.mark.parametrize(("starts", "ends"), [(1, None), (-9, -1)], ids=["tomorrow", "until-yesterday"])
def test_post_of_another_day_gives_nothing(starts, ends):
    today = timezone.localdate()
    days = {"starts_on": today + dt.timedelta(days=starts)}
    days["ends_on"] = ends and today + dt.timedelta(days=ends)
    assert make.post(**days).user.get_all_permissions() == set()


def test_post_of_a_closed_login_gives_nothing():
    assert make.post(user=make.user(is_active=False)).user.get_all_permissions() == set()


def test_post_adds_to_what_a_login_may_by_itself_and_by_its_groups():
    user = make.post(user=make.staff("circle.delete_notice")).user
    group = Group.objects.create(name="group")
    group.permissions.add(Permission.objects.get(codename="delete_closure"))
    user.groups.add(group)
    more = {"circle.delete_notice", "circle.delete_closure"}
    assert user.get_all_permissions() == role_permissions()[Role.HALL_CLERK] | more
    assert [
        user.has_global_permission(name) for name in ("circle.delete_closure", "circle.view_resident")
    ] == [
        True,
        False,
    ]


def test_posts_are_asked_for_once(django_assert_num_queries):
    user = make.clerk()
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(3):  # the user's own permissions, the groups', the posts
        user.has_perm("circle.no_such")
        user.has_perm("services.no_such")
        user.has_module_perms("services")
