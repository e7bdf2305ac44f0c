"""The whole text of minutes, pasted at once, cut at the items of the agenda."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from council.models import Point

# 一、  （二）  第三项：  议题四  5.  6、 before the words of an item
NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
HEADING = re.compile(
    rf"^\s*(?:第\s*({NUMBER})\s*[项个]?\s*(?:议题|议程)?|议题\s*({NUMBER})|[(（]\s*({NUMBER})\s*[)）]|({NUMBER})\s*[、.．])"
)
DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)}
LONGEST_HEADING = 80
SIGNS = re.compile(r"[\W_]+")


@dataclass
class CutText:
    """What belongs to which item, and the lines that belong to none."""

    parts: dict[int, str] = field(default_factory=dict)
    leftover: str = ""


def cut_at_items(text: str, points: Sequence[Point]) -> CutText:
    """A line begins an item where it says its title, or its number in the order of the agenda.

    Nothing is lost: what stands before the first item is left over, and the line that begins an item stays
    with it where it says more than number and title.
    """
    titles = {point.number: without_signs(point.title_zh) for point in points}
    found: dict[int | None, list[str]] = {None: []}
    last: int | None = None
    for line in text.splitlines():
        number = item_of(line, titles, last or 0)
        if number is not None and number not in found:
            last = number
            rest = without_heading(line, titles[number])
            found[number] = [rest] if rest else []
        else:
            found[last].append(line)
    said = {number: "\n".join(lines).strip("\n") for number, lines in found.items()}
    leftover = said.pop(None)
    return CutText({number: words for number, words in said.items() if number}, leftover)


def item_of(line: str, titles: dict[int, str], last: int) -> int | None:
    """By the title, else by the next number at the beginning of a short line."""
    if not line.strip() or len(line) > LONGEST_HEADING + max(map(len, titles.values()), default=0):
        return None
    words = without_signs(line)
    named = [number for number, title in titles.items() if title and title in words]
    if named:
        return max(named, key=lambda number: len(titles[number]))
    match = HEADING.match(unicodedata.normalize("NFKC", line))
    number = read_number(next(filter(None, match.groups()))) if match else 0
    return number if number in titles and number == last + 1 and len(line) <= LONGEST_HEADING else None


def without_heading(line: str, title: str) -> str:
    """What a line says beyond number and title."""
    return "" if title and without_signs(HEADING.sub("", line)) in (title, "") else line


def without_signs(text: str) -> str:
    return SIGNS.sub("", unicodedata.normalize("NFKC", text))


def read_number(text: str) -> int:
    """12, 十二 and 二十 as a number."""
    if text.isdecimal():
        return int(text)
    tens, sign, ones = text.rpartition("十")
    if not sign:
        return DIGITS.get(text, 0)
    return 10 * (DIGITS.get(tens, 0) if tens else 1) + DIGITS.get(ones, 0)
