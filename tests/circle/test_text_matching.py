"""The search box over the names of the 54 items: what is typed, what comes first, what must not come."""

import random
import re
import sqlite3

import pytest
from pypinyin import lazy_pinyin

from circle import text_matching

# code | Chinese name | English name | synonyms
ITEMS = """
RL01 | 最低生活保障申请 | Minimum living allowance application | 低保
RL02 | 特困人员救助供养申请 | Support for people in extreme hardship
RL03 | 临时救助申请 | Temporary assistance application
RL04 | 医疗救助申请 | Medical assistance application
RL05 | 教育救助申请 | Education assistance application
RL06 | 最低生活保障边缘家庭认定 | Recognition as a household just above the allowance line
RL07 | 应急生活物资与送餐保障登记 | Emergency supplies and meal delivery register
EL01 | 老年人优待证办理 | Senior citizen benefit card | 老年证
EL02 | 高龄津贴申请 | Old-age allowance application
EL03 | 经济困难失能老年人养老服务补贴申请 | Care subsidy for older people with low income and disability
EL04 | 老年食堂助餐登记 | Senior canteen meal registration | 老年食堂、饭票、长者食堂
EL05 | 居家助浴助洁上门预约 | Home bathing and cleaning visit | 洗澡、打扫卫生
EL06 | 独居老人定期探访登记 | Regular visits for people living alone
EL07 | 养老待遇资格认证协助 | Help with pension eligibility confirmation | 养老认证、生存认证、人脸认证
EL08 | 老年学校课程报名 | Senior school enrolment
SI01 | 城乡居民基本养老保险参保登记 | Resident pension insurance enrolment
SI02 | 城乡居民养老保险待遇申领 | Resident pension claim
SI03 | 社会保障卡申领与补换 | Social security card issue and replacement | 社保卡
SI04 | 失业登记 | Unemployment registration | 失业金
SI05 | 就业困难人员认定 | Recognition for priority job help
SI06 | 求职登记与技能培训报名 | Job search and skills training sign-up
SI07 | 灵活就业社会保险补贴申请 | Social insurance subsidy for flexible workers
SI08 | 创业担保贷款申请（社区推荐） | First review of start-up loan applications
HL01 | 城乡居民基本医疗保险参保登记 | Resident medical insurance enrolment | 医保卡、居民医保
HL02 | 医保异地就医备案 | Registration for treatment in another place
HL03 | 门诊慢特病待遇认定代办 | Chronic disease outpatient benefit, filed for you
HL04 | 家庭医生签约 | Family doctor sign-up
HL05 | 老年人免费健康体检预约 | Free health check for older residents
HL06 | 儿童预防接种预约 | Child vaccination booking | 打疫苗、预防针
HL07 | 新冠疫苗接种预约登记 | COVID-19 vaccination booking | 打疫苗、新冠疫苗
FM01 | 生育登记 | Pregnancy and birth record
FM02 | 计划生育家庭奖励扶助申请 | Support payment for one-child and similar families
FM03 | 托育服务入托报名 | Nursery place application | 托班、托儿所、入托
FM04 | 孤儿、事实无人抚养儿童基本生活保障申请 | Basic allowance for orphans and children without carers
FM05 | 留守与困境儿童关爱登记 | Register for children left behind or in difficulty
DB01 | 残疾人证办理 | Disability certificate application
DB02 | 困难残疾人生活补贴和重度残疾人护理补贴申请 | Living and nursing allowances for people with disabilities
DB03 | 辅助器具适配与居家无障碍改造申请 | Assistive devices and home accessibility works
HS01 | 公共租赁住房申请 | Public rental housing application
HS02 | 居住登记与居住证申领 | Residence registration and residence permit | 居住证、暂住证
HS03 | 水电气故障与居家维修报修 | Home repair and utility fault reports | 修水管、停水停电
HS04 | 加装电梯与老旧小区改造意愿征集 | Lift installation and estate renewal opinions
ED01 | 社区图书室借阅证办理 | Community reading room card
ED02 | 适龄儿童入学信息登记与政策咨询 | School entry information for compulsory education
ED03 | 文体活动室与健身场地预约 | Booking of activity rooms and sports space
ED04 | 国民体质监测预约 | Fitness assessment booking
ED05 | 四点半课堂与假期托管报名 | After-school and holiday care sign-up
TR01 | 公交优待卡代办 | Concession travel card, filed for you | 公交卡、老年卡
TR02 | 电动自行车登记上牌预约 | E-bike registration booking
TR03 | 轮椅与助行器具借用 | Loan of wheelchairs and walking aids | 借轮椅
CV01 | 公共法律服务与法律援助咨询 | Legal advice and legal aid enquiry | 律师、打官司
CV02 | 人民调解申请 | People's mediation request
CV03 | 居委会证明开具 | Residents' committee certificates | 开证明
CV04 | 退役军人优待证申领 | Veteran benefit card application
"""


def read_items() -> dict[str, tuple[str, str, list[str]]]:
    rows = (line.split(" | ") for line in ITEMS.strip().splitlines())
    return {code: (zh, en, synonyms[0].split("、") if synonyms else []) for code, zh, en, *synonyms in rows}


NAMES = read_items()
KEYS = {code: text_matching.build_key([zh, en], synonyms) for code, (zh, en, synonyms) in NAMES.items()}


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
