"""What in a text would tell of a person: phones, flats, names of registered residents."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from circle.identifiers.encryption import index_of
from circle.identifiers.number_scan import PHONE
from circle.models import Resident
from council.models import ConfirmedPart

Kind = ConfirmedPart.Kind
FLAT_IN_WORDS = r"[0-9]{1,4} ?(?:栋|幢|号楼) ?(?:[0-9]{1,2} ?单元 ?)?[0-9]{3,4} ?室?|(?<![0-9])[0-9]{3,4} ?室"
FLAT_IN_FIGURES = r"(?<![0-9-])[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9-])"
FLAT = re.compile(f"{FLAT_IN_WORDS}|{FLAT_IN_FIGURES}")
FIGURES = {Kind.PHONE: PHONE, Kind.FLAT: FLAT}
# A name is often spread with a blank to the width of three characters.
BLANK_IN_NAME = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])")
SHORTEST_NAME = 2
AROUND = 12  # characters shown on either side


@dataclass(frozen=True)
class PrivatePart:
    """Something found in a text, with the words around it."""

    kind: str
    text: str
    before: str = ""
    after: str = ""

    @property
    def index(self) -> str:
        """The same whether it was written with blanks and hyphens or without."""
        return index_of(re.sub(r"[\s-]", "", self.text) if self.kind == Kind.PHONE else self.text)


def find_private_parts(text: str) -> list[str]:
    """Phones and flats."""
    return [part.text for part in parts_of(unicodedata.normalize("NFKC", text), FIGURES)]


def private_parts(community: int, texts: Iterable[str]) -> list[PrivatePart]:
    """Phones, flats and names, each once, in the order of the texts."""
    clean = [BLANK_IN_NAME.sub("", unicodedata.normalize("NFKC", text)) for text in texts if text]
    patterns = dict(FIGURES)
    names = names_in(community, clean)
    if names:
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        patterns[Kind.NAME] = re.compile("|".join(map(re.escape, longest_first)))
    once: dict[str, PrivatePart] = {}
    for text in clean:
        for part in parts_of(text, patterns):
            once.setdefault(part.index, part)
    return list(once.values())


def parts_of(text: str, patterns: dict[Kind, re.Pattern[str]]) -> Iterator[PrivatePart]:
    for kind, pattern in patterns.items():
        for match in pattern.finditer(text):
            start, end = match.span()
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            yield PrivatePart(kind, match.group(), " ".join(before.split()), " ".join(after.split()))


def names_in(community: int, texts: list[str]) -> set[str]:
    """Of registered residents whose names stand in one of the texts."""
    people = Resident.objects.filter(community=community, erased_at=None, is_nobody=False)
    names = {name for name in people.values_list("name", flat=True) if len(name) >= SHORTEST_NAME}
    lengths = {len(name) for name in names}
    return {
        text[start : start + length]
        for text in texts
        for length in lengths
        for start in range(len(text) - length + 1)
        if text[start : start + length] in names
    }
