"""The outbox as it is written: who is told over which channel, in which language, in which words."""

import datetime as dt
import json
import re

import pytest
from django.conf import settings as project
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext

from circle.actions import record_in_person_outcome
from circle.models import Message, Record
from circle.notifications import SECRET_LIFETIME, notify, send_messages, text_of, wipe_old_secrets
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
TEMPLATES = sorted(path.stem for path in (project.BASE_DIR / "templates/messages").glob("*.txt"))
EVENT = "booking_made"


@pytest.fixture(autouse=True)
def sms(settings, tmp_path):
    """Text messages go to this folder."""
    settings.SMS_URL = f"file://{tmp_path}/sms"
    return tmp_path / "sms"


def told(**values) -> Message:
    """The one message that is there after this call."""
    defaults = {"event": EVENT, "community": make.here(), "at": NOW, "dedupe": "booking_made:1"}
    notify(**defaults | values)
    return Message.objects.get()


def code_for(user, **values) -> Message:
    return told(**{"event": "sign_in_code", "user": user, "secret": {"code": "314159"}} | values)


# What is written --------------------------------------------------------------------------------------------


def test_message_waits_to_be_sent_at_once():
    resident = make.resident(phone=make.mobile())
    message = told(resident=resident, values={"code": "K7M2"})
    assert (message.resident, message.user, message.community) == (resident, None, resident.community)
    assert (message.event, message.values, message.dedupe) == (EVENT, {"code": "K7M2"}, "booking_made:1")
    assert (message.status, message.created_at, message.due_at) == ("queued", NOW, NOW)
    assert list(Message.objects.due(NOW)) == [message]
    assert not Message.objects.due(NOW - dt.timedelta(seconds=1)).exists()


def test_message_goes_with_the_transaction_it_tells_of():
    resident = make.resident(phone=make.mobile())

    @transaction.atomic
    def deed_that_fails() -> None:
        told(resident=resident)
        raise LookupError

    with pytest.raises(LookupError):
        deed_that_fails()
    assert not Message.objects.exists()


def test_nobody_is_told_twice_of_the_same_thing():
    resident = make.resident(phone=make.mobile())
    first = told(resident=resident, values={"code": "first"})
    assert told(resident=resident, values={"code": "second"}).values == first.values
    notify(event=EVENT, community=resident.community, resident=resident, at=NOW, dedupe="booking_made:2")
    assert Message.objects.count() == 2


def test_message_to_nobody_is_an_error_and_not_lost_in_silence():
    with pytest.raises((IntegrityError, ValueError)), transaction.atomic():
        told()


@pytest.mark.django_db(transaction=True)
def test_many_notices_at_once_of_the_same_thing_are_one_message(at_once):
    resident = make.resident(phone=make.mobile())
    acts = [lambda: notify(event=EVENT, community=resident.community, resident=resident, at=NOW, dedupe="x")]
    assert at_once(*acts * 6) == [None] * 6
    assert Message.objects.count() == 1


# Over which channel, in which language ----------------------------------------------------------------------


def test_resident_is_told_over_a_phone_of_their_own():
    assert told(resident=make.resident(phone=make.mobile())).channel == "sms"


def test_resident_without_a_phone_is_told_over_that_of_the_agent():
    message = told(resident=make.resident(), user=make.resident_login())
    assert (message.channel, message.user is None) == ("sms", False)


def test_resident_without_a_phone_is_told_over_the_agents_email():
    assert told(resident=make.resident(), user=make.user()).channel == "email"


def test_own_phone_comes_before_the_agents_email():
    assert told(resident=make.resident(phone=make.mobile()), user=make.user()).channel == "sms"


def test_login_is_told_by_phone_or_else_by_email():
    assert told(user=make.resident_login()).channel == "sms"
    Message.objects.all().delete()
    assert told(user=make.user()).channel == "email"


def test_resident_without_anything_is_told_by_staff():
    message = told(resident=make.resident())
    assert message.channel == "desk"
    assert list(Message.objects.awaiting_in_person()) == [message]
    assert not Message.objects.due(NOW).exists()


def test_resident_with_a_landline_only_is_told_by_staff():
    """A landline takes no text messages, so a gateway that accepts one tells nobody."""
    assert told(resident=make.resident(phone="085185123456")).channel == "desk"


