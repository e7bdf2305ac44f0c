"""Open data of the council: every row after its schema, paged without gaps, nothing private in it."""

import csv
import datetime as dt
import io

import jsonschema
import pytest

from council import actions
from council.views import data
from tests import make
from tests import make_council as council

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
CANARY, NAME = "金丝雀原话", "金丝雀居民"
TABLES = ["meetings", "resolutions", "actions", "suggestions", "rates"]


def url(table: str, form: str = "json") -> str:
    return f"/council/data/{table}.{form}"


def test_every_row_is_as_the_schema_says_and_tells_of_nobody(client):
    council.promises()
    posting = council.posting()
    council.action_item(of=posting)
    party = council.committee(code="party", sign="党", visibility="decisions")
    closed = council.posting(body=party, members=3, present=3)
    person = make.own_resident(name=NAME)
    body = posting.resolution.item.meeting.body
    topic = council.topic(meeting=None, body=body, resident=person, text=CANARY)
    actions.accept_topic(topic=topic, public_text_zh="修路灯", at=council.IN_CALL, by=council.secretary())
    gone = council.topic(meeting=None, body=body)
    actions.withdraw_topic(topic=gone, at=council.IN_CALL, by=gone.raised_by.login)

    schema = client.get("/council/data/schema.json").json()
    for table in TABLES:
        response = client.get(url(table))
        assert response["Access-Control-Allow-Origin"] == "*"
        kind = schema["$defs"][table] | {"$defs": schema["$defs"]}
        for row in response.json()["data"]:
            jsonschema.validate(row, kind)
        table_text = client.get(url(table, "csv")).content.decode("utf-8-sig")
        assert len(list(csv.DictReader(io.StringIO(table_text)))) == len(response.json()["data"])
        for private in (CANARY, NAME, person.phone):
            assert private not in response.text + table_text
        again = client.get(url(table), headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304
    rows = client.get(url("suggestions")).json()["data"]
    assert {"ref": gone.receipt, "withdrawn_at": "2026-11-10T10:00:00+08:00"} in rows
    assert next(row for row in rows if row["ref"] == topic.receipt)["words_zh"] == "修路灯"
    numbers = {row["ref"] for row in client.get(url("resolutions")).json()["data"]}
    assert numbers == {posting.resolution.number, closed.resolution.number}


def test_pages_leave_nothing_out_and_what_is_no_moment_is_refused(client, monkeypatch):
    monkeypatch.setattr(data, "PAGE", 2)
    body = council.the_council()
    topics = [
        council.topic(meeting=None, body=body, at=council.IN_CALL + number * dt.timedelta(minutes=1))
        for number in range(5)
    ]
    found, address = [], url("suggestions")
    while address:
        page = client.get(address).json()
        found += [row["ref"] for row in page["data"]]
        address = page["next"]
    assert found == [topic.receipt for topic in topics]
    since = {"modified_since": "2026-11-10T10:03:00+08:00"}
    later = client.get(url("suggestions"), since).json()["data"]
    assert [row["ref"] for row in later] == found[3:]
    for wrong in ({"modified_since": "gestern"}, {"modified_since": "2026-11-10"}, {"page": "9"}):
        assert client.get(url("suggestions"), wrong).status_code == 400
    for unknown in ("wishes.json", "suggestions.xml"):
        assert client.get(f"/council/data/{unknown}").status_code == 404
