"""Text matching for the one search box: 汉字, pinyin, initials, English, synonyms. Plain Python, no Django.

A row stores one prepared column, `search_key` (`build_key`). The database looks for a few plain substrings
(`search_probes`: OR, LIKE), then `rank_match` orders the rows. A line of a key is one reading of a text:

    n:高龄津贴申请                                    the text, a space before each Latin word or number
    n~gaoninjintiesenqin~ninjintiesenqin~…~qin    the sound, from each syllable to the end
    n.g.n.j.t.s.q                                 the initials; "n" is a name, "s" a synonym

A mark is placed where something begins, so LIKE '%~an%' finds 安 but not the tail of 全 (quan), ' al' finds
"allowance" but not "medical", and '.y.n' finds two initials side by side. Repeating the sound from every
syllable makes a key longer (about 300 bytes for a usual row), but nobody has to guess where the syllables
of the typed letters end. `fold_text` leaves no punctuation, so nobody can type a mark or a LIKE wildcard.

Southern accents: zh/z, ch/c, sh/s, n/l, ang/an, eng/en, ing/in sound alike (`sound_key`), also v, ü and u.
What becomes of a letter depends only on those before it, so the beginning of a typed word stays the beginning
of the stored one. A g goes after any n, wherever the syllable ends: xian'gan, xiang'an, xianggan → xianan.

A wrongly read 多音字 is put right by the pinyin of the whole name among the synonyms: "huankuan dengji" for
还款登记. Importing pypinyin costs about 0.3 s and 57 MB, once in a process that needs it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

TEXT_CAP = 120  # characters of a stored name or synonym
QUERY_CAP = 60  # characters of what was typed
WORDS_CAP = 6  # words of one query
SOUND_CAP = 48  # letters stored of any sound, or keys would grow with the square of their names
SOUNDS_ALIKE = 24  # ranks from here on are weak: homophones, a little English word inside a name

_RUN = re.compile(r"[a-z]+|[0-9]+|[^\W_a-z0-9]+")
_NATIVE = re.compile(r"[^\W_a-z0-9]+")
_COMPOUND = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b", re.IGNORECASE)
_SYLLABLE = (
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:iao|uai|ai|ao|ei|ia|ie|io|iu|ou|ua|ue|ui|uo|ve|[aeiouv])"
    r"(?:(?:ng?|r)(?![aeiouv]))?"  # a consonant before a vowel begins the next one, as in written pinyin
)
_PINYIN = re.compile(rf"(?:{_SYLLABLE})+")
_UNIT = re.compile(r"[a-z]+|[0-9]")
_PART = re.compile(rf"{_SYLLABLE}|[zcs]h|[a-z0-9]")
_ACCENT = str.maketrans("lv", "nu")
_FILLERS = frozenset("a and at by for from in my of on the to with".split())  # noqa: SIM905
_LITTLE = _FILLERS | {
    "an",
    "you",
    "your",
}  # these are pinyin too: "an" brings 安 before "and"


class _Stage(IntEnum):
    EXACT = 0
    PREFIX = 1
    INITIALS = 2
    INITIALS_PREFIX = 3
    INSIDE = 4
    INITIALS_INSIDE = 5
    FAINT = SOUNDS_ALIKE // 4


_PLAIN = (_Stage.EXACT, _Stage.PREFIX, _Stage.INSIDE)
_BY_INITIALS = (_Stage.INITIALS, _Stage.INITIALS_PREFIX, _Stage.INITIALS_INSIDE)


@dataclass(slots=True)
class _Field:
    """One name or synonym as stored in a key, including the marks of sound and initials."""

    is_synonym: bool
    text: str
    sounds: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """One typed word in each reading it allows, marked as in a key; an empty reading is not tried."""

    text: str
    sound: str
    initials: str
    parts: Sequence[str]  # syllables and initials in one word: 高龄jt, gaoljt
    native: Sequence[str]  # its runs of 汉字
    is_native: bool

    def probes(self) -> list[str]:
        return [probe for probe in (self.text, self.sound, self.initials, _dotted(self.parts)) if probe]


@dataclass(frozen=True, slots=True)
class _Query:
    words: Sequence[_Word]
    together: _Word
    probes: Sequence[str]
    text_grams: Sequence[str]
    sound_grams: Sequence[str]


def fold_text(text: str) -> str:
    """Return the text in lower case and half width, without accents, punctuation as one space; 汉字 stay."""
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    plain = unicodedata.normalize("NFKC", plain.casefold())
    plain = re.sub("['`\u2018\u2019\u02bc]", "", plain)  # residents' and xi'an are one word each
    return re.sub(r"[\W_]+", " ", plain).strip()


def sound_key(text: str) -> str:
    """Return how the text sounds: pinyin and Latin letters, no spaces, accents evened out (长者 → zanze)."""
    return _merge_accents("".join(_sound_units(fold_text(text))))


def pinyin_initials(text: str) -> str:
    """Return the first letter of each 汉字 and Latin word, and each digit: 高龄津贴 → gljt, 65岁 → 65s."""
    return "".join(unit[0] for unit in _sound_units(fold_text(text)))


def build_key(names: Sequence[str], synonyms: Sequence[str]) -> str:
    """Return a row's `search_key` from its names and synonyms in any language (see the top of the module)."""
    closed = [word.replace("-", "") for text in names for word in _COMPOUND.findall(text)]  # E-bike: ebike
    lines: list[str] = []
    for mark, texts in (("n", names), ("s", [*synonyms, *closed])):
        for folded in dict.fromkeys(fold_text(text)[:TEXT_CAP].strip() for text in texts):
            lines += _key_lines(mark, folded)
    return "\n".join(lines)


