import pytest
from django.core.exceptions import ValidationError

from circle.identifiers.phone_numbers import is_mobile, parse_mobile, parse_phone

MOBILES = [
    "13800138000",
    "138 0013 8000",
    "138-0013-8000",
    " 13800138000 ",
    "+8613800138000",
    "+86 138 0013 8000",
    "(+86) 138-0013-8000",
    "86 13800138000",
    "008613800138000",
    "0086 138 0013 8000",
    "１３８００１３８０００",
    "＋８６　１３８　００１３　８０００",
    "１３８－００１３－８０００",
    "138\u00a00013\u00a08000",
    "138\t00138000\n",
]
LANDLINES = {
    "0851-8512 3456": "085185123456",
    "(0851) 85123456": "085185123456",
    "０８５１－８５１２３４５６": "085185123456",
    "010 1234 5678": "01012345678",
    "+86 010 1234 5678": "01012345678",
    "0086-0851-85123456": "085185123456",
    "+86 851 8512 3456": "085185123456",  # abroad the 0 of the area code is left out
    "+86 10 1234 5678": "01012345678",
    "8512 3456": "85123456",
    "8651 2345": "86512345",  # no country code, although it begins like one
    "512 3456": "5123456",
}
NO_PHONES = [
    "",
    " ",
    "abc",
    "1380013800",
    "138001380001",
    "12800138000",
    "10000000000",
    "+86 1380013800",  # a digit is missing, and no area code begins with 01
    "+1 212 555 0100",
    "+44 7700 900123",
    "0",
    "110",
    "12345",
    "138O0138000",
    "13800138000 ext. 5",
    "13800138000,13900139000",
    "13800138000\x00",
    "13٨00138000",  # an Arabic-Indic digit is a digit to str.isdigit and to \\d
    "138००138000",
    "9" * 300,
]


def code_of(act, text: str) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(text)
    return refusal.value.code


@pytest.mark.parametrize("text", MOBILES)
def test_mobile_number_is_known_in_every_spelling(text):
    assert parse_mobile(text) == parse_phone(text) == "13800138000"
    assert is_mobile(parse_mobile(text))


@pytest.mark.parametrize("prefix", range(130, 200, 7))
def test_mobile_numbers_of_every_range_are_taken(prefix):
    assert parse_mobile(f"{prefix}00138000") == f"{prefix}00138000"


@pytest.mark.parametrize(("text", "digits"), LANDLINES.items())
def test_landline_is_reachable_and_no_mobile(text, digits):
    assert parse_phone(text) == digits
    assert not is_mobile(digits)
    assert code_of(parse_mobile, text) == "phone_invalid"


@pytest.mark.parametrize("text", NO_PHONES)
def test_anything_else_is_refused(text):
    assert code_of(parse_mobile, text) == "phone_invalid"
    assert code_of(parse_phone, text) == "phone_invalid"


@pytest.mark.parametrize("text", [*MOBILES, *LANDLINES])
def test_number_once_cleaned_stays_as_it_is(text):
    assert parse_phone(parse_phone(text)) == parse_phone(text)
