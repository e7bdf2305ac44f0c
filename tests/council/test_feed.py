"""The Atom feed of the council: agendas, minutes in every version, resolutions."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest

from council import actions
from tests import make_council as council

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client) -> list[str]:
    feed = ET.fromstring(client.get("/council/feed.atom").content)  # noqa: S314 - our own
    return [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")]


def test_feed_names_agenda_minutes_and_resolution(client):
    minutes = council.published()
    name = minutes.meeting.name
    said = titles(client)
    assert {f"议程：{name}", f"会议记录：{name}"} <= set(said)
    assert minutes.meeting.items.get().resolution.number in said


def test_each_version_is_an_entry_and_a_withdrawn_one_says_why(client):
    first = council.published()
    council.corrected(first)
    assert len([title for title in titles(client) if title.startswith("会议记录")]) == 2
    at = council.AFTER + dt.timedelta(days=1)
    actions.ask_redaction(minutes=first, reason="含有电话", at=at, by=council.secretary())
    actions.redact_minutes(minutes=first, at=at, by=council.chair())
    assert "含有电话" in client.get("/council/feed.atom").text


def test_planned_and_closed_meetings_are_not_in_it(client):
    council.calling()
    body = council.committee(visibility="closed")
    council.published(body=body, members=3, present=3)
    assert titles(client) == []
