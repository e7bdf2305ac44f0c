import datetime as dt

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext

from tests import make

pytestmark = pytest.mark.django_db

MONDAY = "2026-11-23 10:00+08:00"


@pytest.fixture
def item():
    place = make.facility(
        code="hall", name_en="Service hall", hours="9:00-17:00", north=100, landmark_en="South gate"
    )
    elders = make.audience(name_en="Older people")
    item = make.item(
        code="GL01",
        name_en="Old-age allowance",
        audiences=[elders],
        facility=place,
        summary_en="Money every month",
        eligibility_en="Aged 80 and over",
        result_en="A monthly payment",
        provider_en="Civil affairs counter",
        promised_days=5,
        statutory_days=20,
        fee_en="No charge",
        phone="0851-0000 0151",
        complaint_phone="0851-0000 0199",
        has_agency=True,
        checked_on=dt.date(2026, 11, 2),
    )
    make.material(item=item, name_en="Identity card", form="original_copy", order=2)
    make.material(
        item=item, name_en="Household register", station_can_check=True, condition_en="if you moved", order=1
    )
    make.step(item=item, name_en="Hand in", detail_en="At the counter", order=1)
    return item


@time_machine.travel(MONDAY, tick=False)
def test_item_page_holds_the_whole_guide(client, html, item):
    text = html(client.get("/en/services/GL01/"))
    expected = [
        "Old-age allowance",
        "Money every month",
        "Aged 80 and over",
        "Older people",
        "A monthly payment",
        "Identity card",
        "original and copy",
        "if you moved",
        "no need to bring: we can look this up",
        "Hand in",
        "At the counter",
        "5 working days",
        "20 working days",
        "No charge",
        "Civil affairs counter",
        "tel:0851-00000151",
        "tel:0851-00000199",
        "GL01",
        "full agency",
        "Service hall",
        "South gate",
        "about 2 minutes",
        "Open now, until 5:00 pm",
        "one visit in person",
        "Last checked",
    ]
    assert [words for words in expected if words not in text] == []


def test_item_papers_stand_in_their_order(client, item):
    names = [paper.name_en for paper in client.get("/services/GL01/").context["item"].materials.all()]
    assert names == ["Household register", "Identity card"]


def test_item_without_papers_place_or_legal_limit_says_so(client):
    make.item(code="T1", promised_days=0, statutory_days=None, visits=0, provider_en="Counter 3")
    text = client.get("/en/services/T1/").text
    expected = ["Nothing at all.", "none known", "on the spot", "no visit needed", "Counter 3"]
    assert [words for words in expected if words not in text] == []


def test_item_page_falls_back_to_chinese_texts(client):
    make.item(code="T1", provider_zh="综合窗口", provider_en="", summary_en="", summary_zh="只有中文")
    text = client.get("/en/services/T1/").text
    assert ("综合窗口" in text, "只有中文" in text) == (True, True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("is_verified", "badges"), [(False, 3), (True, 0)])
def test_unverified_item_wears_the_badge_at_limit_and_fee(client, html, item, language, is_verified, badges):
    item.is_verified = is_verified
    item.save()
    with translation.override(language):
        word = gettext("unverified")
        text = html(client.get(item.get_absolute_url()))
    assert text.count(f'<span class="badge warn">{word}</span>') == badges


def test_unverified_badge_is_on_the_printed_sheet_too(client, html, item):
    text = html(client.get("/en/services/GL01/?print=1"))
    assert text.count('<span class="badge warn">unverified</span>') == 2


@time_machine.travel(MONDAY, tick=False)
def test_printed_sheet_has_the_guide_the_week_and_the_address(client, item):
    response = client.get("/en/services/GL01/?print=1")
    text = response.text
    expected = [
        "Identity card",
        "Hand in",
        "Service hall",
        "http://testserver/en/services/GL01/",
        "0851-0000 0151",
    ]
    assert [words for words in expected if words not in text] == []
    assert len(response.context["week"]) == 7


