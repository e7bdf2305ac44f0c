"""The whole loop of one matter on one page (scenario 14), what it costs, and the ways into the form."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from circle.models import Message
from council import actions
from council.hooks.schedule import find_station_faults
from council.models import Objection, Posting, Station
from tests import make
from tests import make_council as council

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
DAY = dt.timedelta(days=1)


def on_paper(meeting, text: str, **values):
    return council.topic(
        meeting=meeting, resident=make.resident(), via="paper", by=council.secretary(), text=text, **values
    )


def taken_up(topic, words: str):
    return actions.accept_topic(
        topic=topic, public_text_zh=words, at=council.IN_CALL + DAY, by=council.secretary()
    )


def decided(meeting, topic) -> Posting:
    """On the agenda, adopted, and its minutes published."""
    council.item(meeting=meeting, topics=[topic])
    minutes = council.published(meeting=council.held(meeting=meeting, items=0))
    return Posting.objects.get(resolution__item__meeting=minutes.meeting)


def carried_out(posting: Posting) -> None:
    """Objected to on the sixth day, answered, in force; late, carried to the next agenda, then verified."""
    by, at = council.secretary(), council.AFTER + 5 * DAY
    said = actions.record_objection(posting=posting, text="减免太少", at=at, by=by)
    actions.answer_objection(objection=said, answer_zh="半年后再议。", at=at + 2 * DAY, by=by)
    actions.put_due_in_force(at=council.AFTER + 10 * DAY)
    due = localdate(council.AFTER) + 12 * DAY
    action = council.action_item(of=posting, title_zh="公布新收费表", due_on=due, at=council.AFTER + 10 * DAY)
    later = {"action_item": action, "by": by}
    actions.begin_action(at=council.AFTER + 11 * DAY, **later)
    starts = council.STARTS + 28 * DAY
    following = council.meeting(
        body=posting.resolution.item.meeting.body,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=2),
        call_opens_at=council.OPENS + 28 * DAY,
        call_closes_at=council.CLOSES + 28 * DAY,
    )
    actions.take_over_items(meeting=following, at=council.AFTER + 20 * DAY, by=by)
    assert following.items.filter(action_items=action).exists()
    actions.report_action(text="收费表已贴出", evidence="照片", at=council.AFTER + 21 * DAY, **later)
    actions.verify_action(action_item=action, at=council.AFTER + 22 * DAY, by=council.chair())


def test_scenario_14_from_paper_to_not_solved_on_one_page(client, django_assert_max_num_queries):
    council.promises()
    meeting, by = council.calling(), council.secretary()
    topic = taken_up(on_paper(meeting, "托育费太高，一个月吃不消。"), "降低托育费")
    others = [on_paper(meeting, text) for text in ("托育费能不能少一点", "托费贵")]
    for other in others:
        actions.merge_topics(topic=other, target=topic, at=council.IN_CALL + 2 * DAY, by=by)
    posting = decided(meeting, topic)
    carried_out(posting)
    answered_at = council.AFTER + 23 * DAY
    resolution = posting.resolution
    actions.answer_topic(topic=topic, answer_zh="已降两成。", resolution=resolution, at=answered_at, by=by)
    raisers = [each.raised_by_id for each in (topic, *others)]
    told = Message.objects.filter(event="topic_answered").values_list("resident", flat=True)
    assert sorted(told) == sorted(raisers)
    asked = topic.evaluations.get()
    actions.evaluate_topic(evaluation=asked, is_solved=False, level=2, at=answered_at + DAY, by=by)
    topic.refresh_from_db()
    assert (topic.status, topic.reopened) == ("accepted", 1)
    assert list(find_station_faults()) == []
    assert Objection.objects.get().status == "answered"

    client.get(topic.loop_url)  # what is cached for all
    with django_assert_max_num_queries(14):
        page = client.get(topic.loop_url + "?again")
    assert len(page.content) < 60_000
    text = page.text
    for words in (
        "降低托育费",
        *(other.receipt for other in others),
        resolution.number,
        "减免太少",
        "公布新收费表",
        "收费表已贴出",
        "已降两成。",
        Station.Kind.REOPENED.label,
    ):
        assert str(words) in text or words == Station.Kind.REOPENED.label
    for private in ("一个月吃不消", *(person.name for person in (topic.raised_by,))):
        assert private not in text
    assert "<script" not in text[text.index("<main") : text.index("</main>")]
    english = client.get("/en" + topic.loop_url)
    assert '<time datetime="2026-11-' in english.text
    assert "three people" in english.text or "3 people" in english.text
    feed = client.get(reverse("council_loop_feed", args=[topic.receipt])).text
    assert feed.count("<entry>") == topic.stations.count()


def test_topic_of_a_body_that_is_not_public_has_no_page(client):
    topic = council.accepted()
    topic.body.visibility = "closed"
    topic.body.save()
    assert client.get(topic.loop_url).status_code == 404


def test_similar_ones_are_offered_while_typing_and_on_the_check_page(client):
    topic, person = council.accepted(), make.own_resident()
    client.force_login(person.login)
    found = client.post("/council/topics/similar/", {"text": "托育费能不能降低一点"})
    assert (topic.public_text_zh in found.text, topic.text in found.text) == (True, False)
    assert client.post("/council/topics/similar/", {"text": "路灯不亮"}).text.strip() == ""
    url = f"/council/topics/{topic.receipt}/support/"
    assert topic.public_text_zh in client.get(url).text
    assert client.post(url, {"resident": str(person.code)}).status_code == 302
    assert topic.supports.get().resident == person


def test_gap_of_ones_ring_goes_into_the_form_with_its_facts(client):
    person = make.own_resident()
    council.body(community=person.community)
    client.force_login(person.login)
    page = client.get("/en/council/topics/new/?about=home:sport")
    assert "From " in page.text
    said = {"text": "没有打球的地方", "resident": str(person.code), "about": "home:sport", "meeting": ""}
    said |= {"dimension": "sport", "once": page.context["form"]["once"].value()}
    assert "From " in client.post("/en/council/topics/new/", said).text
    assert client.post("/council/topics/new/check/", said).status_code == 302
    topic = person.topics.get()
    assert (topic.dimension, bool(topic.facts_zh), bool(topic.facts_en)) == ("sport", True, True)
    for nonsense in ("home:nothing", "gap:x:y:z", "gap:sport", "item:none", "x" * 500):
        assert client.get(f"/council/topics/new/?about={nonsense}").status_code == 200
