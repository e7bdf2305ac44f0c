"""An address for messages: a code goes there first, and nothing else until it has come back."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle import actions
from circle.models import Message, MessagePreference, Record
from circle.notifications import notify, send_messages
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
MINUTE = dt.timedelta(minutes=1)
ADDRESS = "wang@example.org"
VALUES = {"code": "K7M2ABCD", "starts_at": "2026-11-25T09:30:00+08:00", "item": "老年证", "place": "服务大厅"}


@pytest.fixture(autouse=True)
def sms(settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/sms"


@pytest.fixture
def resident():
    return make.own_resident()


def enter(resident, at=NOW, **values) -> MessagePreference:
    said = {"first_channel": "email", "language": "zh-hans", "email": ADDRESS} | values
    return actions.set_message_preference(resident=resident, at=at, by=resident.login or make.clerk(), **said)


def tell(resident, at=NOW) -> Message:
    about = {"community": resident.community, "resident": resident, "values": VALUES}
    notify(event="booking_made", at=at, dedupe=f"about:{at}", **about)
    return Message.objects.get(dedupe=f"about:{at}")


def codes_in(mailoutbox) -> list[str]:
    return [re.search(r"\d{6}", mail.body)[0] for mail in mailoutbox]


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def confirm(preference, code: str, at=NOW) -> str:
    by = preference.resident.login or make.clerk()
    return actions.confirm_address(preference=preference, code=code, at=at, by=by)


def test_nothing_but_the_code_goes_to_an_address_that_is_not_confirmed(resident, mailoutbox):
    preference = enter(resident)
    message = tell(resident)
    send_messages(at=NOW)
    message.refresh_from_db()
    assert (message.channel, message.status) == ("sms", "sent")
    assert [mail.to for mail in mailoutbox] == [[ADDRESS]]
    assert VALUES["code"] not in mailoutbox[0].body
    assert preference.unconfirmed == ["email"]


def test_address_is_used_once_the_code_has_come_back(resident, mailoutbox):
    preference = enter(resident)
    send_messages(at=NOW)
    assert confirm(preference, codes_in(mailoutbox)[0]) == "email"
    record = Record.objects.about(resident).latest("id")
    assert (record.verb, record.details) == ("message_address_confirmed", {"channel": "email"})
    message = tell(resident)
    send_messages(at=NOW)
    message.refresh_from_db()
    assert (message.channel, mailoutbox[1].to) == ("email", [ADDRESS])


def test_who_has_no_other_way_is_told_in_person_meanwhile(mailoutbox):
    resident = make.resident()
    enter(resident)
    message = tell(resident)
    send_messages(at=NOW)
    assert (list(Message.objects.awaiting_in_person()), len(mailoutbox)) == ([message], 1)


def test_code_is_wrong_for_another_address_and_another_channel(resident, mailoutbox, settings):
    enter(resident)
    send_messages(at=NOW)
    code = codes_in(mailoutbox)[0]
    preference = enter(resident, email="other@example.org", at=NOW + dt.timedelta(seconds=10))
    assert refused(confirm, preference=preference, code=code) == "not_matching"
    assert preference.unconfirmed == ["email"]


def test_confirmed_address_that_is_changed_waits_for_a_code_again(resident, mailoutbox):
    preference = enter(resident)
    send_messages(at=NOW)
    confirm(preference, codes_in(mailoutbox)[0])
    assert enter(resident, email=ADDRESS).email_confirmed_at == NOW  # the same again
    assert enter(resident, email=None).email_confirmed_at == NOW
    assert enter(resident, email="other@example.org").unconfirmed == ["email"]
    removed = enter(resident, first_channel="sms", email="")
    assert (removed.unconfirmed, removed.email_confirmed_at) == ([], None)


def test_code_is_tried_five_times(resident, mailoutbox):
    preference = enter(resident)
    send_messages(at=NOW)
    code = codes_in(mailoutbox)[0]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert {refused(confirm, preference=preference, code=wrong) for _ in range(5)} == {"not_matching"}
    assert refused(confirm, preference=preference, code=code) == "code_over"


def test_code_ends_after_a_quarter_of_an_hour(resident, mailoutbox):
    preference = enter(resident)
    send_messages(at=NOW)
    code = codes_in(mailoutbox)[0]
    assert refused(confirm, preference=preference, code=code, at=NOW + 15 * MINUTE) == "code_over"
    assert confirm(preference, code, NOW + 14 * MINUTE) == "email"


def test_foreign_address_is_not_flooded(resident, mailoutbox):
    preference = enter(resident)
    ask = actions.send_address_codes
    assert refused(ask, preference=preference, at=NOW + dt.timedelta(seconds=29)) == "code_too_soon"
    for number in range(1, 5):
        ask(preference=preference, at=NOW + number * MINUTE)
    assert refused(ask, preference=preference, at=NOW + 5 * MINUTE) == "too_many_codes"
    enter(resident, email="other@example.org", at=NOW + 5 * MINUTE)  # saved, without a code
    assert Message.objects.filter(event="address_code").count() == 5


def test_code_before_is_no_longer_valid(resident, mailoutbox):
    preference = enter(resident)
    send_messages(at=NOW)
    actions.send_address_codes(preference=preference, at=NOW + MINUTE)
    assert (
        refused(confirm, preference=preference, code=codes_in(mailoutbox)[0], at=NOW + MINUTE)
        == "not_matching"
    )


def test_database_confirms_no_address_that_is_not_there(resident):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.message_wish(resident=resident, email_confirmed_at=NOW)


@pytest.mark.parametrize("desk", [False, True])
def test_pages_ask_for_the_code(client, resident, mailoutbox, settings, desk):
    settings.WECHAT_URL = "https://gateway.example/send"
    client.force_login(make.clerk() if desk else resident.login)
    wish, page = (
        ("admin:circle_message_wish", "admin:circle_message_address")
        if desk
        else ("message_wish", "message_address")
    )
    wish, page = (reverse(name, args=[resident.code]) for name in (wish, page))
    sent = {"first_channel": "email", "night": "any", "language": "en", "email": ADDRESS}
    assert client.post(wish, sent)["Location"] == page
    send_messages(at=dt.datetime.now(dt.UTC))
    shown = client.get(page).text
    assert ("w***@example.org" in shown, ADDRESS in shown) == (True, False)
    assert client.post(page, {"code": "000 00"}).status_code == 422
    assert "half a minute" in client.post(f"/en{page}", {"again": "yes"}, follow=True).text
    digits = codes_in(mailoutbox)[0]
    assert client.post(page, {"code": f" {digits[:3]} {digits[3:]}"}).status_code == 302
    assert MessagePreference.objects.get().unconfirmed == []
    assert client.get(page).status_code == 302
