"""Staff who leave the desk are signed out, and lose nothing; everybody sees and ends their sessions."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client

from circle.management.commands.describe_roles import FILE, roles_document
from circle.models import Closure
from tests import make
from tests.circle.signing_in import PHONE, STAFF, ask, enter, is_signed_in, sent_code

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]
KEPT = "/sign-in/staff/kept/"
FORM = "/admin/circle/closure/add/"


@pytest.fixture
def clock():
    with time_machine.travel(make.MORNING, tick=False) as found:
        yield found


@pytest.fixture
def client() -> Client:
    """Django's own, which signs nobody in by a password that was never typed."""
    return Client()


def knock(client, user, **more):
    return client.post(STAFF, {"login": user.email, "password": make.PASSWORD} | more)


def at_desk(client):
    """Signed in, and seen there once."""
    user = make.director()
    knock(client, user)
    client.get("/admin/")
    return user


def closure_form() -> dict:
    return {"facility": make.facility().pk, "starts_on": "2026-12-01", "reason_zh": "检修", "ends_on": ""}


def test_staff_are_signed_out_after_half_an_hour_away(client, clock):
    at_desk(client)
    clock.shift(dt.timedelta(minutes=29))
    assert client.get("/admin/").status_code == 200
    clock.shift(dt.timedelta(minutes=31))
    assert client.get("/admin/circle/notice/")["Location"] == f"{STAFF}?next=/admin/circle/notice/"
    assert not is_signed_in(client)


def test_minutes_are_a_setting(client, clock, settings):
    settings.STAFF_IDLE_MINUTES = 5
    at_desk(client)
    clock.shift(dt.timedelta(minutes=6))
    assert client.get("/admin/").status_code == 302


def test_half_filled_form_is_offered_again_and_sent(client, clock):
    user, form = at_desk(client), closure_form()
    clock.shift(dt.timedelta(minutes=31))
    assert client.post(FORM, form)["Location"] == f"{STAFF}?next={KEPT}"
    assert not Closure.objects.exists()
    assert knock(client, user, next=KEPT)["Location"] == KEPT
    page = client.get(KEPT)
    assert page.context["path"] == FORM
    assert client.post(FORM, dict(page.context["pairs"]))["Location"] == "/admin/circle/closure/"
    assert Closure.objects.get().reason_zh == "检修"


def test_form_is_kept_for_its_own_person_only_and_for_an_hour(client, clock):
    user = at_desk(client)
    clock.shift(dt.timedelta(minutes=31))
    client.post(FORM, closure_form())
    knock(client, make.director(), next=KEPT)
    assert client.get(KEPT)["Location"] == "/admin/"
    at_desk_again = Client()
    knock(at_desk_again, user)
    assert at_desk_again.get(KEPT)["Location"] == "/admin/"


def test_kept_form_can_be_thrown_away(client, clock):
    user = at_desk(client)
    clock.shift(dt.timedelta(minutes=31))
    client.post(FORM, closure_form())
    knock(client, user, next=KEPT)
    assert client.post(KEPT)["Location"] == "/admin/"
    assert client.get(KEPT)["Location"] == "/admin/"


def test_kept_form_is_sealed_and_holds_no_password(client, clock):
    at_desk(client)
    clock.shift(dt.timedelta(minutes=31))
    client.post(FORM, closure_form() | {"new_password1": "geheim geheim"})
    stored = "".join(Session.objects.values_list("session_data", flat=True))
    assert "检修" not in stored
    assert "new_password1" not in client.session["kept_form"]["sent"]


def test_resident_is_not_signed_out_for_being_away(client, clock):
    make.community()
    ask(client)
    enter(client, sent_code())
    client.get("/me/")
    clock.shift(dt.timedelta(days=3))
    assert client.get("/me/").status_code == 200
    stored = "".join(Session.objects.values_list("session_data", flat=True))
    assert PHONE not in stored


# Sessions ---------------------------------------------------------------------------------------------------


def test_sessions_are_listed_and_ended(client):
    user, phone = make.director(), Client()
    make.community()
    knock(client, user)
    knock(phone, user)
    rows = client.get("/me/sessions/").context["sessions"]
    other = next(row for row in rows if row.session_key == phone.session.session_key)
    assert len(rows) == 2
    assert client.post("/me/sessions/", {"session": other.pk})["Location"] == "/me/sessions/"
    assert (phone.get("/me/").status_code, client.get("/me/").status_code) == (302, 200)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Safari/537.36 MicroMessenger/8.0",
            "微信，安卓设备",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile Safari/604.1", "Safari，iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge，Windows电脑"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1", "鸿蒙设备"),
        ("", "未知设备"),
    ],
)
def test_device_is_named_in_words(client, header, name):
    make.community()
    knock(client, make.director())
    UserSession.objects.update(user_agent=header)
    page = client.get("/me/sessions/").text
    assert f"<strong>{name}</strong>" in page
    assert "Mozilla" not in page


def test_nobody_ends_the_session_of_somebody_else(client):
    make.community()
    victim = Client()
    knock(victim, make.director())
    row = victim.get("/me/sessions/").context["sessions"][0]
    knock(client, make.director())
    client.post("/me/sessions/", {"session": row.pk})
    assert victim.get("/me/").status_code == 200


def test_all_other_sessions_are_ended_at_once(client):
    user, others = make.director(), [Client(), Client()]
    make.community()
    for each in (client, *others):
        knock(each, user)
    client.post("/me/sessions/", {"session": "others"})
    assert [each.get("/me/").status_code for each in (client, *others)] == [200, 302, 302]


# The document -----------------------------------------------------------------------------------------------


def test_roles_document_says_what_the_table_says():
    assert FILE.read_text(encoding="utf-8") == roles_document(), "run: python manage.py describe_roles"


def test_command_writes_it(tmp_path, monkeypatch):
    target = tmp_path / "roles.md"
    monkeypatch.setattr("circle.management.commands.describe_roles.FILE", target)
    call_command("describe_roles")
    assert target.read_text(encoding="utf-8") == roles_document()
