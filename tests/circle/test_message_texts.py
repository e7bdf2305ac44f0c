"""Text messages: short enough for one part, whatever the values; and what a vendor gets instead of a text."""

import re
from itertools import product

import pytest
from django.conf import settings as project

from circle.models import Message
from circle.notifications import message_events, short_text_of, text_of, wording_to_submit
from circle.notifications.text_variables import variables_of
from tests import make

pytestmark = pytest.mark.django_db

LANGUAGES = ["zh-hans", "en"]
TEMPLATES = project.BASE_DIR / "templates" / "messages"
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
LONGEST = {
    "starts_at": "2026-12-31T17:30:00+08:00",
    "expires_at": "2026-12-31T17:30:00+08:00",
    "code": "ABCDEFGH",
    "receipt": "SJ-2026-00042",
}


def longest(event: str, language: str) -> Message:
    """Each value as long as its column allows."""
    text = "长" * 80 if language == "zh-hans" else "long words " * 10
    place = make.community(
        name_zh="社" * 80, name_en="Community " * 12, phone="0851-0000 0100 / 0851-0000 0101"
    )
    values = dict.fromkeys(message_events()[event].variables, text) | LONGEST
    return make.message(event=event, language=language, values=values, community=place)


def test_chinese_text_message_fits_into_seventy_characters_with_its_signature(subtests):
    for event in message_events():
        with subtests.test(event=event):
            text = short_text_of(longest(event, "zh-hans"))
            assert re.match("^【社{11}…】", text), text
            assert len(text) <= 70, (len(text), text)


def test_english_text_message_fits_into_one_part_of_the_gsm_alphabet(subtests):
    for event in message_events():
        with subtests.test(event=event):
            text = short_text_of(longest(event, "en"))
            assert (len(text) <= 160, set(text) - GSM) == (True, set()), (len(text), text)


def test_text_message_carries_its_code_and_all_its_values_once(subtests):
    for event, language in product(message_events(), LANGUAGES):
        with subtests.test(event=event, language=language):
            message = longest(event, language)
            text = short_text_of(message)
            assert text.count(message.code) == 1
            assert [name for name, value in variables_of(message).items() if value not in text] == []
            assert re.search(r"[{}]|&amp;|None|  ", text) is None


def test_vendors_get_named_values_of_twenty_characters_at_most(subtests):
    for event, language in product(message_events(), LANGUAGES):
        with subtests.test(event=event, language=language):
            values = variables_of(longest(event, language))
            assert list(values) == list(message_events()[event].variables)
            assert [value for value in values.values() if len(value) > 20] == []
            assert [name for name in values if not re.fullmatch(r"[a-z]{1,20}", name)] == []
            submitted = wording_to_submit(event, language)
            assert sorted(re.findall(r"\$\{(\w+)\}", submitted)) == sorted(values)


def test_every_event_has_both_texts_and_every_text_its_event():
    assert {path.stem for path in TEMPLATES.glob("*.txt")} == set(message_events())
    assert {path.stem for path in (TEMPLATES / "sms").glob("*.txt")} == set(message_events())


def test_half_a_phone_number_is_never_sent():
    message = longest("topic_answered", "zh-hans")
    assert "0851-0000 0100，" in short_text_of(message)


@pytest.mark.parametrize(
    ("values", "said"), [({"has_time": 0}, "12月31日，"), ({"has_time": 1}, "12月31日17:30，")]
)
def test_hour_is_said_where_it_is_fixed(values, said):
    values |= {"kind": "助洁", "code": "ABCDEFGH", "starts_at": LONGEST["starts_at"]}
    assert said in short_text_of(make.message(event="care_confirmed", values=values))


def test_day_that_is_still_open_is_said_so():
    message = make.message(event="care_requested", values={"kind": "助乐", "code": "ABCDEFGH", "has_time": 0})
    assert "时间另约" in short_text_of(message)


def test_wiped_code_shows_as_dots_in_both_forms():
    message = make.message()
    assert [("······" in text) for text in (text_of(message), short_text_of(message))] == [True, True]
