"""The first result for what people type, over the demo: characters, pinyin, English."""

import pytest

pytestmark = pytest.mark.usefixtures("demo")
# What is typed, and the addresses of which one has to stand first.
QUESTIONS = {
    # notices of these days
    "停水": ("/notices/water-outage/",),
    "tingshui": ("/notices/water-outage/",),
    # pages
    "公告": ("/notices/",),
    "通知": ("/notices/",),
    "我的预约": ("/services/bookings/",),
    "取消预约": ("/services/bookings/",),
    "改时间": ("/services/bookings/",),
    "my booking": ("/services/bookings/",),
    "cancel booking": ("/services/bookings/",),
    "查进度": ("/progress/",),
    "开放时间": ("/help/",),
    "opening hours": ("/help/",),
    "投诉": ("/help/",),
    "语言": ("/settings/",),
    "english": ("/settings/",),
    "大字": ("/settings/",),
    "登录": ("/sign-in/",),
    "诈骗": ("/help/real/",),
    "纪要": ("/council/",),
    "minutes": ("/council/",),
    "提建议": ("/council/topics/new/",),
    # apps as wholes
    "托育": ("/childcare/apply/", "/childcare/"),
    "入托": ("/childcare/apply/",),
    "托班": ("/childcare/apply/",),
    "申请入托": ("/childcare/apply/",),
    "nursery": ("/childcare/apply/", "/childcare/"),
    "养老": ("/eldercare/",),
    "洗澡": ("/eldercare/bathing/", "/services/EL05/"),
    "助浴": ("/eldercare/bathing/", "/services/EL05/"),
    "bath": ("/eldercare/bathing/", "/services/EL05/"),
    # items
    "gljt": ("/services/EL02/",),
    "高龄补贴": ("/services/EL02/",),
    "老人卡": ("/services/EL01/",),
    "老年卡": ("/services/EL01/",),
    "社保卡": ("/services/SI03/",),
    "shbzk": ("/services/SI03/",),
    "疫苗": ("/services/HL06/", "/services/HL07/"),
    "vaccine": ("/services/HL06/", "/services/HL07/"),
    "打疫苗": ("/services/HL06/", "/services/HL07/"),
    "体检": ("/services/HL05/",),
    "低保": ("/services/RL01/",),
    "dibao": ("/services/RL01/",),
    "残疾证": ("/services/DB01/",),
    "居住证": ("/services/HS02/",),
    "公租房": ("/services/HS01/",),
    "证明": ("/services/CV03/",),
    "公交卡": ("/services/TR01/",),
    "生孩子": ("/services/FM01/",),
    "医保": ("/services/HL01/", "/services/HL02/"),
    # places
    "量血压": ("/circle/health-station/",),
    "blood pressure": ("/circle/health-station/",),
    "药店": ("/circle/pharmacy/", "/circle/pharmacy-24h/"),
    "yaofang": ("/circle/pharmacy/", "/circle/pharmacy-24h/"),
    "pharmacy": ("/circle/pharmacy/", "/circle/pharmacy-24h/"),
    "老年食堂": ("/circle/canteen/",),
    "小学": ("/circle/primary-school/",),
    "幼儿园": ("/circle/kindergarten/",),
    "厕所": ("/circle/public-toilet/",),
    "书院路35号": ("/circle/health-station/",),
    "书院路 35 号": ("/circle/health-station/",),
}
# What the community does not do leads to who does.
SIGNPOSTS = {
    "身份证": "id-card",
    "补身份证": "id-card",
    "shenfenzheng": "id-card",
    "户口": "household-register",
    "落户": "household-register",
    "结婚证": "marriage",
    "marriage": "marriage",
    "护照": "passport",
    "passport": "passport",
    "开锁": "locksmith",
    "locksmith": "locksmith",
}
RIGHT_AT_LEAST = 55


def results(client, query: str) -> list[str]:
    groups = client.get("/search/", {"q": query}).context["groups"]
    return [hit.url for group in groups for hit in group.hits]


def test_sixty_questions_find_what_was_meant_first(client):
    found = {query: results(client, query) for query in QUESTIONS}
    wrong = [query for query, right in QUESTIONS.items() if found[query][:1] and found[query][0] not in right]
    empty = [query for query in QUESTIONS if not found[query]]
    assert (len(QUESTIONS), empty) == (60, [])
    assert len(QUESTIONS) - len(wrong) >= RIGHT_AT_LEAST, wrong


def test_vaccine_finds_both_vaccinations(client):
    assert {"/services/HL06/", "/services/HL07/"} <= set(results(client, "vaccine"))


@pytest.mark.parametrize("query", ["zzqqxx", "12345678901234567890"])
def test_nonsense_finds_nothing(client, query):
    assert results(client, query) == []


def test_what_the_community_does_not_do_leads_to_who_does(client):
    found = {query: results(client, query)[0] for query in SIGNPOSTS}
    assert found == {query: f"/signposts/{slug}/" for query, slug in SIGNPOSTS.items()}


def test_hit_says_what_it_is_whether_it_is_open_and_how_far(client):
    text = " ".join(client.get("/en/search/", {"q": "old-age allowance"}).text.split())
    first = text.split("/en/services/EL02/")[1].split("</a>")[0]
    assert "monthly allowance" in first
    assert 'class="state' in first
    assert "minutes" in first
