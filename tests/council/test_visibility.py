"""Which bodies meet in public: page, list, search, calendar and sitemap ask one queryset."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from council.hooks.search import search_group
from council.hooks.sitemaps import Meetings
from council.models import Body, Meeting
from tests import make
from tests import make_council as council
from tests.council.desk import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def joint(visibility: str) -> Body:
    names = {"name_zh": "党建联席会", "name_en": "Joint Party-building meeting", "sign": "联"}
    return council.committee(code="joint", kind="party_joint", visibility=visibility, **names)


def shows(client, meeting) -> dict[str, bool]:
    """Where somebody without a login comes upon the meeting."""
    item = meeting.items.first()
    group = search_group(meeting.community, item.title_zh if item else "–", 5, like=False)
    address = meeting.get_absolute_url()
    return {
        "page": client.get(address).status_code == 200,
        "list": address in client.get("/council/").text or address in client.get("/council/2026/").text,
        "search": any(hit.url == address for hit in group.hits),
        "calendar": str(meeting.ical_uid) in client.get("/council/calendar.ics").text,
        "event": client.get(f"{address}calendar.ics").status_code == 200,
        "sitemap": meeting in Meetings().items(),
    }


@pytest.mark.parametrize("make_it", [council.meeting, council.noticed, council.held])
def test_meeting_of_a_public_body_shows_everywhere(client, make_it):
    meeting = make_it(body=council.committee())
    shown = shows(client, meeting)
    assert shown | {"search": True} == dict.fromkeys(shown, True)


@pytest.mark.parametrize("visibility", ["decisions", "closed"])
@pytest.mark.parametrize("make_it", [council.meeting, council.noticed, council.held, council.approved])
def test_party_meeting_shows_nowhere_before_its_decisions(client, make_it, visibility):
    make_it(body=joint(visibility))
    meeting = Meeting.objects.get()
    shown = shows(client, meeting)
    assert shown == dict.fromkeys(shown, False)


def test_decisions_are_all_that_a_party_meeting_shows(client):
    minutes = council.published(body=joint("decisions"))
    meeting, decision = minutes.meeting, minutes.sheet.points[0].resolution
    address = meeting.get_absolute_url()
    shown = shows(client, meeting)
    assert shown == dict.fromkeys(shown, True) | {"search": False}
    for page in (client.get(address), client.get(f"{address}?print=1")):
        assert decision.number in page.text
        assert decision.text in page.text
        for words in (minutes.sheet.points[0].minutes_zh, minutes.sheet.points[0].title_zh, minutes.sha256):
            assert words not in page.text
    for path in ("v1/", "minutes/1.json"):
        assert client.get(address + path).status_code == 404


def test_closed_body_never_shows(client):
    meeting = council.published(body=joint("closed")).meeting
    shown = shows(client, meeting)
    assert shown == dict.fromkeys(shown, False)
    for path in ("v1/", "minutes/1.json", "picture.png"):
        assert client.get(meeting.get_absolute_url() + path).status_code == 404


def test_topics_of_a_closed_body_are_not_listed(client):
    meeting = council.calling(body=joint("closed"))
    topic = council.topic(meeting=meeting, resident=None, via="paper", by=council.secretary())
    done = {"at": council.IN_CALL, "by": council.secretary()}
    council.actions.accept_topic(topic=topic, public_text_zh="支部的事", **done)
    council.actions.answer_topic(topic=topic, answer_zh="已办。", **done)
    assert "支部的事" not in client.get("/council/").text


def test_party_body_is_not_public():
    with pytest.raises(IntegrityError), transaction.atomic():
        joint("public")
    body = Body(
        community=make.community(), code="x", kind="party_joint", name_zh="联", name_en="J", sign="联"
    )
    with pytest.raises(ValidationError) as refusal:
        body.full_clean()
    assert "decisions" in str(refusal.value) or "决议" in str(refusal.value)


def test_desk_links_only_to_a_page_that_is_there(client, secretary):
    secret, public = council.meeting(body=joint("closed")), council.meeting(body=council.committee())
    assert client.get(url("meeting_change", secret.pk)).context["public_url"] == ""
    assert client.get(url("meeting_change", public.pk)).context["public_url"] == public.get_absolute_url()


def test_year_of_closed_meetings_only_is_no_year(client):
    council.held(body=joint("closed"))
    assert client.get("/council/2026/").status_code == 404
