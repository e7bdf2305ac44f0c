import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.models import ServiceItem
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

LIST = "/api/hsds/services"
ENVELOPE = {
    "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"
}  # fmt: skip
# What each document must have (services.md, section 3); the document's name stands for its place in the tree.
REQUIRED = {
    "service": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "location": {"id", "location_type"},
    "addresses": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "phones": {"id", "number"},
    "taxonomy_term": {"id", "name", "description"},
    "taxonomy_detail": {"id", "name", "description"},
    "capacities": {"id", "unit", "available", "updated"},
    "unit": {"id", "name"},
}


def walked(document, name="service"):
    """Each object of the tree, with the name under which it stands."""
    if isinstance(document, dict):
        yield name, document
        for key, value in document.items():
            yield from walked(value, key)
    elif isinstance(document, list):
        for each in document:
            yield from walked(each, name)


@pytest.fixture
def item():
    """With all that a document can hold."""
    community = make.community(
        province_zh="贵州省", province_en="Guizhou", city_zh="贵阳市", city_en="Guiyang", postal_code="550081"
    )
    hall = make.facility(
        community=community, hours="9:00-12:00 13:30-17:00", phone="0851-0000 0101", step_free=True
    )
    found = make.item(
        community=community,
        code="EL02",
        facility=hall,
        is_bookable=True,
        phone="0851-0000 0102",
        audiences=[make.audience(slug="elderly")],
    )
    make.material(item=found, condition_zh="委托他人时", condition_en="if somebody else comes")
    counter = make.counter(facility=hall, items=[found])
    make.slot(counter=counter, capacity=3)
    return found


def refusal(client, query: str) -> tuple[int, str, str]:
    response = client.get(f"{LIST}?{query}")
    body = response.json()
    assert set(body) == {"code", "message"}
    return response.status_code, body["code"], body["message"]


def test_each_part_of_a_document_has_what_the_standard_requires(client, item):
    """The same without the standard's files."""
    document = client.get(LIST, {"full": "true"}).json()["contents"][0]
    parts = list(walked(document))
    assert REQUIRED.keys() <= {name for name, _part in parts}
    lacking = [(name, REQUIRED.get(name, {"id"}) - part.keys()) for name, part in parts]
    assert [pair for pair in lacking if pair[1]] == []
    values = [value for _name, part in parts for value in part.values()]
    assert [value for value in values if value in (None, "", [], {})] == []
    [morning, afternoon] = document["schedules"]
    assert (morning["opens_at"], morning["closes_at"], morning["timezone"]) == (
        "09:00+08:00",
        "12:00+08:00",
        8,
    )
    assert (afternoon["opens_at"], morning["freq"]) == ("13:30+08:00", "WEEKLY")
    assert document["capacities"][0]["available"] == 3
    assert document == client.get(f"{LIST}/{document['id']}").json() | {"capacities": document["capacities"]}


def test_languages_of_the_list(client, item):
    chinese, english = (client.get(path).json()["contents"][0] for path in (LIST, f"/en{LIST}"))
    assert (chinese["name"], chinese["alternate_name"]) == (item.name_zh, item.name_en)
    assert (english["name"], english["alternate_name"]) == (item.name_en, item.name_zh)
    assert chinese["id"] == english["id"]
    assert english["url"].endswith("/en/services/EL02/")
    asked = client.get(LIST, headers={"accept-language": "en"})
    assert (
        asked.json()["contents"][0]["name"] == client.get(LIST, {"lang": "en"}).json()["contents"][0]["name"]
    )
    assert (asked["Content-Language"], "Accept-Language" in asked["Vary"]) == ("en", True)


def test_about_leads_to_what_it_names(client):
    about = client.get("/api/hsds/").json()
    assert about["version"] == "3.1"
    assert client.get(about["profile"].removeprefix("http://testserver")).status_code == 200
    described = client.get(about["openapi_url"].removeprefix("http://testserver")).json()
    assert set(described["paths"]) == {"/", "/services", "/services/{id}"}


