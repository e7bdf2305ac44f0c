"""A topic until its answer: dates in working days, stations, offices, joined topics, the closing rule."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle.actions import merge_residents
from circle.calendar.working_days import SHANGHAI
from circle.models import CalendarDay, Message, Record
from council import actions
from council.hooks.schedule import find_station_faults
from council.models import Station, Support, Topic
from council.views.loop_lines import loop_of
from tests import make
from tests import make_council as council
from tests.make_council import refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FRIDAY = dt.datetime(2026, 9, 25, 16, 59, tzinfo=SHANGHAI)


def kinds(topic: Topic) -> list[str]:
    return list(topic.stations.order_by("pk").values_list("kind", flat=True))


def without_meeting(**values) -> Topic:
    council.promises()
    return council.topic(meeting=None, body=council.the_council(), **values)


def taken_up(**values) -> Topic:
    topic = without_meeting(**values)
    return actions.accept_topic(
        topic=topic, public_text_zh="修路灯", at=topic.came_at, by=council.secretary()
    )


def told(event: str) -> int:
    return Message.objects.filter(event=event).count()


# Scenario 7 -------------------------------------------------------------------------------------------------


def test_scenario_7_dates_count_working_days_and_open_ones_follow_the_calendar():
    """Raised on Friday 16:59; seven days off, then a Saturday that is worked."""
    for number in range(7):  # Saturday the 26th to Friday the 2nd
        CalendarDay.objects.create(
            date=dt.date(2026, 9, 26) + number * DAY, is_workday=False, is_holiday=True, name_zh="放假"
        )
    CalendarDay.objects.create(date=dt.date(2026, 10, 3), is_workday=True, is_holiday=False, name_zh="上班")
    topic, closed = without_meeting(at=FRIDAY), taken_up(at=FRIDAY)
    assert (topic.due_on, topic.respond_by) == (dt.date(2026, 10, 3), dt.date(2026, 10, 8))
    actions.answer_topic(topic=closed, answer_zh="已修。", at=FRIDAY + DAY, by=council.secretary())
    topic = actions.acknowledge_topic(topic=topic, at=FRIDAY, by=council.secretary())
    assert topic.due_on == dt.date(2026, 10, 8)

    CalendarDay.objects.filter(date=dt.date(2026, 10, 3)).update(is_workday=False, is_holiday=True)
    assert actions.move_due_dates(at=FRIDAY + DAY) == 2
    topic.refresh_from_db()
    closed.refresh_from_db()
    assert (topic.due_on, topic.respond_by) == (dt.date(2026, 10, 9), dt.date(2026, 10, 9))
    assert (closed.due_on, closed.respond_by) == (None, dt.date(2026, 10, 8))
    assert Record.objects.filter(verb="topic_due_moved").count() == 1
    assert actions.move_due_dates(at=FRIDAY + DAY) == 0


def test_deadline_is_extended_once_with_a_public_reason():
    topic, by = without_meeting(at=FRIDAY), council.secretary()
    more = {"topic": topic, "at": FRIDAY + DAY, "by": by}
    assert refused(actions.extend_topic, reason_zh=" ", **more) == "reason_missing"
    assert refused(actions.extend_topic, reason_zh="打13812345678", **more) == "personal_data_shown"
    topic = actions.extend_topic(reason_zh="要等厂家报价", **more)
    assert (topic.due_on, topic.respond_by) == (dt.date(2026, 10, 16), dt.date(2026, 10, 16))
    assert refused(actions.extend_topic, reason_zh="再等等", **more) == "already_extended"
    assert topic.stations.get(kind="extended").note_zh == "要等厂家报价"


# Handling ---------------------------------------------------------------------------------------------------


def test_referred_topic_is_answered_by_an_office_that_holds_it_and_given_back_in_time():
    topic, by = taken_up(at=FRIDAY), council.secretary()
    at = FRIDAY + 3 * DAY
    answer = {"topic": topic, "answer_zh": "灯已修好。", "at": at, "by": by}
    assert refused(actions.answer_topic, office="property", **answer) == "not_in_charge"
    same = {"topic": topic, "reason_zh": "路灯归物业管", "at": at, "by": by}
    assert refused(actions.refer_topic, office="committee", **same) == "same_office"
    actions.refer_topic(office="property", **same)
    late = {"topic": topic, "reason_zh": "不归我们管", "by": by}
    assert refused(actions.return_topic, at=at + 9 * DAY, **late) == "too_late_to_return"
    actions.return_topic(at=at + DAY, **late)
    assert refused(actions.answer_topic, office="property", **answer) == "not_in_charge"
    actions.refer_topic(office="owners", **same)
    actions.answer_topic(office="owners", **answer)
    assert topic.answers.get().office == "owners"
    assert kinds(topic) == ["received", "accepted", "referred", "returned", "referred", "answered"]
    assert (told("topic_news"), told("topic_answered"), told("topic_evaluation")) == (4, 1, 1)
    assert list(find_station_faults()) == []


def test_merged_topics_share_the_answer_and_each_person_counts_once():
    by, neighbour = council.secretary(), make.own_resident()
    target, other, third = taken_up(), taken_up(), without_meeting(resident=neighbour)
    merge = {"at": council.IN_CALL, "by": by}
    assert refused(actions.merge_topics, topic=target, target=target, **merge) == "merge_with_itself"
    assert refused(actions.merge_topics, topic=target, target=third, **merge) == "not_taken_up"
    actions.support_topic(
        topic=other, resident=neighbour, via="online", at=council.IN_CALL, by=neighbour.login
    )
    actions.merge_topics(topic=third, target=other, **merge)
    actions.merge_topics(topic=other, target=target, **merge)
    assert refused(actions.merge_topics, topic=target, target=third, **merge) == "merge_in_circle"
    assert set(target.merged.all()) == {other, third}
    assert loop_of(target, council.IN_CALL.date()).people == 3
    actions.answer_topic(topic=target, answer_zh="修好了。", at=council.IN_CALL, by=by)
    assert told("topic_answered") == 3
    stations = Station.objects.count()
    actions.merge_topics(topic=other, target=target, **merge)
    assert Station.objects.count() == stations
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=target.pk).update(status="merged", merged_into=target.pk)


def test_support_counts_once_and_not_for_the_raiser():
    topic, neighbour = taken_up(), make.own_resident()
    mine = {"topic": topic, "via": "online", "at": council.IN_CALL}
    for _ in range(2):
        actions.support_topic(resident=neighbour, by=neighbour.login, **mine)
    assert Support.objects.count() == 1
    raiser, again = topic.raised_by, make.resident(community=topic.community)
    on_paper = mine | {"via": "paper", "by": council.secretary()}
    actions.support_topic(resident=again, **on_paper)
    merge_residents(kept=neighbour, duplicate=again, at=council.IN_CALL, by=make.user())
    assert Support.objects.get().resident == neighbour
    assert refused(actions.support_topic, resident=raiser, by=raiser.login, **mine) == "own_topic"
    assert refused(actions.support_topic, resident=raiser, by=neighbour.login, **mine) == "not_allowed"
    actions.answer_topic(topic=topic, answer_zh="修好了。", at=council.IN_CALL, by=council.secretary())
    assert Message.objects.filter(event="topic_news", resident=neighbour).count() == 1
    late = {"resident": make.own_resident(), "by": council.secretary()} | mine | {"via": "phone"}
    assert refused(actions.support_topic, **late) == "not_possible"


def test_changed_words_show_the_old_ones_and_stations_never_change():
    topic, by = taken_up(), council.secretary()
    actions.accept_topic(topic=topic, public_text_zh="修东门路灯", at=council.IN_CALL, by=by)
    station = topic.stations.get(kind="words")
    assert station.note_zh == "修路灯"
    for change in ({"kind": "answered"}, {"note_zh": "别的"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Station.objects.filter(pk=station.pk).update(**change)
    actions.hide_topic(topic=topic, reason="有人名", at=council.IN_CALL, by=by)
    station.refresh_from_db()
    assert station.note_zh == ""
    assert topic not in Topic.objects.public()


def test_refused_topic_and_its_reason_are_public_when_they_have_public_words(client):
    topic, by = without_meeting(), council.secretary()
    said = {"topic": topic, "reason_zh": "邻里纠纷请找调解室。", "at": council.IN_CALL, "by": by}
    actions.decline_topic(public_text_zh="夜间噪音", **said)
    assert topic in Topic.objects.public()
    page = client.get(topic.loop_url)
    assert "邻里纠纷请找调解室。" in page.text
    assert topic.text not in page.text


def test_withdrawn_topic_keeps_its_stations_without_words(client):
    topic = taken_up()
    assert refused(actions.withdraw_topic, topic=topic, at=council.IN_CALL, by=make.user()) == "not_yours"
    client.force_login(topic.raised_by.login)
    assert client.post(f"/council/topics/{topic.receipt}/withdraw/").status_code == 302
    page = client.get(topic.loop_url)
    assert (page.status_code, "修路灯" in page.text) == (200, False)
    assert kinds(topic)[-1] == "withdrawn"


# The meeting ------------------------------------------------------------------------------------------------


def test_scenario_15_meeting_closes_only_with_answers_newer_than_its_session():
    council.promises()
    meeting, by = council.calling(), council.secretary()
    before, on_it, left, settled = (council.accepted(meeting=meeting) for _ in range(4))
    council.item(meeting=meeting, topics=[before, on_it])
    actions.answer_topic(topic=before, answer_zh="会前说过。", at=council.NOTICED, by=by)
    actions.answer_topic(topic=settled, answer_zh="不用等开会。", at=council.NOTICED, by=by)
    minutes = council.published(meeting=council.held(meeting=meeting, items=0))
    close = {"meeting": minutes.meeting, "at": council.AFTER, "by": by}
    with pytest.raises(ValidationError) as refusal:
        actions.close_meeting(**close)
    assert refusal.value.code == "unanswered"
    assert refusal.value.params["receipts"] == f"{before.receipt}, {on_it.receipt}, {left.receipt}"
    later = council.meeting(body=meeting.body, part=2)
    actions.hand_on_topic(topic=left, meeting=later, at=council.AFTER, by=by)
    actions.answer_topic(topic=on_it, answer_zh="会上定了。", at=council.AFTER, by=by)
    actions.correct_answer(topic=before, answer_zh="会上也这样定。", at=council.AFTER, by=by)
    assert actions.close_meeting(**close).status == "closed"
    placed = left.stations.get(kind="placed")
    assert (placed.meeting, list(before.answers.values_list("kind", flat=True))) == (
        later,
        ["final", "correction"],
    )


def test_topics_of_a_meeting_called_off_wait_in_the_queue_until_they_are_left_to_the_next():
    topic, by = council.accepted(), council.secretary()
    meeting = actions.cancel_meeting(meeting=topic.meeting, reason="停电", at=council.IN_CALL, by=by)
    topic.refresh_from_db()
    assert (topic.meeting, topic.is_queued, list(Topic.objects.left_over())) == (None, True, [topic])
    later = council.meeting(body=meeting.body, part=2)
    actions.hand_on_topic(topic=topic, meeting=later, at=council.IN_CALL, by=by)
    assert not Topic.objects.left_over().exists()
    assert kinds(topic) == ["received", "accepted", "queued", "placed"]


# Whether it is solved ---------------------------------------------------------------------------------------


def test_not_solved_opens_again_twice_then_stands_for_the_next_meeting():
    by, topic = council.secretary(), taken_up()
    later = council.meeting(body=topic.body)
    for times in (1, 2, 3):
        actions.answer_topic(topic=topic, answer_zh=f"第{times}次答复。", at=council.IN_CALL, by=by)
        asked = topic.evaluations.get(given_at=None)
        assert refused(actions.evaluate_topic, evaluation=asked, is_solved=None, at=council.IN_CALL) == (
            "solved_missing"
        )
        actions.evaluate_topic(evaluation=asked, is_solved=False, level=2, at=council.IN_CALL, by=by)
        again = {"evaluation": asked, "is_solved": True, "at": council.IN_CALL}
        assert refused(actions.evaluate_topic, **again) == "already_evaluated"
        topic.refresh_from_db()
        assert (topic.status, topic.reopened, topic.answer_zh) == ("accepted", times, "")
        assert topic.meeting == (later if times == 3 else None)
    assert list(find_station_faults()) == []


def test_link_is_good_once_and_until_its_day(client, in_the_morning):
    asked = council.evaluation()
    url = f"/council/solved/{asked.code}/"
    assert asked.answer.text_zh in client.get(url).text
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"is_solved": "yes", "level": "4"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.is_solved, asked.level, asked.channel) == (True, 4, "link")
    assert client.post(url, {"is_solved": "no"}).status_code == 422
    late = council.evaluation()
    at = late.until
    assert refused(actions.evaluate_topic, evaluation=late, is_solved=True, at=at) == "too_late"
    assert client.get("/council/solved/nonesuch/").status_code == 404


def test_scenario_22_a_fifth_of_the_households_asks_and_the_page_says_not_yet_called(client):
    topic, by = taken_up(), council.secretary()
    homes = [make.household(building=make.building(community=topic.community)) for _ in range(9)]
    people = [make.resident(community=topic.community, household=home) for home in (*homes[:2], homes[0])]
    topic = actions.begin_signing(topic=topic, at=council.IN_CALL, by=by)
    needed = topic.needed_households
    assert (topic.households >= 9, needed) == (True, (topic.households + 4) // 5)
    for person in (people[0], people[2]):  # of one household
        actions.support_topic(topic=topic, resident=person, via="paper", at=council.IN_CALL, by=by)
    assert actions.signed_households(topic) == 1
    assert not Topic.objects.requested().exists()
    extra = homes[1:needed]
    for home in extra:
        person = make.resident(community=topic.community, household=home)
        actions.support_topic(topic=topic, resident=person, via="paper", at=council.IN_CALL, by=by)
    assert list(Topic.objects.requested()) == [topic]
    assert topic.stations.get(kind="requested").due_on == dt.date(2026, 11, 24)
    assert topic.public_text_zh in client.get("/council/").text
    meeting = council.meeting(body=topic.body)
    actions.hand_on_topic(topic=topic, meeting=meeting, at=council.IN_CALL, by=by)
    assert not Topic.objects.requested().exists()


def test_share_of_a_committee_invites_to_the_window_only(client, clock):
    for body, online in ((council.the_council(), True), (council.committee(), False)):
        url = council.calling(body=body).get_absolute_url().removeprefix("/en")
        page = client.get(f"/en{url}")
        assert ("online" in page.context["share"].text) == online


def test_slip_has_number_and_code_and_nothing_of_what_was_said(client, secretary):
    topic = without_meeting()
    page = client.get(f"/admin/council/topic/{topic.pk}/slip/").text
    assert (topic.receipt in page, topic.text in page, topic.raised_by.name in page) == (True, False, False)
