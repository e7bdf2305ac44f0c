"""Numbers of papers: typed in any spelling, checked, and refused by code."""

import datetime as dt
import random

import pytest
from django.core.exceptions import ValidationError

from circle.identifiers.id_documents import IdentityPaper, check_digit_of, parse_id_number
from tests import make

ON = dt.date(2026, 11, 24)
GOOD = "520115195101010027"


def read(text: str, kind: str = "resident", **values) -> IdentityPaper:
    return parse_id_number(kind=kind, text=text, **{"on": ON} | values)


def code_of(text: str, kind: str = "resident", **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        read(text, kind, **values)
    assert not text or text not in "".join(refusal.value.messages)
    return refusal.value.code


@pytest.mark.parametrize(
    "text", [GOOD, "５２０１１５１９５１０１０１００２７", " 520115 19510101 0027 ", "520115-19510101-0027"]
)
def test_number_is_known_in_every_spelling(text):
    assert read(text) == IdentityPaper(GOOD, dt.date(1951, 1, 1))


def test_small_x_is_taken_for_the_roman_ten():
    first = next(
        f"52011519510101{n:03}" for n in range(1000) if check_digit_of(f"52011519510101{n:03}0") == "X"
    )
    assert read(f"{first}x").number == f"{first}X"


def test_every_slip_in_one_digit_and_every_swap_is_found():
    chance = random.Random(5)
    for _ in range(50):
        born_on = dt.date(1930, 1, 1) + dt.timedelta(days=chance.randrange(30000))
        number = make.id_number(born_on)
        place = chance.randrange(17)
        digit = chance.choice([each for each in "0123456789" if each != number[place]])
        slip = number[:place] + digit + number[place + 1 :]
        assert code_of(slip) == "id_checksum"
        if number[place] != number[place + 1]:
            swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            # an X can only stand at the end
            assert code_of(swapped) in ({"id_checksum"} if "X" not in swapped[:17] else {"id_malformed"})


def numbered(birthday: str, region: str = "520115") -> str:
    first = f"{region}{birthday}002"
    return first + check_digit_of(f"{first}0")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (numbered("19510230"), "id_birthday"),
        (numbered("19511301"), "id_birthday"),
        (numbered("20261125"), "id_future"),
        (numbered("18951231"), "id_too_old"),
        ("52011519510101002", "id_malformed"),
        ("520115510101002", "id_malformed"),
        ("52011519510101002Y", "id_malformed"),
        ("", "id_malformed"),
    ],
)
def test_number_that_cannot_be_is_refused(number, code):
    assert code_of(number) == code


def test_birthday_has_to_agree_with_the_register():
    assert read(GOOD, born_on=dt.date(1951, 1, 1)).number == GOOD
    assert code_of(GOOD, born_on=dt.date(1951, 1, 2)) == "id_born_differs"


def test_unknown_region_is_no_refusal():
    assert read(GOOD).is_region_known
    assert not read(numbered("19510101", "990115")).is_region_known
    assert read(numbered("19510101", "810000"), "hmt").is_region_known
    assert not read(numbered("19510101", "520115"), "hmt").is_region_known


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        ("passport", "e1234 5678", "E12345678"),
        ("foreign", "abc 123456789012", "ABC123456789012"),
        ("foreign", numbered("19800101", "911840"), numbered("19800101", "911840")),
        ("hmt", numbered("19900101", "830000"), numbered("19900101", "830000")),
    ],
)
def test_other_papers_are_taken(kind, text, number):
    assert read(text, kind).number == number


@pytest.mark.parametrize(
    ("kind", "text"),
    [("passport", "E1"), ("passport", "ABCDEFGH"), ("foreign", "AB1234"), ("hmt", "H12345678")],
)
def test_other_papers_have_their_own_shapes(kind, text):
    assert code_of(text, kind) == "id_malformed"


def test_kind_of_paper_has_to_be_said():
    assert code_of(GOOD, "") == code_of(GOOD, "library card") == "id_type_missing"
