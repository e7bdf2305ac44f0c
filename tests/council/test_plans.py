"""Meetings that come to nothing, and bodies that take no topics from residents."""

import pytest

from circle.models import Record
from council import actions
from council.models import Meeting
from tests import make_council as council
from tests.council.desk import counted, url
from tests.make_council import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize("make_it", [council.topic, council.accepted])
def test_topics_of_a_cancelled_meeting_wait_in_the_queue(client, secretary, make_it):
    topic = make_it()
    before = counted(secretary)
    actions.cancel_meeting(meeting=topic.meeting, reason="停电", at=council.IN_CALL, by=secretary)
    assert sum(counted(secretary)) == sum(before) + 1
    page = client.get(url("topic_changelist") + "?attention=late")
    assert list(page.context["cl"].queryset) == [topic]


def test_committee_publishes_its_agenda_without_a_call():
    meeting = council.meeting(body=council.committee())
    sent = {"meeting": meeting, "at": council.IN_CALL, "by": council.secretary()}
    assert refused(actions.publish_agenda, **sent) == "agenda_empty"
    council.item(meeting=meeting)
    assert actions.publish_agenda(**sent).status == "noticed"


def test_residents_council_has_a_call_before_its_agenda():
    meeting = council.meeting()
    council.item(meeting=meeting)
    sent = {"meeting": meeting, "at": council.IN_CALL, "by": council.secretary()}
    assert refused(actions.publish_agenda, **sent) == "not_possible"


def test_committee_is_offered_to_publish_its_agenda(client, secretary):
    meeting = council.meeting(body=council.committee())
    council.item(meeting=meeting)
    assert (
        url("meeting_do", meeting.pk, "publish_agenda") in client.get(url("meeting_change", meeting.pk)).text
    )


def test_plan_made_by_mistake_is_removed(client, secretary):
    meeting = council.meeting()
    council.item(meeting=meeting)
    address = url("meeting_do", meeting.pk, "remove_plan")
    assert address in client.get(url("meeting_change", meeting.pk)).text
    assert client.post(address).headers["Location"] == url("meeting_changelist")
    assert not Meeting.objects.exists()
    assert Record.objects.get(verb="meeting_removed").subject_id == meeting.pk
    assert client.post(address).status_code == 404
    council.meeting(body=meeting.body)


@pytest.mark.parametrize("make_it", [council.calling, council.noticed, council.held])
def test_meeting_that_residents_could_send_topics_to_is_not_removed(make_it):
    meeting = make_it()
    sent = {"meeting": meeting, "at": council.AFTER, "by": council.secretary()}
    assert refused(actions.remove_plan, **sent) == "not_possible"


def test_meeting_that_was_handed_a_topic_is_not_removed():
    topic = council.topic()
    later = council.meeting(body=topic.meeting.body, part=2)
    by = council.secretary()
    actions.hand_on_topic(topic=topic, meeting=later, at=council.IN_CALL, by=by)
    assert refused(actions.remove_plan, meeting=later, at=council.IN_CALL, by=by) == "has_topics"


def test_agenda_form_names_topics_in_words(client, secretary):
    topic = council.accepted()
    council.item(meeting=topic.meeting)
    for line in client.get(url("meeting_agenda", topic.meeting_id)).context["lines"]:
        choices = line.form.fields["topics"].choices
        assert [label for _value, label in choices] == [f"{topic.receipt} · {topic.public_text}"]