def search_probes(query: str) -> list[str]:
    """Return 0 to 4 substrings; each key that `rank_match` accepts contains one. An empty query has none."""
    return list(_parse_query(query).probes)


def rank_match(query: str, key: str) -> int | None:
    """Return how well the key answers the query, lower is better, or None.

    The order is exact, prefix, initials, contained, and last what only sounds alike (高铃津贴); within each,
    names before synonyms, text before sound. Every word must match, in any field; the worst one counts,
    unless all of them together are better as one word (gao ling jin tie).
    """
    asked = _parse_query(query)
    if not any(probe in key for probe in asked.probes):
        return None
    fields = _fields(key)
    ranks = [value for word in asked.words if (value := _rank_word(word, fields)) is not None]
    if len(ranks) < len(asked.words):
        return None
    together = _rank_word(asked.together, fields) if len(ranks) > 1 else None
    return max(ranks) if together is None else min(max(ranks), together)


def likeness_score(query: str, key: str) -> float:
    """Return 0..1, how much of the query's spelling or sound the key shares."""
    asked = _parse_query(query)
    texts = (line[2:] for line in key.split("\n") if line[1:2] == ":")
    by_text = max((_shared_part(asked.text_grams, text) for text in texts), default=0.0)
    return max(by_text, 0.9 * _shared_part(asked.sound_grams, key))


def _merge_accents(letters: str) -> str:
    return re.sub(r"(?<=[zcs])h+|(?<=n)g+", "", letters.translate(_ACCENT))


def _sound_units(folded: str, latin: re.Pattern[str] = _UNIT) -> list[str]:
    """One entry per 汉字, Latin word (or part of it) and digit."""
    units: list[str] = []
    for run in _RUN.findall(folded):
        # A character without a reading is used as itself, so that sounds and initials stay parallel.
        units += latin.findall(run) if run.isascii() else _pinyin_of(run)
    return units


