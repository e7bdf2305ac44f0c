"""Topics that a colleague or a firm sees to: assigned, answered by the firm, handed over."""

import pytest
import time_machine

from circle.models import Message, Record
from council import actions
from council.models import FirmReply, Topic, closed_by_firms
from tests import make
from tests import make_council as council

pytestmark = pytest.mark.django_db
LIST = "/admin/council/topic/firm/"


@pytest.fixture(autouse=True)
def in_the_call():
    with time_machine.travel(council.IN_CALL, tick=False):
        yield


@pytest.fixture
def manager():
    """Who stands for a firm."""
    return make.post("property_manager")


@pytest.fixture
def matter(manager):
    return council.of_firm(firm=manager.firm)


def assign(topic, **to):
    return actions.assign_topic(topic=topic, at=council.IN_CALL, by=council.secretary(), **to)


def reply(topic, by, status="done", text="电梯已修好。"):
    return actions.reply_as_firm(topic=topic, status=status, text=text, at=council.IN_CALL, by=by)


# Assigning --------------------------------------------------------------------------------------------------


def test_assigned_to_a_firm_is_recorded_once_and_its_people_are_told(manager):
    topic = council.accepted()
    for _ in range(2):
        assert assign(topic, firm=manager.firm).firm == manager.firm
    step = Record.objects.get(verb="topic_assigned")
    assert step.details == {"firm": manager.firm_id}
    assert Message.objects.get(event="topic_assigned").user == manager.user


def test_who_sees_to_it_next_takes_the_place_of_who_did_before(matter):
    colleague = council.chair()
    found = assign(matter, person=colleague)
    assert (found.responsible, found.firm) == (colleague, None)
    assert Message.objects.filter(event="topic_assigned", user=colleague).count() == 1


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (dict, "nobody_named"),
        (lambda: {"firm": make.firm(), "person": council.chair()}, "nobody_named"),
        (lambda: {"firm": make.firm(community=make.community())}, "other_community"),
        (lambda: {"person": make.clerk()}, "not_at_the_desk"),
        (lambda: {"person": council.chair(community=make.community())}, "not_at_the_desk"),
    ],
)
def test_assigning_is_refused(who, code):
    topic = council.accepted()
    assert council.refused(assign, topic=topic, **who()) == code


def test_firm_gets_no_topic_that_has_no_public_words():
    assert council.refused(assign, topic=council.topic(), firm=make.firm()) == "not_taken_up"


def test_answered_topic_is_assigned_to_nobody(matter):
    actions.answer_topic(topic=matter, answer_zh="修好了。", at=council.IN_CALL, by=council.secretary())
    assert council.refused(assign, topic=matter, person=council.chair()) == "already_answered"


# What the firm says -----------------------------------------------------------------------------------------


def test_firm_says_how_it_stands_and_the_same_words_are_kept_once(manager, matter):
    first, again = reply(matter, manager.user), reply(matter, manager.user)
    assert (first.pk, first.status, FirmReply.objects.count()) == (again.pk, "done", 1)
    assert Record.objects.get(verb="topic_replied").details == {"firm": manager.firm_id, "reply": "done"}


@pytest.mark.parametrize(
    ("status", "text", "code"),
    [("done", " ", "text_missing"), ("done", "好" * 501, "text_too_long"), ("paid", "好", "status_unknown")],
)
def test_bad_reply_is_refused_and_nothing_is_kept(manager, matter, status, text, code):
    assert council.refused(reply, topic=matter, by=manager.user, status=status, text=text) == code
    assert not FirmReply.objects.exists()


def test_another_firm_says_nothing(matter):
    assert council.refused(reply, topic=matter, by=make.post("property_manager").user) == "not_assigned"


def test_after_the_answer_the_firm_says_nothing_more(manager, matter):
    actions.answer_topic(topic=matter, answer_zh="修好了。", at=council.IN_CALL, by=council.secretary())
    assert council.refused(reply, topic=matter, by=manager.user) == "already_answered"


