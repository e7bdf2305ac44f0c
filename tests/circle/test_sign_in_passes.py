"""A clerk signs somebody in. Two at once: tests/race/test_race_passes.py."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle.actions import change_phone, give_pass, report_death, sweep_passes, use_pass
from circle.models import Message, Record, SignInPass, User
from tests import make
from tests.circle.signing_in import CODE, START, ask, errors, is_signed_in

pytestmark = pytest.mark.django_db
CLERK = "/sign-in/clerk/"


@pytest.fixture(autouse=True)
def clock():
    make.here()
    with time_machine.travel(make.MORNING, tick=False) as moving:
        yield moving


def given(resident=None, **values) -> str:
    resident = resident or make.own_resident()
    by = values.pop("by", None) or make.clerk(community=resident.community)
    return give_pass(**{"resident": resident, "known_by": "resident", "at": make.MORNING, "by": by} | values)


def typed(client, code: str, **more):
    return client.post(CLERK, {"code": code} | more)


def test_a_code_from_a_clerk_signs_in_once(client):
    resident = make.own_resident()
    code = given(resident)
    response = typed(client, f" {code[:4].lower()} {code[4:]}", next="/me/people/")
    assert (response.status_code, response["Location"]) == (302, "/me/people/")
    assert client.get("/me/").wsgi_request.user == resident.login
    client.logout()
    again = typed(client, code)
    assert (again.status_code, errors(again, "code"), is_signed_in(client)) == (
        422,
        ["incorrect_code"],
        False,
    )


def test_the_code_is_kept_as_a_hash_and_the_deed_is_recorded(client):
    resident, clerk = make.own_resident(), make.clerk(community=make.here())
    code = given(resident, by=clerk)
    row = SignInPass.objects.get()
    assert (len(row.code_hash), code in row.code_hash) == (64, False)
    typed(client, code)
    kept = [(each.verb, each.actor, each.details) for each in Record.objects.about(resident).order_by("id")]
    assert kept == [
        ("sign_in_given", clerk, {"known_by": "resident", "given": row.pk}),
        ("sign_in_used", resident.login, {"given": row.pk, "by": clerk.pk}),
    ]
    assert Message.objects.get().event == "signed_in_by_clerk"


def test_whoever_has_a_number_and_no_login_gets_one(client):
    resident = make.resident(phone="13800138000")
    code = given(resident)
    resident.refresh_from_db()
    assert (resident.login.phone, resident.login.phone_verified_at) == ("13800138000", None)
    typed(client, code)
    assert client.get("/me/people/").context["own"].get() == resident


def changed_number(resident):
    change_phone(resident=resident, phone="", shown="resident", at=make.MORNING, by=make.user())


def died(resident):
    report_death(resident=resident, died_on=make.MORNING.date(), at=make.MORNING, by=make.clerk())


def took_a_post(resident):
    make.post(user=resident.login)


def closed(resident):
    User.objects.filter(pk=resident.login_id).update(is_active=False)


@pytest.mark.parametrize("meanwhile", [changed_number, died, took_a_post, closed])
def test_a_code_that_no_longer_fits_answers_like_a_wrong_one(client, meanwhile):
    resident = make.own_resident()
    code = given(resident)
    meanwhile(resident)
    response, wrong = typed(client, code), typed(client, "22222222")
    assert (errors(response, "code"), is_signed_in(client)) == (["incorrect_code"], False)
    pages = [re.sub(r'value="\w+"', "", each.text) for each in (response, wrong)]
    assert pages[0] == pages[1]


def test_a_code_is_good_for_ten_minutes(client, clock):
    code, other = given(), given()
    clock.move_to(make.MORNING + dt.timedelta(minutes=10))
    assert errors(typed(client, code), "code") == ["incorrect_code"]
    clock.move_to(make.MORNING + dt.timedelta(minutes=9, seconds=59))
    assert typed(client, other).status_code == 302


def test_a_new_code_makes_the_one_before_void():
    resident = make.own_resident()
    first, second = given(resident), given(resident)
    with pytest.raises(ValidationError) as refusal:
        use_pass(code=first, at=make.MORNING)
    assert (refusal.value.code, use_pass(code=second, at=make.MORNING)) == ("incorrect_code", resident.login)


@pytest.mark.parametrize(
    ("who", "values", "code"),
    [
        (make.own_resident, {"known_by": "their voice"}, "document_missing"),
        (make.own_resident, {"by": make.user}, "not_allowed"),
        (lambda: make.own_resident(community=make.community()), {"by": make.clerk}, "not_allowed"),
        (make.resident, {}, "no_mobile"),
        (lambda: make.resident(phone="085100000100"), {}, "no_mobile"),
        (lambda: make.resident(died_on=make.MORNING.date()), {}, "resident_gone"),
        (lambda: make.resident(login=make.clerk()), {}, "staff_login"),
        (lambda: make.resident(login=make.director()), {}, "staff_login"),
    ],
)
def test_a_sign_in_is_not_given(who, values, code):
    values = {name: value() if callable(value) else value for name, value in values.items()}
    with pytest.raises(ValidationError) as refusal:
        given(who(), **values)
    assert (refusal.value.code, SignInPass.objects.count()) == (code, 0)


def test_guesses_are_limited(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"use_pass": "3/10m/ip"}
    code = given()
    answers = [errors(typed(client, "22222222"), "code")[0] for _ in range(4)]
    assert answers == ["incorrect_code"] * 3 + ["too_many_login_attempts"]
    assert errors(typed(client, code), "code") == ["too_many_login_attempts"]


def test_what_is_no_code_is_refused(client):
    assert errors(typed(client, ""), "code") == ["required"]
    assert errors(typed(client, "2" * 41), "code") == ["max_length"]


def test_clerk_is_shown_the_code_once(client):
    resident = make.own_resident()
    client.force_login(make.clerk(community=resident.community))
    url = reverse("admin:circle_resident_sign_in", args=[resident.pk])
    shown = client.post(url, {"known_by": "call"})
    code = re.search(r'"status"><strong>(\w{4} \w{4})<', shown.text).group(1)
    assert "no-store" in shown["Cache-Control"]
    assert code not in client.get(url).text
    assert use_pass(code=code, at=make.MORNING) == resident.login


def test_old_codes_are_swept():
    given()
    assert sweep_passes(make.MORNING + dt.timedelta(days=1)) == 0
    assert sweep_passes(make.MORNING + dt.timedelta(days=1, minutes=11)) == 1


# The page of the code that was sent -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [
        ("", "没有收到验证码？请拨打{}，或请工作人员为您登录。"),
        ("/en", "No code? Call {}, or a clerk signs you in."),
    ],
)
def test_code_page_says_what_to_do_without_a_code(client, html, prefix, sentence):
    client.post(f"{prefix}{START}", {"phone": "13800138000"})
    page = html(client.get(f"{prefix}{CODE}"))
    assert sentence.format(make.PHONE) in page
    assert f'href="{prefix}{CLERK}"' in page


def test_code_page_survives_leaving_it(client):
    ask(client)
    first, again = client.get(CODE), client.get(CODE)
    assert (first.status_code, again.status_code) == (200, 200)
    assert client.get(START).context["code_url"] == CODE
    response = client.post(CODE, {"code": Message.objects.get().all_values["code"]})
    assert (response.status_code, is_signed_in(client)) == (302, True)


def test_a_clerks_code_ends_the_wait_for_another_number(client):
    resident = make.own_resident()
    ask(client, "13800138000")
    assert typed(client, given(resident)).status_code == 302
    assert client.get("/me/").wsgi_request.user == resident.login
    assert "account_login" not in client.session
