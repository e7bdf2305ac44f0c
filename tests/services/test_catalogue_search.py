import pytest

from circle.models import MissedSearch
from tests import make

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def items():
    make.item(code="GL01", name_zh="高龄津贴", name_en="Old-age allowance", synonyms="老人补贴\ndibao money")
    make.item(code="JZ01", name_zh="居住证办理", name_en="Residence permit")
    make.item(code="JZ02", name_zh="居住证", name_en="Residence card")
    make.item(code="DRAFT", name_zh="高龄草稿", status="draft")


def codes(client, query: str, **filters) -> list[str]:
    return [row.code for row in client.get("/services/", {"q": query} | filters).context["rows"]]


@pytest.mark.parametrize(
    "query",
    [
        "高龄津贴",
        "高龄",
        "gaolingjintie",
        "gaoling",
        "gljt",
        "GLJT",
        " gljt ",
        "老人补贴",
        "laorenbutie",
        "lrbt",
        "allowance",
        "Old-Age",
        "dibao",
    ],
)
def test_item_is_found_by(client, items, query):
    assert codes(client, query) == ["GL01"]


@pytest.mark.parametrize(
    "query", ["gaoningjintie", "gaolinjintie", "gaolingjingtie", "juzuzen", "juzhuzheng"]
)
def test_item_is_found_with_a_southern_accent(client, items, query):
    assert codes(client, query)[0] in ("GL01", "JZ02")


def test_exact_name_stands_before_a_longer_one(client, items):
    assert codes(client, "居住证") == ["JZ02", "JZ01"]
    assert codes(client, "jzz") == ["JZ02", "JZ01"]


def test_words_and_filters_combine(client, items):
    make.item(code="GL02", name_zh="高龄体检", is_bookable=True)
    assert codes(client, "高龄", bookable="on") == ["GL02"]
    assert codes(client, "高龄", on="2020-01-01") == []


def test_search_says_how_many_it_found(client, items):
    text = " ".join(client.get("/en/services/", {"q": "residence"}).text.split())
    assert "2 items found for “residence”." in text


def test_search_results_are_paged_and_keep_the_words(client, page_links):
    theme = make.category()
    for n in range(70):
        make.item(name_zh=f"高龄事项{n}", category=theme)
    first = client.get("/services/", {"q": "高龄"})
    assert (len(first.context["rows"]), first.context["page"].paginator.count) == (60, 70)
    second = client.get(f"/services/{page_links(first)['next']}")
    assert len({row.pk for row in [*first.context["rows"], *second.context["rows"]]}) == 70


def test_no_hit_suggests_the_nearest_and_is_counted(client, items):
    response = client.get("/en/services/", {"q": "old-age alowanse"})
    assert [row.code for row in response.context["suggestions"]] == ["GL01"]
    assert (make.PHONE in response.text, "Did you mean" in response.text) == (True, True)
    client.get("/en/services/", {"q": "Old-age  alowanse"})
    assert [(row.words, row.count) for row in MissedSearch.objects.all()] == [("old-age alowanse", 2)]


def test_no_hit_while_typing_is_not_counted(client, items):
    response = client.get("/services/", {"q": "old-age alowanse"}, headers=HTMX)
    assert [row.code for row in response.context["suggestions"]] == ["GL01"]
    assert not MissedSearch.objects.exists()


@pytest.mark.parametrize("query", ["13800000000", "138 0000 0000", "520102199001010000", "x"])
def test_no_hit_of_numbers_is_never_kept(client, items, query):
    assert client.get("/services/", {"q": query}).status_code == 200
    assert not MissedSearch.objects.exists()


def test_no_hit_that_only_the_filters_cause_is_not_a_missing_synonym(client, items):
    assert codes(client, "高龄津贴", bookable="on") == []
    assert not MissedSearch.objects.exists()


@pytest.mark.parametrize("query", ["%", "_", "<b>", "'", "\\", "💩", "。", "a" * 60, "~", ".y.n"])
def test_search_takes_any_words(client, items, query):
    response = client.get("/services/", {"q": query})
    assert response.status_code == 200
    assert "<b>" not in response.text


def test_search_word_with_a_null_is_refused(client, items):
    response = client.get("/services/", {"q": "a\x00b"})
    assert response.status_code == 400
