"""Messages over real servers on this machine: a vendor's gateway and SMTP."""

import datetime as dt
import hashlib
import hmac
import json
import stat

import pytest

from circle.models import Message, SmsTemplate
from circle.notifications import BACK_OFF, send_messages
from tests import make
from tests.circle import receivers

pytestmark = pytest.mark.django_db

NOW = make.MORNING
SHAPE = {
    "vendor": "demo",
    "headers": {"X-Account": "circle"},
    "body": {
        "PhoneNumbers": "$to",
        "SignName": "$signature",
        "TemplateCode": "$template",
        "TemplateParam": "$variables",
        "values": ["$value_item", "$value_when"],
        "flag": 1,
    },
    "ok": {"Code": "OK"},
}
VALUES = {"code": "K7M2ABCD", "starts_at": "2026-11-25T09:30:00+08:00", "item": "老年证", "place": "服务大厅"}


def test_file_of_a_message_is_for_its_owner_alone(settings, tmp_path):
    folder = tmp_path / "sms"
    settings.SMS_URL = f"file://{folder}"
    make.booking()
    assert send_messages(at=NOW) == 1
    [file] = folder.iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, file)] == [0o700, 0o600]
    assert json.loads(file.read_text())["text"]


@pytest.fixture
def vendor(settings):
    """A gateway that takes approved templates only; that for a booking is entered."""
    with receivers.gateway() as found:
        settings.SMS_URL, settings.SMS_GATEWAY, settings.SMS_SECRET = found.url, SHAPE, "shared"
        SmsTemplate.objects.create(vendor="demo", event="booking_made", language="zh-hans", template="SMS_1")
        yield found


@pytest.fixture
def post_office(settings):
    with receivers.mail_server() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        yield found


def booked(**values) -> Message:
    return make.message(**{"event": "booking_made", "values": VALUES} | values)


def letter(**values) -> Message:
    return booked(**{"channel": "email", "resident": None, "user": make.user()} | values)


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.status, message.fault


# A vendor's gateway -----------------------------------------------------------------------------------------


def test_vendor_gets_template_and_named_values_in_the_shape_of_the_setting(vendor):
    message = booked(resident=make.resident(phone="13800138000"))
    assert send_messages(at=NOW) == 1
    [body] = vendor.bodies
    variables = json.loads(body.pop("TemplateParam"))
    assert body == {
        "PhoneNumbers": "13800138000",
        "SignName": message.community.name,
        "TemplateCode": "SMS_1",
        "values": ["老年证", "11月25日09:30"],
        "flag": 1,
    }
    assert variables == {
        "item": "老年证",
        "when": "11月25日09:30",
        "place": "服务大厅",
        "code": "K7M2ABCD",
        "real": message.code,
    }


def test_gateway_can_tell_that_it_was_us_and_whether_it_has_the_message_already(vendor):
    booked(dedupe="booking_made:7")
    send_messages(at=NOW)
    [(headers, body)] = vendor.requests
    signed = f"{headers['X-Timestamp']}.".encode() + body
    assert headers["X-Signature"] == hmac.new(b"shared", signed, hashlib.sha256).hexdigest()
    assert (headers["X-Message-Id"], headers["X-Account"]) == ("booking_made:7", "circle")


def test_gateway_without_approved_templates_gets_the_text(vendor, settings):
    settings.SMS_GATEWAY = {"body": {"to": "$to", "text": "$text"}}
    message = booked()
    assert send_messages(at=NOW) == 1
    [body] = vendor.bodies
    said = f"已约老年证，11月25日09:30，服务大厅，预约码K7M2ABCD，真伪码{message.code}"
    assert body == {"to": message.resident.phone, "text": f"【{message.community.name}】{said}"}


def test_event_without_an_approved_template_is_a_dead_letter(vendor):
    message = booked(event="booking_moved")
    assert send_messages(at=NOW) == 0
    assert (state(message), vendor.requests) == (("dead", "no_template"), [])


@pytest.mark.parametrize(
    ("status", "said", "fault"),
    [
        (200, {"Code": "isv.BUSINESS_LIMIT_CONTROL"}, "isv.BUSINESS_LIMIT_CONTROL"),
        (200, {}, "not_ok"),
        (400, {"code": 40003}, "40003"),
        (403, {}, "http_403"),
        (302, {}, "http_302"),
        (200, {"Code": "13800138000 is unknown"}, "#isunknown"),
    ],
)
def test_refusal_of_the_vendor_is_a_dead_letter_with_its_code(vendor, status, said, fault):
    vendor.answer = lambda _body: (status, said)
    message = booked(resident=make.resident(phone="13800138000"))
    assert send_messages(at=NOW) == 0
    assert state(message) == ("dead", fault)
    assert send_messages(at=NOW + dt.timedelta(days=1)) == 0
    assert len(vendor.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_trouble_of_the_vendor_is_waited_out(vendor, status):
    vendor.answer = lambda _body: (status, {})
    message = booked()
    send_messages(at=NOW)
    assert state(message) == ("queued", f"http_{status}")
    vendor.answer = lambda _body: (200, {"Code": "OK"})
    assert send_messages(at=NOW + BACK_OFF[0]) == 1
    assert state(message) == ("sent", "")
    assert vendor.ids == [message.dedupe] * 2


def test_gateway_that_is_away_is_waited_out(settings):
    settings.SMS_URL, settings.SMS_GATEWAY = "http://127.0.0.1:9/send", {}
    message = booked()
    send_messages(at=NOW)
    assert state(message) == ("queued", "URLError")


def test_wechat_goes_to_the_account_of_one_person(settings):
    resident = make.resident(phone=make.mobile())
    wish = make.message_wish(resident=resident, first_channel="wechat")
    wish.wechat, wish.wechat_confirmed_at = "o6_bmjrPTlm6_2sgVt7hMZOPfL2M", NOW
    wish.save()
    with receivers.gateway() as found:
        settings.WECHAT_URL, settings.WECHAT_SECRET = found.url, "other"
        settings.WECHAT_GATEWAY = {"body": {"touser": "$to", "text": {"content": "$text"}}}
        message = booked(resident=resident)
        assert send_messages(at=NOW) == 1
    message.refresh_from_db()
    assert (message.channel, found.bodies[0]["touser"]) == ("wechat", wish.wechat)


# A mail server ----------------------------------------------------------------------------------------------


def test_letter_arrives_with_the_whole_text_its_id_and_the_way_to_check_it(post_office, settings):
    settings.SITE_URL = "https://circle.example.org"
    message = letter(language="en", dedupe="booking_made:7", values=VALUES | {"item": "Senior card"})
    assert send_messages(at=NOW) == 1
    [text] = post_office.letters
    wanted = [
        f"To: {message.user.email}",
        "Message-ID: <booking_made:7@",
        "Senior card",
        "Booking code K7M2ABCD",
        message.code,
        "https://circle.example.org/en/help/real/",
    ]
    assert [words for words in wanted if words not in text] == []


def test_address_that_the_mail_server_refuses_is_a_dead_letter(post_office):
    unknown, busy, other = letter(), letter(), letter()
    post_office.refusals = {
        unknown.user.email: b"550 no such user",
        busy.user.email: b"451 try later",
    }
    assert send_messages(at=NOW) == 1
    assert state(unknown) == ("dead", "smtp_550")
    assert state(busy) == ("queued", "SMTPRecipientsRefused")
    assert state(other) == ("sent", "")
