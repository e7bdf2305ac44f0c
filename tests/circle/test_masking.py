"""What is shown of names, phones and ID numbers. A mask depends on nothing that it hides."""

import datetime as dt
import random

import pytest

from circle.identifiers.masking import mask_id, mask_name, mask_phone
from tests import make


def test_mask_never_leaks_the_eight_in_the_middle():
    """The birthday and the mask know nothing of each other: any other birthday gives the same mask."""
    chance = random.Random(8)
    for _ in range(300):
        born_on = dt.date(1930, 1, 1) + dt.timedelta(days=chance.randrange(35000))
        number = make.id_number(born_on)
        other = number[:6] + "".join(chance.choices("0123456789", k=8)) + number[14:]
        assert mask_id(number) == mask_id(other) == f"{number[:6]}********{number[-4:]}"


@pytest.mark.parametrize("number", ["E12345678", "ABC123456789012", "12345", ""])
def test_mask_of_another_paper_shows_at_most_its_last_three_signs(number):
    assert mask_id(number).replace("*", "") in ("", number[-3:])
    assert len(mask_id(number).replace("*", "")) <= len(number) // 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王秀兰", "王*兰"),
        ("王兰", "王*"),
        ("王", "*"),
        ("欧阳秀兰", "欧**兰"),
        ("Mary Taylor", "M*** T***"),
        ("王秀兰（演示）", "王*兰（演示）"),
        ("", ""),
    ],
)
def test_masked_name_is_recognised_by_its_owner(name, shown):
    assert mask_name(name) == shown


def test_masked_number_is_recognised_by_its_owner():
    assert mask_phone("13800138000") == "138****8000"


@pytest.mark.parametrize("number", ["13800138000", "085185123456", "01012345678", "85123456", "5123456", ""])
def test_masked_number_leaves_too_much_open_to_dial_it(number):
    shown = mask_phone(number).replace("*", "")
    assert len(number) - len(shown) >= min(4, len(number))