def test_printed_sheet_of_an_item_without_a_place(client):
    make.item(code="T1")
    response = client.get("/services/T1/?print=1")
    assert (response.status_code, response.context["week"]) == (200, [])


@pytest.mark.parametrize("code", ["gl01", "Gl01"])
def test_item_number_in_small_letters_leads_to_the_page(client, item, code):
    response = client.get(f"/en/services/{code}/")
    assert (response.status_code, response["Location"]) == (301, "/en/services/GL01/")


@pytest.mark.parametrize(
    "values",
    [{"status": "draft"}, {"introduced_on": dt.date(2999, 1, 1)}],
)
def test_item_that_is_not_public_is_not_found(client, values):
    make.item(code="T1", **values)
    assert client.get("/services/T1/").status_code == 404


def test_item_of_another_community_is_not_found(client):
    make.community()
    make.item(code="T1", community=make.community())
    assert client.get("/services/T1/").status_code == 404
    assert client.get("/services/NONE/").status_code == 404


def test_paused_item_says_so(client):
    make.item(code="T1", status="paused")
    assert "This item is paused for now." in client.get("/en/services/T1/").text


def test_withdrawn_item_says_since_when(client):
    make.item(code="T1", withdrawn_on=dt.date(2026, 1, 1))
    response = client.get("/en/services/T1/")
    assert (response.status_code, response.context["is_gone"]) == (200, True)
    assert "This item left the catalogue on" in response.text


def test_item_to_be_withdrawn_later_is_still_offered(client):
    make.item(code="T1", withdrawn_on=dt.date(2999, 1, 1))
    assert client.get("/services/T1/").context["is_gone"] is False


def test_related_items_are_those_one_can_still_have(client, item):
    good = make.item(code="GOOD")
    item.related.set(
        [
            good,
            make.item(code="DRAFT", status="draft"),
            make.item(code="GONE", withdrawn_on=dt.date(2025, 1, 1)),
            make.item(code="LATER", introduced_on=dt.date(2999, 1, 1)),
        ]
    )
    response = client.get("/services/GL01/")
    assert list(response.context["related"]) == [good]
    assert "/services/GOOD/" in response.text
    assert list(client.get("/services/GOOD/").context["related"]) == []


def test_item_at_a_hidden_place_does_not_name_it(client, item):
    item.facility.is_published = False
    item.facility.save()
    text = client.get("/en/services/GL01/").text
    assert ("Service hall" in text, "Civil affairs counter" in text) == (False, True)


@time_machine.travel(MONDAY, tick=False)
def test_item_page_warns_of_a_closed_place(client, item):
    make.closure(facility=item.facility, ends_on=dt.date(2026, 11, 25))
    near = client.get("/services/GL01/").context["near"]
    assert (near.opening.is_open, near.opening.closed_for) == (False, "closure")


def test_item_page_takes_the_same_few_queries_for_any_length(client, item, queries_of):
    few = queries_of("/services/GL01/")
    for n in range(20):
        make.material(item=item, order=n)
        make.step(item=item, order=n)
    item.related.set([make.item() for _ in range(10)])
    assert queries_of("/services/GL01/") == few <= 12


def test_item_page_escapes_what_staff_typed(client):
    make.item(code="T1", name_zh="<script>alert(1)</script>", summary_zh="<img src=x onerror=alert(1)>")
    for path in ("/services/T1/", "/services/", "/services/T1/?print=1", "/"):
        text = client.get(path).text
        assert ("<script>alert" in text, "<img src=x" in text) == (False, False)


def test_pages_of_the_other_apps_list_their_items(client):
    make.item(code="OLD", dimension="elderly")
    make.item(code="YOUNG", dimension="children")
    elder, child = client.get("/eldercare/").text, client.get("/childcare/").text
    assert ["/services/OLD/" in elder, "/services/YOUNG/" in elder] == [True, False]
    assert ["/services/OLD/" in child, "/services/YOUNG/" in child] == [False, True]
