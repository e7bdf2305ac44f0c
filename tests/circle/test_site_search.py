import pytest

from circle.models import MissedSearch
from tests import make

pytestmark = pytest.mark.django_db


def found(client, query: str, prefix: str = "") -> dict[str, list[str]]:
    groups = client.get(f"{prefix}/search/", {"q": query}).context["groups"]
    return {group.slug: [hit.title for hit in group.hits] for group in groups}


@pytest.fixture
def allowance():
    make.facility(name_zh="高龄老人活动室", name_en="Senior club", landmark_en="by the gate")
    return make.item(
        name_zh="高龄津贴", name_en="Old-age allowance", synonyms="老人补贴\ndibao", provider_en="Counter 3"
    )


def test_search_groups_items_and_places(client, allowance):
    assert found(client, "高龄") == {"facilities": ["高龄老人活动室"], "items": ["高龄津贴"]}


@pytest.mark.parametrize(
    "query", ["高龄津贴", "gaolingjintie", "gljt", "GLJT", "gaoninjintie", "老人补贴", "allowance"]
)
def test_search_reads_characters_pinyin_initials_synonyms_and_english(client, allowance, query):
    assert found(client, query)["items"] == ["高龄津贴"]


def test_search_answers_in_the_language_of_the_page(client, allowance):
    assert found(client, "gljt", "/en") == {"items": ["Old-age allowance"]}
    text = client.get("/en/search/", {"q": "gljt"}).text
    assert ("Counter 3" in text, f"/en/services/{allowance.code}/" in text) == (True, True)


def test_search_shows_the_better_match_first(client):
    make.facility(name_zh="东门药店", name_en="East pharmacy")
    make.facility(name_zh="药店", name_en="Pharmacy")
    assert found(client, "药店")["facilities"] == ["药店", "东门药店"]


def test_search_hides_drafts_hidden_places_and_other_communities(client):
    make.item(name_zh="高龄草稿", status="draft")
    make.item(name_zh="高龄未来", introduced_on="2999-01-01")
    make.item(name_zh="高龄过去", withdrawn_on="2025-01-01")
    make.facility(name_zh="高龄暗室", is_published=False)
    elsewhere = make.community()
    make.item(name_zh="高龄别处", community=elsewhere)
    make.facility(name_zh="高龄远处", community=elsewhere)
    assert found(client, "高龄") == {}


def test_search_shows_at_most_eight_of_each(client):
    for _ in range(12):
        make.facility(name_zh="药店")
    assert len(found(client, "药店")["facilities"]) == 8


@pytest.mark.parametrize("query", ["", "   ", "\u3000"])
def test_search_without_words_asks_for_some(client, query):
    make.community()
    response = client.get("/en/search/", {"q": query})
    assert (response.status_code, response.context["groups"]) == (200, [])
    assert "Type what you look for" in response.text
    assert not MissedSearch.objects.exists()


def test_search_without_a_hit_offers_the_nearest_and_the_phone(client, allowance):
    response = client.get("/en/search/", {"q": "old-age alowanse"})
    assert [hit.title for group in response.context["like"] for hit in group.hits] == ["Old-age allowance"]
    assert make.PHONE in response.text
    assert MissedSearch.objects.get().words == "old-age alowanse"


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>",
        "%",
        "_",
        "'; DROP TABLE",
        "\\",
        "x" * 5000,
        "。！？",
        "💩",
        "\u202e",
        "a" * 60,
    ],
)
def test_search_takes_any_words(client, allowance, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_search_wildcards_find_nothing_by_themselves(client, allowance):
    assert (found(client, "%"), found(client, "_")) == ({}, {})


def test_search_takes_the_same_few_queries_for_any_number(client, allowance, queries_of):
    few = queries_of("/search/?q=gao")
    for _ in range(40):
        make.item(name_zh="高龄事项")
        make.facility(name_zh="高龄场所")
    assert queries_of("/search/?q=gao") == few <= 13  # one of them for the courses of the senior school
