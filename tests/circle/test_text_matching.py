"""The search box over the names of the 54 items: what is typed, what comes first, what must not come."""

import random
import re
import sqlite3

import pytest
from pypinyin import lazy_pinyin

from circle import text_matching
from tests.circle.searched_items import KEYS, NAMES


def find(query: str) -> list[str]:
    """The codes in the order of the answer, ties as in the catalogue."""
    ranks = {code: text_matching.rank_match(query, key) for code, key in KEYS.items()}
    return sorted((code for code in ranks if ranks[code] is not None), key=lambda code: ranks[code] or 0)


def like(query: str) -> set[str]:
    """The codes that a database finds by the probes."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE item (code TEXT, search_key TEXT)")
    base.executemany("INSERT INTO item VALUES (?, ?)", KEYS.items())
    found: set[str] = set()
    for probe in text_matching.search_probes(query):
        rows = base.execute("SELECT code FROM item WHERE search_key LIKE ?", (f"%{probe}%",))
        found |= {code for (code,) in rows}
    base.close()
    return found


FIRST = [
    ("gljt", "EL02"),
    ("GLJT", "EL02"),
    ("ｇｌｊｔ", "EL02"),
    ("g l j t", "EL02"),
    ("gaolingjintie", "EL02"),
    ("gaolinjintie", "EL02"),
    ("gaoninjintie", "EL02"),
    ("gao ling jin tie", "EL02"),
    ("gao'ling'jin'tie", "EL02"),
    ("gāolíng", "EL02"),
    ("  gaoling  ", "EL02"),
    ("高龄", "EL02"),
    ("高龄 津贴", "EL02"),
    ("“高龄”津贴！", "EL02"),
    ("津贴", "EL02"),
    ("高铃津贴", "EL02"),
    ("高龄jt", "EL02"),
    ("高龄jintie", "EL02"),
    ("gaoljt", "EL02"),
    ("gaoling津贴", "EL02"),
    ("高龄津贴申请👵", "EL02"),
    ("old-age", "EL02"),
    ("old age allow", "EL02"),
    ("Old-age allowance application", "EL02"),
    ("allowance old", "EL02"),
    ("yanglao", "EL07"),
    ("老年证", "EL01"),
    ("laonianzheng", "EL01"),
    ("naonianzen", "EL01"),
    ("老年zheng", "EL01"),
    ("senior", "EL01"),
    ("laonianshitang", "EL04"),
    ("长者", "EL04"),
    ("zhangzhe", "EL04"),
    ("zanze", "EL04"),
    ("长者shitang", "EL04"),
    ("canteen", "EL04"),
    ("饭票", "EL04"),
    ("fp", "EL04"),
    ("低保", "RL01"),
    ("dibao", "RL01"),
    ("db", "RL01"),
    ("zdsh", "RL01"),
    ("wheelchair", "TR03"),
    ("WHEELCHAIR", "TR03"),
    ("wheelchairs and", "TR03"),
    ("lunyi", "TR03"),
    ("轮椅", "TR03"),
    ("借轮椅", "TR03"),
    ("lyyzxq", "TR03"),
    ("e-bike", "TR02"),
    ("ebike", "TR02"),
    ("E bike", "TR02"),
    ("ddzxc", "TR02"),
    ("shangpai", "TR02"),
    ("医保", "HL02"),
    ("yibao", "HL02"),
    ("yibaoka", "HL01"),
    ("covid", "HL07"),
    ("covid19", "HL07"),
    ("新冠", "HL07"),
    ("dayimiao", "HL06"),
    ("公交卡", "TR01"),
    ("gjk", "TR01"),
    ("gongjiao", "TR01"),
    ("公交 卡", "TR01"),
    ("重度", "DB02"),
    ("zhongdu", "DB02"),
    ("zongdu", "DB02"),
    ("残疾人证", "DB01"),
    ("canjirenzheng", "DB01"),
    ("falv", "CV01"),
    ("falu", "CV01"),
    ("falü", "CV01"),
    ("fanv", "CV01"),
    ("法律yz", "CV01"),
    ("juzhuzheng", "HS02"),
    ("暂住证", "HS02"),
    ("zanzhuzheng", "HS02"),
    ("tuoersuo", "FM03"),
    ("nursery", "FM03"),
    ("guer", "FM04"),
    ("孤儿事实", "FM04"),
    ("水管", "HS03"),
    ("xsg", "HS03"),
    ("dianti", "HS04"),
    ("sidianban", "ED05"),
    ("tuiyi", "CV04"),
    ("veteran", "CV04"),
    ("jiatingyisheng", "HL04"),
    ("liu shou", "FM05"),
    ("niusou", "FM05"),
    ("lnryd", "EL01"),
    ("lnz", "EL01"),
]

FOUND = [
    ("yanglao", {"EL03", "EL07", "SI01", "SI02"}),
    ("yl", {"EL07", "RL04", "EL03", "SI01"}),
    ("allow", {"EL02", "RL01", "RL06", "DB02", "FM04"}),
    ("医保", {"HL01", "HL02"}),
    ("yibao", {"HL01", "HL02"}),
    ("z", {"RL01", "HS02", "EL04"}),
    ("zh", {"RL01", "HS02", "EL04"}),
    ("zhang", {"EL04"}),
    ("y", {"HL02", "EL07", "SI01"}),
    ("yang", {"EL07", "SI01"}),
    ("yangl", {"EL07", "SI01"}),
    ("申请", {"EL02", "HS01", "CV02"}),
    ("shenqing", {"EL02", "HS01"}),
    ("senqin", {"EL02", "HS01"}),
    ("预约", {"ED04", "HL05", "TR02"}),
    ("card", {"EL01", "SI03", "TR01", "ED01", "CV04"}),
    ("c", {"EL01", "TR01"}),
    ("people alone", {"EL06"}),
    ("living for the alone", {"EL06"}),
    ("打疫苗", {"HL06", "HL07"}),
    ("an", {"HL02"}),
]

ABSENT = [
    ("an", {"EL02", "SI01"}),
    ("yi", {"EL02", "EL08"}),
    ("e", {"CV04"}),
    ("lowance", {"EL02"}),
    ("医班", {"HL02"}),
    ("高龄jz", {"EL02"}),
    ("jintiegao", {"EL02"}),
    ("ljt gao", {"EL01"}),
    ("老人", {"EL01"}),
    ("a", {"EL01"}),
]

NOTHING = [
    "weather",
    "天气",
    "火车票",
    "pizza",
    "huochepiao",
    "",
    "   ",
    "%",
    "_",
    "%%",
    "_%_",
    "100%",
    "\\",
    "'",
    '"',
    "“”",
    "！？",
    "~",
    ".",
    ":",
    "👵",
    "\n",
    "\t",
    "xyzzy",
    "高龄火车",
    "gaoling weather",
    "' OR 1=1 --",
    "9999",
    "zzzzz",
    "q9",
]

# What a southern speaker types for what is right, syllable by syllable.
CONFUSIONS = [
    (r"^([zcs])h", r"\1"),
    (r"^([zcs])(?!h)", r"\1h"),
    (r"^n", "l"),
    (r"^l", "n"),
    (r"([aei])ng$", r"\1n"),
    (r"([aei])n$", r"\1ng"),
]


def confused(syllable: str, chance: random.Random) -> str:
    for right, wrong in chance.sample(CONFUSIONS, 3):
        syllable = re.sub(right, wrong, syllable)
    return syllable


def syllables(code: str) -> list[str]:
    return lazy_pinyin(re.sub(r"\W", "", NAMES[code][0]))


@pytest.mark.parametrize(("query", "code"), FIRST)
def test_rank_puts_the_meant_item_first(query: str, code: str) -> None:
    assert find(query)[:1] == [code]


@pytest.mark.parametrize(("query", "codes"), FOUND)
def test_rank_finds_all_that_are_meant(query: str, codes: set[str]) -> None:
    assert codes - set(find(query)) == set()


@pytest.mark.parametrize(("query", "codes"), ABSENT)
def test_rank_leaves_out_what_only_contains_the_letters(query: str, codes: set[str]) -> None:
    assert codes & set(find(query)) == set()


@pytest.mark.parametrize("query", NOTHING)
def test_rank_finds_nothing_for_foreign_words_and_signs(query: str) -> None:
    assert find(query) == []


def test_rank_accepts_nothing_that_the_probes_miss() -> None:
    queries = [query for query, _ in FIRST + FOUND] + NOTHING
    assert [query for query in queries if not set(find(query)) <= like(query)] == []


def test_probes_are_at_most_four_and_hold_no_wildcard() -> None:
    queries = [query for query, _ in FIRST + FOUND] + NOTHING
    assert max(len(text_matching.search_probes(query)) for query in queries) == 4
    assert [
        query for query in queries if set("".join(text_matching.search_probes(query))) & set("%_\\")
    ] == []


@pytest.mark.parametrize("query", ["", "  ", "%_", "👵", "！？"])
def test_probes_are_empty_without_a_word(query: str) -> None:
    assert text_matching.search_probes(query) == []
    assert text_matching.rank_match(query, KEYS["EL02"]) is None
    assert text_matching.likeness_score(query, KEYS["EL02"]) == 0.0


def test_rank_finds_each_name_by_every_prefix_of_its_pinyin() -> None:
    missed = [
        (code, letters[:length])
        for code in NAMES
        for letters in ["".join(syllables(code))]
        for length in range(2, len(letters) + 1)
        if text_matching.rank_match(letters[:length], KEYS[code]) is None
    ]
    assert missed == []


def test_rank_finds_the_rest_of_a_name_from_each_syllable() -> None:
    missed = [
        (code, start)
        for code in NAMES
        for start in range(len(syllables(code)))
        if text_matching.rank_match("".join(syllables(code)[start : start + 4]), KEYS[code]) is None
    ]
    assert missed == []


def test_rank_tolerates_southern_accents_in_every_prefix() -> None:
    chance = random.Random(54)
    missed = []
    for code in NAMES:
        for _ in range(20):
            letters = "".join(confused(syllable, chance) for syllable in syllables(code))
            typed = letters[: chance.randint(2, len(letters))]
            missed += [(code, typed)] if text_matching.rank_match(typed, KEYS[code]) is None else []
    assert missed == []


def test_rank_finds_each_name_by_its_initials_its_text_and_its_english_words() -> None:
    for code, (zh, en, _) in NAMES.items():
        queries = [text_matching.pinyin_initials(zh), zh, zh[1:5], en, en.upper(), *re.findall(r"\w+", en)]
        assert [query for query in queries if text_matching.rank_match(query, KEYS[code]) is None] == []


def test_rank_orders_exact_prefix_initials_contained_and_alike() -> None:
    key = text_matching.build_key
    keys = [
        key(["医保"], []),
        key(["异宝"], ["医保"]),
        key(["医保卡"], []),
        key(["补办"], ["医保卡"]),
        key(["办医保"], []),
        key(["补办"], ["办医保卡"]),
        key(["异宝"], []),
        key(["补办"], ["异宝"]),
    ]
    ranks = [text_matching.rank_match("医保", text) for text in keys]
    assert None not in ranks
    assert ranks == sorted(set(ranks), key=lambda value: value or 0)


@pytest.mark.parametrize(
    ("query", "names"), [("an", ["安", "安全", "保安"]), ("jb", ["疾病", "疾病卡", "查疾病"])]
)
def test_rank_orders_sound_and_initials_by_where_they_begin(query: str, names: list[str]) -> None:
    ranks = [text_matching.rank_match(query, text_matching.build_key([name], [])) for name in names]
    assert None not in ranks
    assert ranks == sorted(set(ranks), key=lambda value: value or 0)


def test_rank_puts_names_that_begin_with_the_initials_before_the_others() -> None:
    order = [text_matching.pinyin_initials(NAMES[code][0]).startswith("yl") for code in find("yl")]
    assert order == sorted(order, reverse=True)
    assert order.count(True) == 2
    assert len(order) <= 8


def test_rank_marks_homophones_as_weak() -> None:
    assert (text_matching.rank_match("高铃津贴", KEYS["EL02"]) or 0) >= text_matching.SOUNDS_ALIKE
    assert (text_matching.rank_match("津贴", KEYS["EL02"]) or 0) < text_matching.SOUNDS_ALIKE
    assert text_matching.rank_match("and", KEYS["CV01"]) == text_matching.SOUNDS_ALIKE


@pytest.mark.parametrize(
    "query", ["a" * 100_000, "高龄" * 50_000, "x q " * 30_000, "%" * 100_000, "高龄津贴" + "，" * 90_000]
)
def test_rank_bears_very_long_input(query: str) -> None:
    assert sum(map(len, text_matching.search_probes(query))) < 6 * text_matching.QUERY_CAP
    assert 0.0 <= text_matching.likeness_score(query, KEYS["EL02"]) <= 1.0
    assert text_matching.rank_match(query, KEYS["EL05"]) is None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("高龄补贴", "EL02"),
        ("残疾证", "DB01"),
        ("失能补贴", "EL03"),
        ("gaolingjintei", "EL02"),
        ("wheelchiar", "TR03"),
        ("wheel chair", "TR03"),
        ("vacination", "HL06"),
        ("公交优惠卡", "TR01"),
        ("我想办老年证", "EL01"),
    ],
)
def test_likeness_offers_the_meant_item_when_nothing_is_found(query: str, code: str) -> None:
    assert find(query) == []
    scores = {item: text_matching.likeness_score(query, key) for item, key in KEYS.items()}
    assert max(scores, key=lambda item: scores[item]) == code
    assert scores[code] >= 0.45


@pytest.mark.parametrize("query", ["天气", "火车票", "pizza", "swimming"])
def test_likeness_is_low_for_what_the_community_does_not_offer(query: str) -> None:
    assert max(text_matching.likeness_score(query, key) for key in KEYS.values()) < 0.45


def test_likeness_of_a_name_to_itself_is_one() -> None:
    assert {text_matching.likeness_score(zh, KEYS[code]) for code, (zh, _, _) in NAMES.items()} == {1.0}
