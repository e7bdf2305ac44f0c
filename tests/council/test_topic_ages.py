"""From what age on one raises a topic: exceptions by staff, and a child added while the topic is written."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.models import Record, Resident, Rule
from council import actions
from council.hooks.personal_data import wipe_personal_data
from council.models import Topic
from tests import make
from tests import make_council as council
from tests.council.desk import slip, url

pytestmark = pytest.mark.django_db
NEW = "/council/topics/new/"
BABY = dt.date(2025, 3, 1)
TEENAGER = dt.date(2010, 3, 1)


@pytest.fixture(autouse=True)
def from_fourteen_years_on():
    Rule.objects.create(
        kind="ages-topic",
        valid_from=dt.date(2024, 1, 1),
        params={"from": 14},
        source_zh="测试",
        source_en="t",
    )
    with time_machine.travel(council.IN_CALL, tick=False):
        yield


@pytest.fixture
def meeting():
    return council.calling()


@pytest.fixture
def mother():
    return make.own_resident(born_on=dt.date(1990, 5, 1))


@pytest.fixture
def baby(mother):
    return make.guardianship(child=make.resident(name="小宝", born_on=BABY), adult=mother).child


def submit(meeting, resident, **more):
    said = {"text": "滑梯太高。", "via": "window", "at": council.IN_CALL, "by": council.secretary()}
    return actions.submit_topic(meeting=meeting, resident=resident, **said | more)


def typed(client, meeting, person, **more):
    client.force_login(council.secretary())
    return client.post(f"{url('topic_new')}?resident={person.code}", slip(meeting, **more))


def sent(meeting, person, **more) -> dict:
    said = {"text": "滑梯太高。", "dimension": "", "meeting": meeting.slug, "once": str(uuid.uuid4())}
    return said | {"resident": person.code} | more


def test_staff_need_a_reason_and_it_is_recorded(meeting, baby):
    with pytest.raises(ValidationError) as refusal:
        submit(meeting, baby)
    assert (refusal.value.code, Topic.objects.count()) == ("not_for_age", 0)
    topic = submit(meeting, baby, age_reason="家长代写，说的是孩子的事")
    assert topic.age_reason == "家长代写，说的是孩子的事"
    assert Record.objects.get(verb="topic_received").details["exception"] == "age"


def test_nobody_makes_an_exception_for_themselves(meeting, mother, baby):
    with pytest.raises(ValidationError) as refusal:
        submit(meeting, baby, via="online", by=mother.login, age_reason="请通融")
    assert refusal.value.code == "not_for_age"


def test_the_desk_asks_for_the_reason_only_after_it_was_refused(client, meeting, baby, mother):
    client.force_login(council.secretary())
    assert 'name="age_reason"' not in client.get(f"{url('topic_new')}?resident={baby.code}").text
    refused = typed(client, meeting, baby)
    assert (refused.status_code, 'name="age_reason"' in refused.text) == (422, True)
    typed(client, meeting, baby, age_reason="家长代写")
    assert Topic.objects.get().age_reason == "家长代写"


def test_of_who_is_old_enough_no_reason_is_stored(meeting, mother):
    assert submit(meeting, mother, age_reason="多余").age_reason == ""


def test_erasure_takes_the_reason_away(meeting, baby):
    submit(meeting, baby, age_reason="家长代写")
    wipe_personal_data(baby, council.IN_CALL)
    assert Topic.objects.get().age_reason == ""


# My child is not in this list -------------------------------------------------------------------------------


def test_a_child_is_added_while_the_topic_is_written_and_the_words_stay(client, meeting, mother):
    client.force_login(mother.login)
    assert 'name="child_name"' in client.get(NEW).text
    said = sent(meeting, mother, add_child="1", child_name="大宝", born_on=TEENAGER.isoformat())
    page = client.post(NEW, said)
    child = Resident.objects.get(name="大宝")
    assert (page.status_code, "滑梯太高。" in page.text) == (200, True)
    assert f'value="{child.code}"' in " ".join(page.text.split())
    assert client.post(NEW, sent(meeting, child)).context["said"]["resident"] == child
    assert client.post(NEW, said | {"once": "another"}).status_code == 422
    assert Resident.objects.filter(name="大宝").count() == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"child_name": "", "born_on": "2010-03-01"}, "required"),
        ({"child_name": "大宝", "born_on": "2030-03-01"}, "not_born"),
        ({"child_name": "大宝", "born_on": "1900-03-01"}, "not_a_child"),
        ({"child_name": "小 宝", "born_on": BABY.isoformat()}, "child_known"),
    ],
)
def test_a_child_that_cannot_be_added_is_refused_and_the_words_stay(
    client, meeting, mother, baby, typed, code
):
    client.force_login(mother.login)
    page = client.post(NEW, sent(meeting, mother, add_child="1") | typed)
    errors = page.context["child"].errors.as_data()
    assert (page.status_code, "滑梯太高。" in page.text) == (422, True)
    assert code in {error.code for field in errors.values() for error in field}


def test_a_baby_that_was_added_is_named_with_the_reason(client, meeting, mother):
    client.force_login(mother.login)
    said = sent(meeting, mother, add_child="1", child_name="二宝", born_on=BABY.isoformat())
    page = client.post(NEW, said).text
    assert "二宝 · 适用于14周岁及以上的人。" in page


def test_who_acts_for_somebody_adds_no_child_of_their_own(client, meeting, mother):
    client.force_login(mother.login)
    agent = make.mandate(agent=mother.login).principal
    client.post("/me/people/act/", {"person": agent.code})
    assert 'name="child_name"' not in client.get(NEW).text