def test_resident_with_a_landline_is_told_over_the_agents_mobile(sms):
    agent = make.resident_login("13900139000")
    values = {"starts_at": NOW}
    message = told(resident=make.resident(phone="085185123456"), user=agent, values=values)
    assert message.channel == "sms"
    assert send_messages(at=NOW) == 1
    assert [json.loads(file.read_text())["to"] for file in sms.iterdir()] == ["13900139000"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("active", ["zh-hans", "en"])
def test_resident_is_told_in_their_own_language_and_not_the_clerks(language, active):
    resident = make.resident(phone=make.mobile(), language=language)
    with translation.override(active):
        message = told(
            resident=resident, values={"item": ("老年证", "Senior card"), "empty": ("只有中文", "")}
        )
    item = "Senior card" if language == "en" else "老年证"
    assert (message.language, message.values) == (language, {"item": item, "empty": "只有中文"})


@pytest.mark.parametrize("active", ["zh-hans", "en"])
def test_login_without_a_resident_is_told_in_the_language_of_the_page(active):
    with translation.override(active):
        assert told(user=make.resident_login()).language == active


# The words --------------------------------------------------------------------------------------------------


MOMENTS = ("starts_at", "ends_at", "expires_at", "held_at", "from_at", "first_at", "last_at", "next_at")


def filled(event: str, language: str) -> Message:
    """A message with a value for every name that its template asks for."""
    source = (project.BASE_DIR / f"templates/messages/{event}.txt").read_text(encoding="utf-8")
    names = set(re.findall(r"{{ *(\w+) *}}", source)) - set(re.findall(r"(\w+)=(?!code\|)", source))
    names -= set(re.findall(r" as (\w+) *%}", source))
    moments = {name: make.moment(1, 9, 30).isoformat() for name in MOMENTS}
    values = {name: f"<{name}> & 文" for name in names} | moments
    return make.message(event=event, language=language, values=values)


@pytest.mark.one_database("sqlite")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("event", TEMPLATES)
def test_every_template_makes_one_plain_line_with_all_its_values(event, language):
    message = filled(event, language)
    text = text_of(message)
    assert all(value in text for name, value in message.values.items() if not name.endswith("_at"))
    with translation.override(language):
        assert text.startswith((f"[{message.community.name}]", f"【{message.community.name}】"))
    assert not re.search(r"[{}]|&amp;|\n|  |None", text)
    assert len(text) < 300


@pytest.mark.one_database("sqlite")
@pytest.mark.parametrize("event", TEMPLATES)
def test_every_template_is_translated(event):
    texts = {language: text_of(filled(event, language)) for language in ("zh-hans", "en")}
    chinese, english = (re.sub(r"<\w+> & 文|[\[【].*?[\]】]", "", texts[name]) for name in ("zh-hans", "en"))
    assert re.search(r"[一-鿿]", chinese)
    assert not re.search(r"[一-鿿]", english)


def test_times_are_said_as_on_the_clock_in_the_hall():
    values = {"starts_at": dt.datetime(2026, 11, 25, 1, 30, tzinfo=dt.UTC), "item": ("老年证", "Senior card")}
    resident = make.resident(phone=make.mobile())
    text = text_of(told(resident=resident, values=values))
    assert "11月25日" in text
    assert "9:30" in text


# Secrets ----------------------------------------------------------------------------------------------------


def raw() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM circle_message")
        return json.dumps(cursor.fetchall(), default=str, ensure_ascii=False)


def test_message_row_holds_neither_phone_nor_code():
    login = make.resident_login("13800138000")
    resident = make.resident(phone="13900139000", login=login)
    code_for(login, resident=resident)
    stored = raw()
    assert not any(secret in stored for secret in ("13800138000", "13900139000", "314159"))


def test_code_is_sealed_until_it_is_sent_and_then_gone(sms):
    message = code_for(make.resident_login())
    assert (message.values, message.all_values) == ({}, {"code": "314159"})
    assert "314159" in text_of(message)
    assert send_messages(at=NOW) == 1
    assert "314159" in "".join(file.read_text() for file in sms.iterdir())
    message.refresh_from_db()
    assert (message.secret_sealed, message.all_values) == ("", {})


def test_code_that_was_not_sent_is_wiped_after_a_quarter_of_an_hour():
    message = code_for(make.resident_login())
    assert wipe_old_secrets(NOW + SECRET_LIFETIME) == 0
    assert wipe_old_secrets(NOW + SECRET_LIFETIME + dt.timedelta(seconds=1)) == 1
    message.refresh_from_db()
    assert (message.secret_sealed, message.all_values) == ("", {})


def test_wiped_code_shows_as_dots(sms):
    message = code_for(make.resident_login())
    send_messages(at=NOW)
    message.refresh_from_db()
    assert re.search(r"…|[.·•]{3,}", text_of(message))


def test_message_whose_code_was_wiped_is_never_sent(sms):
    """Where the gateway was away for a while, an elder shall not be sent a code that is not there."""
    message = code_for(make.resident_login())
    late = NOW + SECRET_LIFETIME + dt.timedelta(minutes=1)
    wipe_old_secrets(late)
    assert send_messages(at=late) == 0
    assert not sms.exists()
    message.refresh_from_db()
    assert message.status == Message.Status.DEAD


def test_wiping_leaves_messages_without_a_secret_alone(sms):
    told(resident=make.resident(phone=make.mobile()), values={"starts_at": NOW})
    wipe_old_secrets(NOW + dt.timedelta(days=1))
    assert send_messages(at=NOW + dt.timedelta(days=1)) == 1


def test_demo_shows_codes_in_the_outbox(settings):
    settings.DEBUG = True
    message = code_for(make.resident_login())
    assert (message.values, message.secret_sealed) == ({"code": "314159"}, "")


# Told by staff ----------------------------------------------------------------------------------------------


def test_staff_tell_a_person_once():
    message, clerk = told(resident=make.resident()), make.clerk()
    record_in_person_outcome(message=message, at=NOW, by=clerk)
    record_in_person_outcome(message=message, at=NOW + dt.timedelta(hours=1), by=make.clerk())
    message.refresh_from_db()
    assert (message.status, message.sent_at) == ("sent", NOW)
    assert not Message.objects.awaiting_in_person().exists()
    kept = Record.objects.about(message).get()
    assert (kept.verb, kept.actor, kept.at) == ("message_told", clerk, NOW)


def test_what_goes_by_phone_cannot_be_ticked_off_as_told():
    message = told(resident=make.resident(phone=make.mobile()))
    record_in_person_outcome(message=message, at=NOW, by=make.clerk())
    message.refresh_from_db()
    assert (message.status, Record.objects.about(message).count()) == ("queued", 0)


def test_message_reads_as_what_and_to_whom():
    resident = make.resident(name="王秀英")
    assert str(told(resident=resident)) == "booking_made → 王秀英"
    assert gettext("waiting") == Message.objects.get().get_status_display()
