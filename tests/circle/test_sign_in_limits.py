"""How often a number gets a code, and what a flood can do to the counts. Many at once: tests/race."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings as configured
from django.core.cache import cache
from django.core.exceptions import ValidationError

from circle.actions import login_for_phone, send_sign_in_code, sweep_unverified
from circle.models import Message, User
from tests import make
from tests.circle.signing_in import PHONE, START, ask, enter, errors, sent_code

pytestmark = pytest.mark.django_db
MIDNIGHT = make.MORNING.replace(hour=0)


@pytest.fixture(autouse=True)
def community():
    return make.community()


def send(user: User, at: dt.datetime) -> str:
    """The code of the refusal, or "sent"."""
    try:
        send_sign_in_code(user=user, code="123456", community=make.here(), at=at)
    except ValidationError as refusal:
        return refusal.code
    return "sent"


def sent_every(user: User, minutes: float, times: int, start: dt.datetime = make.MORNING) -> list[str]:
    return [send(user, start + number * dt.timedelta(minutes=minutes)) for number in range(times)]


# One number -------------------------------------------------------------------------------------------------


def test_number_gets_one_code_in_half_a_minute():
    user = make.resident_login()
    seconds = [0, 1, 29, 30, 31, 61]
    answers = [send(user, make.MORNING + dt.timedelta(seconds=each)) for each in seconds]
    assert answers == ["sent", "code_too_soon", "code_too_soon", "sent", "code_too_soon", "sent"]


def test_number_gets_five_codes_in_an_hour():
    user = make.resident_login()
    assert sent_every(user, 2, 6) == ["sent"] * 5 + ["too_many_codes"]
    assert send(user, make.MORNING + dt.timedelta(minutes=59)) == "too_many_codes"
    assert send(user, make.MORNING + dt.timedelta(minutes=60)) == "sent"


def test_number_gets_ten_codes_on_a_day():
    user = make.resident_login()
    assert sent_every(user, 15, 11) == ["sent"] * 10 + ["too_many_codes"]
    assert send(user, MIDNIGHT + dt.timedelta(days=1, seconds=-1)) == "too_many_codes"
    assert send(user, MIDNIGHT + dt.timedelta(days=1)) == "sent"


def test_hour_is_counted_across_midnight():
    user = make.resident_login()
    assert sent_every(user, 10, 6, MIDNIGHT - dt.timedelta(minutes=30)) == ["sent"] * 5 + ["too_many_codes"]


def test_limit_of_one_number_leaves_others_alone():
    sent_every(make.resident_login(), 2, 6)
    assert send(make.resident_login(), make.MORNING) == "sent"


def test_other_messages_to_the_number_do_not_count():
    user = make.resident_login()
    for _ in range(10):
        make.message(user=user, event="booking_made", created_at=make.MORNING)
    assert send(user, make.MORNING) == "sent"


def test_limits_hold_whoever_asks_and_from_wherever(client):
    with time_machine.travel(make.MORNING, tick=False) as clock:
        answers = []
        for number in range(6):
            client.cookies.clear()
            answers.append(ask(client, REMOTE_ADDR=f"10.0.0.{number}"))
            clock.shift(60)
    assert [response.status_code for response in answers] == [302] * 5 + [422]
    assert errors(answers[-1], "phone") == ["too_many_codes"]


def test_refused_number_keeps_what_was_typed(client):
    ask(client)
    response = ask(client, "138 0013 8000")
    assert errors(response, "phone") == ["code_too_soon"]
    assert 'value="138 0013 8000"' in response.text


# One connection ---------------------------------------------------------------------------------------------


def limit_connections(settings, rate: str) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"request_login_code": rate}


def asked_from(client, address: str, **headers) -> int:
    more = {"REMOTE_ADDR": address} | {f"HTTP_{name}": value for name, value in headers.items()}
    return client.post(START, {"phone": make.mobile()}, **more).status_code


def test_connection_of_a_hall_is_good_for_120_numbers_an_hour():
    assert configured.ACCOUNT_RATE_LIMITS["request_login_code"] == "120/h/ip"


def test_connection_has_a_limit_of_its_own(client, settings):
    limit_connections(settings, "3/h/ip")
    assert [asked_from(client, "10.0.0.1") for _ in range(4)] == [302, 302, 302, 422]
    assert asked_from(client, "10.0.0.2") == 302
    response = client.post(START, {"phone": PHONE}, REMOTE_ADDR="10.0.0.1")
    assert errors(response, "phone") == ["too_many_login_attempts"]
    assert User.objects.with_phone(PHONE) is None


def test_connection_is_counted_for_further_codes_too(client, settings):
    limit_connections(settings, "2/h/ip")
    with time_machine.travel(make.MORNING, tick=False) as clock:
        ask(client)
        for _ in range(2):
            clock.shift(60)
            client.post("/sign-in/code/", {"action": "resend"})
        assert Message.objects.count() == 2
        assert enter(client, sent_code())["Location"] == "/me/"


def test_without_a_proxy_nobody_chooses_his_own_address(client, settings):
    limit_connections(settings, "2/h/ip")
    answers = [asked_from(client, "10.0.0.1", X_FORWARDED_FOR=f"10.1.0.{number}") for number in range(3)]
    assert answers == [302, 302, 422]


def test_behind_the_proxy_its_header_tells_the_address(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    limit_connections(settings, "1/h/ip")
    assert asked_from(client, "", X_FORWARDED_FOR="10.1.0.1") == 302
    assert asked_from(client, "", X_FORWARDED_FOR="10.1.0.2") == 302
    assert asked_from(client, "", X_FORWARDED_FOR="10.9.9.9, 10.1.0.2") == 422


def test_counts_are_not_driven_out_of_the_cache(client, settings):
    """By default the table would keep 300 entries and give up those that sort first: ours."""
    limit_connections(settings, "1/h/ip")
    assert asked_from(client, "10.0.0.1") == 302
    for number in range(400):
        cache.set(f"zz-{number}", number)
    assert asked_from(client, "10.0.0.1") == 422


# Numbers that never came back -------------------------------------------------------------------------------


def test_number_that_never_came_back_is_forgotten_after_a_day():
    user = login_for_phone(phone=PHONE, at=make.MORNING)
    assert sweep_unverified(make.MORNING + dt.timedelta(hours=24)) == 0
    assert sweep_unverified(make.MORNING + dt.timedelta(hours=24, seconds=1)) == 1
    assert not User.objects.filter(pk=user.pk).exists()


def test_number_is_not_forgotten_while_its_codes_count():
    user = login_for_phone(phone=PHONE, at=make.MORNING)
    send(user, make.MORNING + dt.timedelta(hours=20))
    assert sweep_unverified(make.MORNING + dt.timedelta(hours=43)) == 0
    assert sweep_unverified(make.MORNING + dt.timedelta(hours=45)) == 1
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "keep",
    [
        lambda user: User.objects.filter(pk=user.pk).update(phone_verified_at=make.MORNING),
        lambda user: User.objects.filter(pk=user.pk).update(last_login=make.MORNING),
        lambda user: User.objects.filter(pk=user.pk).update(name="李"),
        lambda user: User.objects.filter(pk=user.pk).update(email="li@example.invalid"),
        lambda user: make.resident(login=user),
        lambda user: make.mandate(agent=user),
        lambda user: make.post(user=user),
    ],
    ids=["verified", "signed-in", "named", "with-address", "resident", "agent", "post"],
)
def test_whoever_is_somebody_is_kept(keep):
    user = login_for_phone(phone=PHONE, at=make.MORNING)
    keep(user)
    assert sweep_unverified(make.MORNING + dt.timedelta(days=9)) == 0


def test_number_that_asks_again_has_the_same_login():
    first = login_for_phone(phone=PHONE, at=make.MORNING)
    assert login_for_phone(phone=PHONE, at=make.MORNING) == first
    assert (first.phone, first.has_usable_password()) == (PHONE, False)
