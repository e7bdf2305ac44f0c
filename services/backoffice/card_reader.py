"""The line that an ID card reader types like a keyboard: name and birthday, and the number to look up."""

import datetime as dt
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from circle.identifiers.id_documents import IdType, parse_id_number
from circle.identifiers.number_scan import find_id_numbers

NAME = re.compile(r"[\u4e00-\u9fff·]{2,20}")
# What stands in such a line beside the name.
LABELS = {"姓名", "性别", "民族", "出生", "住址", "公民身份号码", "身份证号", "签发机关", "有效期限", "汉族"}


@dataclass(frozen=True)
class CardLine:
    """`number` finds the person and is not stored."""

    name: str
    born_on: dt.date | None
    number: str


def parse_card_line(text: str, on: dt.date) -> CardLine | None:
    """None where the line holds no valid number of an identity card."""
    for number in find_id_numbers(text):
        try:
            paper = parse_id_number(kind=IdType.RESIDENT, text=number, on=on)
        except ValidationError:
            continue
        words = (word for word in NAME.findall(text) if word not in LABELS)
        return CardLine(next(words, ""), paper.born_on, paper.number)
    return None
