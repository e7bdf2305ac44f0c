"""Notices and closures to the residents' group, over a robot on this machine."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions import post_to_group, send_again, withdraw_notice
from circle.models import Message, Record
from circle.notifications import BACK_OFF, send_messages
from tests import make
from tests.circle import receivers

pytestmark = pytest.mark.django_db

NOW = make.MORNING
TOOK = (200, {"errcode": 0, "errmsg": "ok"})


@pytest.fixture
def robot(settings):
    """Of the group of the first community, and of no other."""
    with receivers.gateway() as found:
        found.answer = lambda _body: TOOK
        settings.GROUP_ROBOTS = {make.here().slug: found.url}
        settings.SITE_URL = "https://circle.example.invalid"
        yield found


@pytest.fixture
def by(db):
    return make.post("director").user


def notice(**values):
    shown = {"title_zh": "停水通知", "body_zh": "周三停水一天。", "publish_at": NOW - dt.timedelta(hours=1)}
    return make.notice(**shown | values)


def closure(**values):
    place = make.facility(name_zh="老年食堂")
    return make.closure(**{"facility": place, "starts_on": NOW.date(), "reason_zh": "检修"} | values)


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.status, message.fault


def test_robot_posts_what_everybody_may_read_in_the_shape_it_takes(robot, by):
    posted = [post_to_group(subject=each, at=NOW, by=by) for each in (notice(), closure())]
    assert send_messages(at=NOW) == 2
    assert [state(message) for message in posted] == [("sent", "")] * 2
    assert [body["msgtype"] for body in robot.bodies] == ["text", "text"]
    first, second = [body["text"]["content"] for body in robot.bodies]
    assert "停水通知" in first
    assert "周三停水一天。" in first
    assert "https://circle.example.invalid/q/" in first
    assert "老年食堂" in second
    assert robot.ids == [message.dedupe for message in posted]
    assert [(message.resident, message.user) for message in posted] == [(None, None)] * 2


def test_same_words_are_posted_once_and_mended_ones_again(robot, by):
    found = notice()
    first = post_to_group(subject=found, at=NOW, by=by)
    assert post_to_group(subject=found, at=NOW, by=by) == first
    found.body_zh = "改为周四停水。"
    found.save()
    assert post_to_group(subject=found, at=NOW, by=by) != first
    assert send_messages(at=NOW) == 2
    assert Record.objects.filter(verb="posted_to_group").count() == 2


def test_many_clicks_at_once_are_one_post(robot, by, transactional_db, at_once):
    found = notice()
    answers = at_once(*[lambda: post_to_group(subject=found, at=NOW, by=by)] * 4)
    assert {answer.pk for answer in answers} == {Message.objects.get().pk}


def hidden():
    return closure(facility=make.facility(is_published=False))


REFUSED = {
    "draft": lambda: notice(status="draft"),
    "withdrawn": lambda: notice(status="withdrawn"),
    "to come": lambda: notice(publish_at=NOW + dt.timedelta(days=1)),
    "over": lambda: notice(expires_at=NOW),
    "closure over": lambda: closure(
        starts_on=NOW.date() - dt.timedelta(days=2), ends_on=NOW.date() - dt.timedelta(days=1)
    ),
    "hidden place": hidden,
}


@pytest.mark.parametrize("made", REFUSED.values(), ids=REFUSED)
def test_what_not_everybody_may_read_now_is_refused(robot, by, made):
    assert refused(post_to_group, subject=made(), at=NOW, by=by) == "not_public"
    assert not Message.objects.exists()


def test_community_without_a_robot_is_refused(robot, by):
    elsewhere = make.community()
    assert refused(post_to_group, subject=notice(community=elsewhere), at=NOW, by=by) == "no_robot"


def test_notice_withdrawn_before_its_turn_is_not_posted(robot, by):
    found = notice()
    message = post_to_group(subject=found, at=NOW, by=by)
    withdraw_notice(notice=found, reason="写错了", at=NOW, by=by)
    taken_back = closure()
    gone = post_to_group(subject=taken_back, at=NOW, by=by)
    taken_back.delete()
    assert send_messages(at=NOW) == 0
    assert [state(message), state(gone)] == [("dropped", "gone")] * 2
    assert robot.requests == []


def test_group_is_left_in_peace_in_the_quiet_hours(robot, by):
    make.rule("quiet_hours", params={"from": "21:00", "to": "08:00"})
    night, morning = NOW.replace(hour=22), NOW.replace(hour=8) + dt.timedelta(days=1)
    message = post_to_group(subject=notice(), at=night, by=by)
    assert send_messages(at=night) == 0
    message.refresh_from_db()
    assert message.due_at == morning
    assert send_messages(at=morning) == 1


@pytest.mark.parametrize("answer", [(200, {"errcode": 45009}), (200, {"errcode": -1}), (502, {})])
def test_busy_robot_is_waited_out_and_given_up_in_the_end(robot, by, answer):
    message, at = post_to_group(subject=notice(), at=NOW, by=by), NOW
    robot.answer = lambda _body: answer
    for pause in BACK_OFF:
        assert send_messages(at=at) == 0
        assert state(message)[0] == "queued"
        at += pause
    assert send_messages(at=at) == 0
    assert state(message)[0] == "dead"
    assert len(set(robot.ids)) == 1
    robot.answer = lambda _body: TOOK
    send_again(message=message, at=at, by=by)
    assert send_messages(at=at) == 1


@pytest.mark.parametrize(("answer", "fault"), [((200, {"errcode": 93000}), "93000"), ((404, {}), "http_404")])
def test_refusal_of_the_robot_is_a_dead_letter(robot, by, answer, fault):
    robot.answer = lambda _body: answer
    message = post_to_group(subject=notice(), at=NOW, by=by)
    assert send_messages(at=NOW) == 0
    assert state(message) == ("dead", fault)


def test_robot_taken_out_of_the_settings_is_a_dead_letter(robot, by, settings):
    message = post_to_group(subject=notice(), at=NOW, by=by)
    settings.GROUP_ROBOTS = {}
    send_messages(at=NOW)
    assert state(message) == ("dead", "no_robot")


@time_machine.travel(NOW, tick=False)
def test_button_shows_the_words_asks_and_posts_once(robot, client, by):
    client.force_login(by)
    for row in (notice(), closure()):
        page = f"/admin/circle/{row._meta.model_name}/{row.pk}/"
        assert f'href="{page}group/"' in client.get(f"{page}change/").text
        words = client.get(f"{page}group/").context["question"].rows
        assert [client.post(f"{page}group/").status_code for _ in range(2)] == [302, 302]
        message = Message.objects.get(event=f"group_{row._meta.model_name}")
        assert message.values["text"].splitlines() == words
        shown = client.get(f"/admin/circle/message/{message.pk}/change/")
        assert words[0] in shown.text
    draft = notice(status="draft")
    page = f"/admin/circle/notice/{draft.pk}/"
    assert "group/" not in client.get(f"{page}change/").text
    refused = client.post(f"{page}group/")
    assert (refused.status_code, refused.context["question"].refusal.code) == (422, "not_public")