def test_last_word_of_the_firm_counts(manager, matter):
    reply(matter, manager.user)
    assert list(closed_by_firms(Topic.objects.all())) == [matter]
    reply(matter, manager.user, "under_way", "还要换一个零件。")
    assert list(closed_by_firms(Topic.objects.all())) == []


# Pages ------------------------------------------------------------------------------------------------------


def test_manager_reads_public_words_and_nothing_of_who_raised_it(client, manager, matter):
    council.of_firm()  # another firm's
    client.force_login(manager.user)
    assert list(client.get(LIST).context["topics"]) == [matter]
    html = client.get(f"{LIST}{matter.receipt}/").content.decode()
    assert (matter.public_text_zh in html, matter.text in html, matter.raised_by.name in html) == (
        True,
        False,
        False,
    )


def test_manager_answers_on_the_page_and_the_secretary_reads_it(client, manager, matter):
    client.force_login(manager.user)
    sent = client.post(f"{LIST}{matter.receipt}/", {"status": "done", "text": "电梯已修好。"})
    assert sent["Location"] == LIST
    client.force_login(council.secretary())
    html = client.get(f"/admin/council/topic/{matter.pk}/change/").content.decode()
    assert "电梯已修好。" in html
    waiting = client.get("/admin/council/topic/?attention=replied").context["cl"].queryset
    assert list(waiting) == [matter]


def test_topic_of_another_firm_is_not_found(client, manager):
    other = council.of_firm()
    client.force_login(manager.user)
    assert client.get(f"{LIST}{other.receipt}/").status_code == 404
    assert client.post(f"{LIST}{other.receipt}/", {"status": "done", "text": "好"}).status_code == 404
    assert client.get(f"/admin/council/topic/{other.pk}/change/").status_code == 403


def test_ended_post_sees_nothing_of_the_firm(client, manager, matter):
    type(manager).objects.filter(pk=manager.pk).update(ends_on="2026-01-01")
    assert list(Topic.objects.of_firm(manager.user)) == []


def test_chair_says_who_sees_to_it_and_may_do_nothing_else(client, manager):
    topic = council.accepted()
    client.force_login(council.chair())
    assert [
        verb.name for verb in client.get(f"/admin/council/topic/{topic.pk}/change/").context["verbs"]
    ] == ["assign"]
    client.post(f"/admin/council/topic/{topic.pk}/do/assign/", {"who": f"firm-{manager.firm_id}"})
    topic.refresh_from_db()
    assert topic.firm == manager.firm
    assert client.get(f"/admin/council/topic/{topic.pk}/do/answer/").status_code == 403


def test_forged_choice_is_refused(client):
    topic, elsewhere = council.accepted(), make.firm(community=make.community())
    client.force_login(council.secretary())
    sent = client.post(f"/admin/council/topic/{topic.pk}/do/assign/", {"who": f"firm-{elsewhere.pk}"})
    assert sent.status_code == 422
    topic.refresh_from_db()
    assert topic.firm is None


def test_list_of_the_firm_takes_the_same_queries_for_one_and_for_many(client, queries_of, manager, matter):
    client.force_login(manager.user)
    few = queries_of(LIST)
    for _ in range(3):
        reply(council.of_firm(firm=manager.firm), manager.user)
    assert queries_of(LIST) == few


def test_topics_of_who_is_away_are_handed_over(client):
    absence = make.absence(post=make.post("council_secretary"))
    topic = assign(council.topic(), person=absence.post.user)
    client.force_login(make.post("director").user)
    page = "/admin/circle/staffpost/hand-over/"
    [left] = client.get(page).context["groups"]
    assert [work.key for work in left.work] == [f"topic:{topic.pk}"]
    chosen = {"post": absence.post.pk, "to": absence.substitute.pk, "work": [f"topic:{topic.pk}"]}
    for _ in range(2):
        client.post(page, chosen)
    topic.refresh_from_db()
    assert topic.responsible == absence.substitute.user
    assert Record.objects.filter(verb="work_handed_over").count() == 1