def test_pages_of_the_list(client, item):
    make.item(code="ZZ01", community=item.community)
    make.item(code="ZZ02", community=item.community, status="draft")
    first, last = (client.get(LIST, {"per_page": "1", "page": n}).json() for n in (1, 2))
    assert set(first) == ENVELOPE
    assert (first["total_items"], first["total_pages"], first["size"]) == (2, 2, 1)
    assert (first["first_page"], first["last_page"], last["last_page"], last["empty"]) == (
        True,
        False,
        True,
        False,
    )
    lines = client.get(LIST, {"format": "ndjson", "minimal": "true"}).content.decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [page["contents"][0]["id"] for page in (first, last)]


def test_refusals_have_a_code_and_a_sentence(client, item):
    assert refusal(client, "page=0")[:2] == (400, "min_value")
    assert refusal(client, f"per_page={10**9}")[:2] == (400, "max_value")
    assert refusal(client, "page=2")[:2] == (404, "no_such_page")
    status, code, sentence = refusal(client, "colour=red&lang=en")
    assert (status, code) == (400, "unknown_filter")
    assert sentence.startswith("There is no filter “colour” here. There are: lang, community, search, page,")
    assert refusal(client, "lang=fr")[:2] == (400, "unknown_language")
    assert refusal(client, "organization_id=x")[:2] == (400, "invalid")
    assert refusal(client, "community=nowhere")[:2] == (404, "unknown_community")
    nobody = client.get(f"{LIST}/00000000-0000-0000-0000-000000000000")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "not_found")
    assert client.post(LIST).status_code == 405


def test_filters_narrow_the_list(client, item):
    other = make.item(code="ZZ01", community=item.community, provider_zh="街道窗口", name_zh="公交优待卡")
    full = client.get(LIST, {"full": "true"}).json()["contents"]
    [mine, theirs] = full
    elders = next(each for each in mine["attributes"] if each["taxonomy_term"]["code"] == "elderly")
    found = {
        "organization_id": (theirs["organization_id"], [theirs["id"]]),
        "taxonomy_term_id": (elders["taxonomy_term_id"], [mine["id"]]),
        "taxonomy_id": (elders["taxonomy_term"]["taxonomy_id"], [mine["id"]]),
        "search": (other.name_zh, [theirs["id"]]),
        "modified_after": ("2099-01-01T00:00:00+08:00", []),
    }
    for name, (value, ids) in found.items():
        page = client.get(LIST, {name: value}).json()
        assert [each["id"] for each in page["contents"]] == ids, name


def test_item_that_ended_stays_as_defunct_and_a_draft_is_never_told(client, item):
    ServiceItem.objects.update(withdrawn_on=make.MORNING.date())
    draft = make.item(code="D1", community=item.community, status="draft")
    [told] = client.get(LIST, {"full": "true"}).json()["contents"]
    assert (told["status"], "capacities" in told) == ("defunct", False)
    assert draft.name_zh not in client.get(LIST).content.decode()


def test_unchanged_list_is_304_and_a_change_is_not(client, item, time_machine):
    first = client.get(LIST, {"full": "true"})
    time_machine.move_to(make.MORNING.replace(hour=11))
    again = client.get(LIST, {"full": "true"}, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    item.fee_zh = "10元"
    item.save()
    changed = client.get(LIST, {"full": "true"}, headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_list_takes_as_many_queries_for_5400_items_as_for_one(client, item):
    few, _page = queries_of(client)
    columns = {
        "community": item.community,
        "category": item.category,
        "facility": item.facility,
        "introduced_on": item.introduced_on,
    }
    columns |= {"promised_days": 5, "summary_zh": "说明", "provider_zh": "窗口", "dimension": "civic"}
    ServiceItem.objects.bulk_create(
        ServiceItem(code=f"M{n:04}", name_zh=f"事项{n}", name_en=f"Item {n}", **columns) for n in range(5399)
    )
    many, page = queries_of(client)
    assert (page["total_items"], page["size"]) == (5400, 100)
    assert few == many <= 10


def queries_of(client) -> tuple[int, dict]:
    with CaptureQueriesContext(connection) as queries:
        page = client.get(LIST, {"full": "true"}).json()
    return len(queries), page
