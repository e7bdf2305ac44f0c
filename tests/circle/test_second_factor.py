"""The second step at the staff's door: required by setting, set up by oneself, each code good once."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth import get_user_model
from django.test import Client

from circle.identifiers.encryption import unseal_text
from circle.models import User
from tests import make
from tests.circle.signing_in import PHONE, STAFF, ask, enter, errors, is_signed_in, sent_code

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODE_PAGE, SET_UP = "/sign-in/staff/code/", "/sign-in/staff/app/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True
    make.community()


@pytest.fixture
def client() -> Client:
    """Django's own, which signs nobody in by a password that was never typed."""
    return Client()


def knock(client, user: User, **more):
    return client.post(STAFF, {"login": user.email, "password": make.PASSWORD} | more)


def code_now(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_app(**values) -> User:
    user = make.clerk(**values)
    TOTP.activate(user, SECRET)
    return user


def opens(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_password_and_code_open_the_back_office(client):
    user = with_app()
    assert knock(client, user, next="/admin/circle/facility/")["Location"] == CODE_PAGE
    assert (opens(client), is_signed_in(client)) == (False, False)
    assert client.get(CODE_PAGE).status_code == 200
    spaced = f"{code_now()[:3]} {code_now()[3:]}"
    assert client.post(CODE_PAGE, {"code": spaced})["Location"] == "/admin/circle/facility/"
    assert opens(client)


def test_wrong_code_is_refused_and_opens_nothing(client):
    user = with_app()
    knock(client, user)
    response = client.post(CODE_PAGE, {"code": "000000"})
    assert (response.status_code, errors(response, "code")) == (422, ["incorrect_code"])
    assert not is_signed_in(client)


def test_code_opens_the_door_once(client):
    user = with_app()
    with time_machine.travel(make.MORNING, tick=False):
        code = code_now()
        knock(client, user)
        assert client.post(CODE_PAGE, {"code": code})["Location"] == "/admin/"
        other = Client()
        knock(other, user)
        assert errors(other.post(CODE_PAGE, {"code": code}), "code") == ["incorrect_code"]
    with time_machine.travel(make.MORNING, tick=False) as clock:
        clock.shift(31)
        assert errors(other.post(CODE_PAGE, {"code": code}), "code") == ["incorrect_code"]


def test_code_page_is_shut_after_five_failures(client):
    user = with_app()
    knock(client, user)
    for _ in range(5):
        assert errors(client.post(CODE_PAGE, {"code": "000000"}), "code") == ["incorrect_code"]
    assert errors(client.post(CODE_PAGE, {"code": code_now()}), "code") == ["too_many_login_attempts"]


def test_recovery_code_opens_the_door_once(client):
    user = make.clerk()
    knock(client, user)
    set_up(client)
    page = client.get("/sign-in/staff/recovery/").text
    spare = re.findall(r"<code>(\d{8})</code>", page)
    assert len(spare) == 10
    answers = []
    for _ in range(2):
        other = Client()
        knock(other, user)
        answers.append(other.post(CODE_PAGE, {"code": spare[0]}).status_code)
    assert answers == [302, 422]


def set_up(client):
    secret = client.get(SET_UP).context["form"].secret
    return client.post(SET_UP, {"code": code_now(secret)})


def test_who_has_no_second_step_yet_is_led_to_set_it_up(client):
    user = make.clerk()
    assert knock(client, user)["Location"] == SET_UP
    assert not opens(client)
    assert client.get(f"{STAFF}?next=/admin/")["Location"] == SET_UP
    assert set_up(client)["Location"] == "/sign-in/staff/recovery/"
    assert opens(client)


def test_secret_of_the_app_is_sealed_at_rest(client):
    user = make.clerk()
    knock(client, user)
    set_up(client)
    for row in Authenticator.objects.all():
        stored = row.data.get("secret") or row.data.get("seed")
        assert unseal_text(stored) not in str(row.data)


def test_wrong_first_code_sets_nothing_up(client):
    knock(client, make.clerk())
    client.get(SET_UP)
    response = client.post(SET_UP, {"code": "000000"})
    assert (response.status_code, errors(response, "code")) == (422, ["incorrect_code"])
    assert not Authenticator.objects.exists()


def test_where_it_is_not_required_an_app_that_is_set_up_is_still_asked_for(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    user = with_app()
    assert knock(client, user)["Location"] == CODE_PAGE
    assert knock(Client(), make.clerk())["Location"] == "/admin/"


def test_session_from_before_the_setting_asks_to_sign_in_again(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    user = make.clerk()
    knock(client, user)
    assert opens(client)
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == SET_UP
    TOTP.activate(user, SECRET)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/sign-in/staff/?next=/admin/"


@pytest.mark.parametrize(
    "page", ["app/", "factors/", "passkey/", "recovery/", "recovery/new/", "app/remove/"]
)
def test_pages_of_the_locks_are_for_staff_with_their_password(client, page):
    url = f"/sign-in/staff/{page}"
    assert client.get(url)["Location"] == f"/sign-in/staff/?next={url}"
    client.force_login(make.resident_login())
    assert client.get(url)["Location"] == f"/sign-in/staff/?next={url}"


def test_lock_is_changed_only_shortly_after_signing_in(client):
    user = make.clerk()
    with time_machine.travel(make.MORNING, tick=False) as clock:
        knock(client, user)
        set_up(client)
        clock.shift(11 * 60)
        response = client.get("/sign-in/staff/app/remove/", follow=True)
        assert response.redirect_chain[-1][0] == "/sign-in/staff/?next=/sign-in/staff/app/remove/"
        assert Authenticator.objects.filter(type="totp").exists()


def test_owner_takes_the_second_step_off(client):
    user = with_app()
    knock(client, user)
    client.post(CODE_PAGE, {"code": code_now()})
    owner = Client()
    boss = make.director()
    TOTP.activate(boss, SECRET)
    knock(owner, boss)
    owner.post(CODE_PAGE, {"code": code_now()})
    sent = {"action": "forget_factors", "confirmed": "yes", "_selected_action": [user.pk]}
    assert owner.post("/admin/circle/user/", sent).status_code == 302
    assert (opens(client), Authenticator.objects.filter(user=user).exists()) == (False, False)
    assert opens(owner)


# Neighbours who help ----------------------------------------------------------------------------------------


def by_code(client, user: User):
    user.phone = PHONE
    user.save()
    ask(client)
    return enter(client, sent_code())


@pytest.mark.parametrize("role", ["volunteer", "building_head"])
def test_neighbour_who_helps_comes_by_phone(client, role):
    user = make.post(role, user=make.resident_login()).user
    assert by_code(client, user)["Location"] == "/admin/"
    assert opens(client)


def test_neighbour_who_gets_another_post_loses_the_session_at_once(client):
    user = make.post("volunteer", user=make.resident_login()).user
    by_code(client, user)
    assert opens(client)
    make.post("hall_clerk", user=user)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/sign-in/staff/?next=/admin/"


def test_resident_who_is_given_a_post_has_no_rights_by_the_old_session(client):
    booking = make.booking(at=make.MORNING)
    user = make.resident_login()
    by_code(client, user)
    make.post("hall_clerk", user=user)
    assert user.get_all_permissions()
    assert client.get(f"/services/bookings/{booking.code}/").status_code == 302
    assert client.get("/me/")["Location"] == "/sign-in/?next=/me/"
    assert get_user_model().objects.filter(pk=user.pk).exists()
