"""What everybody reads: the next meeting, the archive, agendas, minutes and their proof, calendars."""

import datetime as dt
import hashlib
import json

import pytest
import time_machine
from icalendar import Calendar

from council import actions
from council.models import MinutesVersion
from tests import make
from tests import make_council as council

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_call():
    with time_machine.travel(council.IN_CALL, tick=False):
        yield


def event(response) -> dict:
    [found] = Calendar.from_ical(response.content).walk("VEVENT")
    return found


# /council/ --------------------------------------------------------------------------------------------------


def test_page_without_any_meeting_says_so(client):
    make.community()
    assert client.get("/council/").status_code == 200


def test_next_meeting_and_its_call_are_shown(client, html):
    meeting = council.calling()
    text = html(client.get("/council/"))
    assert f'href="{meeting.get_absolute_url()}"' in text
    assert 'href="/council/topics/new/"' in text


def test_gap_in_the_circle_leads_to_a_topic(client, html):
    council.calling()
    assert 'href="/council/topics/new/?topic=sport"' in html(client.get("/council/?topic=sport"))


def test_gap_while_no_call_is_open_is_sent_all_the_same(client, html):
    council.meeting()
    text = html(client.get("/council/?topic=sport"))
    assert ('href="/council/topics/new/?topic=sport"' in text, make.PHONE in text) == (True, True)
    assert client.get("/council/?topic=nonsense").context["topic"] is None


def test_what_became_of_topics_shows_public_words_only(client):
    topic = council.accepted(text="张三家的托育费")
    actions.answer_topic(topic=topic, answer_zh="已答复。", at=council.IN_CALL, by=council.secretary())
    council.topic(meeting=topic.meeting, text="没有核过的话")
    text = client.get("/council/").text
    shown = [word in text for word in ("降低托育费", "已答复。", topic.receipt)]
    hidden = [word in text for word in ("张三", "没有核过", topic.raised_by.name)]
    assert (shown, hidden) == ([True] * 3, [False] * 3)


def test_archive_lists_a_year_and_no_other_community(client):
    meeting = council.meeting()
    council.meeting(body=council.body(community=make.community()))
    response = client.get("/council/2026/")
    assert list(response.context["meetings"]) == [meeting]
    assert client.get("/council/2025/").status_code == 404


def test_meetings_are_in_the_sitemap(client):
    council.meeting()
    assert "/council/2026-11/</loc>" in client.get("/sitemap.xml").text


def test_home_shows_the_next_meeting(client, html):
    meeting = council.calling()
    assert f'href="{meeting.get_absolute_url()}"' in html(client.get("/"))


# One meeting ------------------------------------------------------------------------------------------------


def test_agenda_is_shown_once_it_is_published(client):
    topic = council.accepted()
    item = council.item(meeting=topic.meeting, topics=[topic])
    url = topic.meeting.get_absolute_url()
    assert item.title_zh not in client.get(url).text
    council.noticed(meeting=topic.meeting, items=0)
    text = client.get(url).text
    assert (item.title_zh in text, topic.receipt in text, topic.text in text) == (True, True, False)


def test_results_are_not_shown_before_the_minutes(client):
    meeting = council.held()
    text = client.get(meeting.get_absolute_url()).text
    assert ("议〔2026〕11-01" in text, "大家都发了言" in text) == (False, False)
    council.draft(meeting=meeting)
    assert "大家都发了言" not in client.get(meeting.get_absolute_url()).text


def test_published_minutes_show_roll_resolution_and_hash(client, html):
    minutes = council.published()
    text = html(client.get(minutes.meeting.get_absolute_url()))
    for word in ("议〔2026〕11-01", "大家都发了言。", minutes.sha256):
        assert word in text
    names = [seat.resident.name for seat in minutes.meeting.body.memberships.all()]
    assert [name for name in names if name in text] == []


def test_file_hashes_to_the_value_shown(client):
    minutes = council.published()
    response = client.get("/council/2026-11/minutes/1.json")
    assert hashlib.sha256(response.content).hexdigest() == minutes.sha256
    assert 'filename="2026-11-v1.json"' in response["Content-Disposition"]
    assert json.loads(response.content)["points"][0]["resolution"]["yes"] == 6


def test_replaced_version_keeps_its_bytes_and_wears_a_banner(client, html):
    first = council.published()
    before = client.get("/council/2026-11/minutes/1.json").content
    second = council.corrected(first)
    assert client.get("/council/2026-11/minutes/1.json").content == before
    old, new = html(client.get("/council/2026-11/v1/")), html(client.get("/council/2026-11/v2/"))
    assert f'href="{second.get_absolute_url()}"' in old
    assert ("<del>" in new or "<ins>" in new, second.sha256 in new) == (True, True)
    assert second.sha256 in html(client.get("/council/2026-11/"))