def _pinyin_of(run: str) -> list[str]:
    """Imports pypinyin on first use: a server that nobody asks in 汉字 starts sooner and stays small."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin(run, errors=list)  # type: ignore[arg-type]


def _joined(folded: str) -> str:
    return "".join(f" {run}" if run.isascii() else run for run in _RUN.findall(folded))


def _key_lines(mark: str, folded: str) -> Iterable[str]:
    if not folded:
        return
    yield f"{mark}:{_joined(folded)}"
    if _NATIVE.search(folded):
        units = _sound_units(folded)
    elif mark == "s" and all(map(_PINYIN.fullmatch, folded.split())):
        units = [unit for word in folded.split() for unit in re.findall(_SYLLABLE, word)]
    else:
        return  # English has no sound: night and light, chi and city would be one
    sounds = (_merge_accents("".join(units[start:]))[:SOUND_CAP] for start in range(len(units)))
    yield f"{mark}~{'~'.join(sounds)}"
    yield mark + _dotted([_merge_accents(unit) for unit in units])


def _dotted(units: Iterable[str]) -> str:
    return "".join(f".{unit[0]}" for unit in units)


def _fields(key: str) -> list[_Field]:
    fields: list[_Field] = []
    for line in key.split("\n"):
        if line[1:2] == ":":
            fields.append(_Field(is_synonym=line[0] == "s", text=line[2:]))
        elif line[1:2] == "~":
            fields[-1].sounds = line[1:]
        else:
            fields[-1].initials = line[1:]
    return fields


@lru_cache(maxsize=256)
def _parse_query(query: str) -> _Query:
    folded = fold_text(query[: 2 * QUERY_CAP])[:QUERY_CAP].strip()
    telling = [word for word in folded.split() if word not in _FILLERS] or folded.split()
    words = [_parse_word(word) for word in telling[:WORDS_CAP]]
    # Every word must match, so the database looks for the most telling one; a 汉字 is worth four letters.
    best = max(
        words,
        key=lambda word: len(word.text) + 3 * sum(map(len, word.native)),
        default=None,
    )
    parts = _sound_units(folded, _PART)
    is_pinyin = _NATIVE.search(folded) or all(map(_PINYIN.fullmatch, parts))
    return _Query(
        words=words,
        together=_parse_word(folded),
        probes=best.probes() if best else (),
        text_grams=[gram for run in _RUN.findall(folded) for gram in _text_grams(run)],
        sound_grams=[f"~{_merge_accents(gram)}" for gram in _grams_of_length(parts, 2)] if is_pinyin else [],
    )


def _parse_word(folded: str) -> _Word:
    letters = folded.replace(" ", "")
    native = _NATIVE.findall(folded)
    parts = [_merge_accents(part) for part in _sound_units(folded, _PART)]
    lone = [len(part) == 1 and part not in "aeo" for part in parts]
    return _Word(
        text=_joined(folded),
        sound="~" + sound_key(folded)[:SOUND_CAP]
        if len(letters) > 1
        else "",  # one alone sounds like too much
        initials="" if native else _dotted(letters.translate(_ACCENT)),
        # Initials alone are read above, and a last lone one is the beginning of a sound.
        parts=parts if any(lone[:-1]) and not all(lone) else (),
        native=native,
        is_native="".join(native) == letters,
    )


def _rank_word(word: _Word, fields: Iterable[_Field]) -> int | None:
    ranks: list[int] = []
    for field in fields:
        for by_ear, stages in enumerate((_match_by_text(word, field), _match_by_sound(word, field))):
            ranks += [4 * stage + 2 * field.is_synonym + by_ear for stage in stages]
    return min(ranks, default=None)


def _match_stages(wanted: str, line: str, stages: Sequence[_Stage] = _PLAIN) -> list[_Stage]:
    if not wanted or wanted not in line:
        return []
    if not line.startswith(wanted):
        return [stages[2]]
    return [stages[0] if line[len(wanted) : len(wanted) + 1] in ("", "~") else stages[1]]


def _match_by_text(word: _Word, field: _Field) -> list[_Stage]:
    found = _match_stages(word.text, field.text)
    if found != [_Stage.INSIDE] or word.native:
        return found
    begun = {other for other in field.text.split() if other.startswith(word.text[1:])}
    return [_Stage.FAINT] if begun and begun <= _LITTLE else found


def _match_by_sound(word: _Word, field: _Field) -> list[_Stage]:
    if word.is_native:
        may_be = word.sound and word.sound in field.sounds and word.text not in field.text
        return [_Stage.FAINT] if may_be and _is_homophone(word, field) else []
    found = _match_stages(word.sound, field.sounds) + _match_stages(
        word.initials, field.initials, _BY_INITIALS
    )
    found += _match_by_parts(word, field) if word.parts else []
    return found if all(run in field.text for run in word.native) else [_Stage.FAINT for _ in found]


def _is_homophone(word: _Word, field: _Field) -> bool:
    """Compare whole syllables: 医班 (yi ban) is not the beginning of 义邦."""
    sounds = field.sounds.split("~")[1:]
    wholes = (_merge_accents(word.sound[1:] + tail)[:SOUND_CAP] for tail in [*sounds[len(word.text) :], ""])
    return any(heard == whole for heard, whole in zip(sounds, wholes, strict=False))


def _match_by_parts(word: _Word, field: _Field) -> Iterable[_Stage]:
    sounds = field.sounds.split("~")[1:]
    for start in range(len(sounds) - len(word.parts) + 1):
        if all(heard.startswith(part) for heard, part in zip(sounds[start:], word.parts, strict=False)):
            yield _Stage.INITIALS_INSIDE if start else _Stage.INITIALS_PREFIX


def _text_grams(run: str) -> list[str]:
    """Parts of a run that survive a typing error: 汉字 alone and in pairs, three letters in a row."""
    return _grams_of_length(f" {run}", 3) if run.isascii() else [*run, *_grams_of_length(run, 2)]


def _grams_of_length(units: Sequence[str], length: int) -> list[str]:
    return ["".join(units[at : at + length]) for at in range(len(units) - length + 1)]


def _shared_part(grams: Sequence[str], text: str) -> float:
    return sum(gram in text for gram in grams) / len(grams) if grams else 0.0
