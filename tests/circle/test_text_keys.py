"""The stored form of a name by which it is found: its sound, its readings, its initials."""

import pytest

from circle import text_matching


@pytest.mark.parametrize("typed", ["xiangan", "xianggan", "xian'gan", "xiang'an", "xianan", "xian gan"])
@pytest.mark.parametrize("stored", ["先赶", "香干", "乡安", "县安"])
def test_sound_is_one_for_ng_before_a_vowel(typed: str, stored: str) -> None:
    key = text_matching.build_key([stored], [])
    assert (
        text_matching.rank_match(typed.replace(" ", ""), key) == text_matching.rank_match("xiangan", key) == 1
    )


@pytest.mark.parametrize("name", ["长者", "重度", "银行"])
def test_sound_reads_a_common_word_of_several_readings(name: str) -> None:
    right = {"长者": "zhangzhe", "重度": "zhongdu", "银行": "yinhang"}[name]
    assert text_matching.sound_key(name) == text_matching.sound_key(right)


@pytest.mark.parametrize(
    "pinyin", ["huankuandengji", "huan kuan deng ji", "Huánkuǎn dēngjì", "huankuan dengji"]
)
def test_build_key_takes_hand_typed_pinyin_for_a_wrong_reading(pinyin: str) -> None:
    key = text_matching.build_key(["还款登记"], [pinyin])
    queries = ["huankuan", "huangkuandengji", "hkdj", "kuandeng", "huan", "还款"]
    assert [query for query in queries if text_matching.rank_match(query, key) is None] == []


def test_build_key_writes_one_marked_line_for_each_reading() -> None:
    key = text_matching.build_key(["高龄津贴", "Old-age"], ["老年"])
    assert key.split("\n") == [
        "n:高龄津贴",
        "n~gaoninjintie~ninjintie~jintie~tie",
        "n.g.n.j.t",
        "n: old age",
        "s:老年",
        "s~naonian~nian",
        "s.n.n",
        "s: oldage",
    ]


def test_build_key_lets_no_sign_of_a_name_pass_for_a_mark() -> None:
    assert (
        text_matching.build_key(["安\ns:全~an.a%_"], [])
        == "n:安 s全 an a\nn~ansquanana~squanana~quanana~ana~a\nn.a.s.q.a.a"
    )
    assert text_matching.build_key(["", " "], ["！"]) == ""


def test_build_key_stays_small_for_long_texts() -> None:
    assert len(text_matching.build_key(["高龄津贴" * 500], [])) < text_matching.TEXT_CAP * (
        text_matching.SOUND_CAP + 5
    )


def test_build_key_bears_signs_without_a_reading() -> None:
    key = text_matching.build_key(["привет𠮷高龄カード"], [])
    assert text_matching.rank_match("gaoling", key) is not None
    assert text_matching.rank_match("𠮷", key) is not None


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＧＬＪＴ　１２３", "gljt 123"),
        ("Old-age  allowance", "old age allowance"),
        ("Residents’ café's", "residents cafes"),
        ("（社区、推荐）", "社区 推荐"),
        ("100%_\\", "100"),
        ("👵高龄👴", "高龄"),
        ("lǜ", "lu"),
    ],
)
def test_fold_evens_out_width_case_and_signs(text: str, folded: str) -> None:
    assert text_matching.fold_text(text) == folded
    assert text_matching.fold_text(folded) == folded


@pytest.mark.parametrize(
    ("text", "letters"),
    [("高龄津贴", "gljt"), ("65岁以上", "65sys"), ("COVID-19疫苗", "c19ym"), ("Old age", "oa"), ("", "")],
)
def test_initials_are_first_letters_and_all_digits(text: str, letters: str) -> None:
    assert text_matching.pinyin_initials(text) == letters