def test_draft_and_unknown_versions_are_not_found(client):
    council.draft()
    for page in ("v1/", "v2/", "minutes/1.json"):
        assert client.get(f"/council/2026-11/{page}").status_code == 404


@pytest.mark.parametrize("url", ["/council/2026-12/", "/council/2026-13/", "/council/committee/2026-11/"])
def test_meeting_that_is_not_there_is_not_found(client, url):
    council.meeting()
    assert client.get(url).status_code == 404


def test_other_bodies_stand_under_their_own_name_only(client):
    meeting = council.meeting(body=council.committee())
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert client.get("/council/2026-11/").status_code == 404
    council.meeting(body=council.the_council())
    assert client.get("/council/residents/2026-11/").status_code == 404


def test_meeting_called_off_stays_with_its_reason(client):
    meeting = council.calling()
    actions.cancel_meeting(meeting=meeting, reason="停电", at=council.IN_CALL, by=council.secretary())
    assert "停电" in client.get("/council/2026-11/").text


@pytest.mark.parametrize("make_it", [council.noticed, lambda: council.published().meeting])
def test_sheet_for_paper_carries_a_qr_code(client, make_it):
    make_it()
    assert "data:image/svg+xml" in client.get("/council/2026-11/?print=1").text


def test_typed_mark_up_is_shown_as_text(client):
    council.noticed(items=0, meeting=council.item(title_zh="<b>路灯</b>").meeting)
    assert "&lt;b&gt;路灯" in client.get("/council/2026-11/").text


# Calendars --------------------------------------------------------------------------------------------------


def test_scenario_13_calendar_entry_moves_and_is_called_off_under_one_uid(client):
    meeting = council.calling()
    seen = [event(client.get("/council/2026-11/calendar.ics"))]
    later = council.STARTS + dt.timedelta(days=1)
    names = ("place", "call_opens_at", "call_closes_at")
    same = {name: getattr(meeting, name) for name in names}
    by = council.secretary()
    actions.move_meeting(
        meeting=meeting,
        starts_at=later,
        ends_at=later + dt.timedelta(hours=2),
        at=council.IN_CALL,
        by=by,
        **same,
    )
    seen.append(event(client.get("/council/2026-11/calendar.ics")))
    actions.cancel_meeting(meeting=meeting, reason="停电", at=council.IN_CALL, by=by)
    seen.append(event(client.get("/council/calendar.ics")))
    assert len({entry["UID"] for entry in seen}) == 1
    assert [entry["SEQUENCE"] for entry in seen] == [0, 1, 2]
    assert [entry["STATUS"] for entry in seen] == ["TENTATIVE", "TENTATIVE", "CANCELLED"]
    assert [entry["DTSTART"].dt for entry in seen] == [council.STARTS, later, later]


# All of them ------------------------------------------------------------------------------------------------

PAGES = [
    "/council/",
    "/council/2026/",
    "/council/2026-11/",
    "/council/2026-11/?print=1",
    "/council/2026-11/v2/",
    "/council/2026-11/minutes/2.json",
    "/council/2026-11/calendar.ics",
    "/council/calendar.ics",
]


def test_pages_refuse_a_wrong_verb_and_take_few_queries(client, queries_of):
    council.corrected(council.published())
    few = {url: queries_of(url) for url in PAGES}
    assert {url: count for url, count in few.items() if count > 12} == {}
    assert {client.post(url).status_code for url in PAGES} == {405}


def test_lists_take_the_same_queries_for_one_and_many(client, queries_of):
    topic = council.accepted()
    body, place = topic.meeting.body, topic.meeting.place
    lists = ("/council/", "/council/2026/", "/council/calendar.ics")
    few = {url: queries_of(url) for url in lists}
    for part in range(2, 8):
        council.meeting(body=body, place=place, part=part)
        council.accepted(meeting=topic.meeting)
    assert {url: queries_of(url) for url in lists} == few


def test_versions_take_the_same_queries(client, queries_of):
    second = council.corrected(council.published())
    few = queries_of("/council/2026-11/v2/")
    council.corrected(council.corrected(second, "又改。"), "再改。")
    assert MinutesVersion.objects.count() == 4
    assert queries_of("/council/2026-11/v4/") == few
