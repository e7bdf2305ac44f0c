"""A child that nobody has collected: an alarm from closing time on, and a day that the head closes."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.backoffice.queues import nursery_queues
from childcare.hooks.schedule import find_violations, tick
from childcare.models import ChildDay, HeadTask
from circle.actions import add_guardian, close_alarm, escalate_alarms, raise_alarm
from circle.models import Alarm, Message, Record
from tests import make as ground
from tests import make_childcare as make
from tests.make_childcare import FIRST_MORNING as AT
from tests.make_childcare import START

pytestmark = pytest.mark.django_db
MINUTE, ONE_DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
CLOSING = AT.replace(hour=17, minute=30)
TUESDAY = AT + ONE_DAY


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def rule():
    make.closing_rule()


@pytest.fixture
def row():
    return make.present()


def run(*moments) -> None:
    for at in moments:
        list(tick(at))


def close(row, *, at=TUESDAY, by=None, **said):
    values = {"collector": "", "left_at": CLOSING + 20 * MINUTE, "words": "外婆接走，当时没有记录"} | said
    return actions.close_day(child_day=row, at=at, by=by or ground.user(), **values)


def refused(act, *args, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **values)
    return refusal.value.code


def guardian_key(row) -> str:
    return f"guardian-{row.application.guardian.code}"


# Reported ---------------------------------------------------------------------------------------------------


def test_nobody_is_notified_before_closing_time(row):
    run(CLOSING - MINUTE)
    assert not Alarm.objects.exists()
    assert not HeadTask.objects.exists()


def test_from_closing_time_an_alarm_about_the_child_is_open_and_raised_once(row):
    head = make.head(community=row.community)
    run(CLOSING, CLOSING + MINUTE, CLOSING + 15 * MINUTE)
    alarm = Alarm.objects.get()
    assert (alarm.resident, alarm.source, alarm.raised_at) == (
        row.application.child,
        "not_collected",
        CLOSING,
    )
    assert alarm.steps.filter(kind="raised").count() == 1
    assert Message.objects.get(event="alarm_raised").user == head
    assert HeadTask.objects.open().count() == 1


def test_guardians_are_told_by_the_steps_of_the_alarm(row):
    ground.rule("alarm_steps", params={"contacts": 10, "each": 5, "director": 60})
    other = ground.own_resident(community=row.community)
    add_guardian(child=row.application.child, adult=other, at=AT, by=ground.user())
    run(CLOSING)
    for minutes, count in ((9, 0), (10, 1), (15, 2)):
        escalate_alarms(at=CLOSING + minutes * MINUTE)
        assert Message.objects.filter(event="alarm_child").count() == count


def test_messages_say_nothing_of_the_child(row):
    make.head(community=row.community)
    run(CLOSING)
    escalate_alarms(at=CLOSING + 60 * MINUTE)
    for message in Message.objects.filter(event__startswith="alarm_"):
        assert row.application.child.name not in str(message.values)


def test_a_child_that_goes_home_closes_alarm_and_task(row):
    run(CLOSING)
    at, by = CLOSING + 5 * MINUTE, ground.user()
    actions.check_out_child(child_day=row, collector=guardian_key(row), at=at, by=by)
    run(CLOSING + 15 * MINUTE)
    alarm = Alarm.objects.get()
    assert (alarm.status, alarm.closed_at, alarm.closed_by) == ("closed", at, by)
    assert HeadTask.objects.get().settled_at == at


def test_an_alarm_that_somebody_closed_is_not_raised_again_and_the_task_stays(row):
    run(CLOSING)
    close_alarm(alarm=Alarm.objects.get(), at=CLOSING + MINUTE, by=ground.user(), words="外婆在路上")
    run(CLOSING + 2 * MINUTE, TUESDAY)
    assert Alarm.objects.get().status == "closed"
    assert HeadTask.objects.open().count() == 1


def test_a_mistaken_arrival_taken_back_settles_alarm_and_task(row):
    run(CLOSING)
    actions.undo_transition(child_day=row, at=CLOSING + MINUTE, by=ground.user())
    assert not HeadTask.objects.open().exists()
    assert not Alarm.objects.live().exists()


def test_without_the_rule_the_day_after_has_task_and_alarm(row):
    ground.Rule.objects.filter(kind="nursery_closing").delete()
    run(CLOSING)
    assert not HeadTask.objects.exists()
    run(TUESDAY)
    assert HeadTask.objects.open().get().kind == "not_collected"
    assert Alarm.objects.live().count() == 1


def test_of_a_day_long_ago_there_is_a_task_and_no_alarm(row):
    run(TUESDAY + ONE_DAY)
    assert HeadTask.objects.open().count() == 1
    assert not Alarm.objects.exists()


# Closed by the head -----------------------------------------------------------------------------------------


def test_the_next_day_it_stands_in_the_queue_as_one_task(row, clock):
    head = make.head(community=row.community)
    run(CLOSING, TUESDAY, TUESDAY + MINUTE)
    clock.move_to(TUESDAY)
    assert HeadTask.objects.open().get().kind == "not_collected"
    url = reverse("admin:childcare_childday_uncollected")
    waiting = {queue.url: (queue.count, queue.is_urgent) for queue in nursery_queues(head)}
    assert waiting[url] == (1, True)


def test_closed_with_who_when_and_words(row):
    run(CLOSING, TUESDAY)
    by = ground.user()
    found = close(row, collector=guardian_key(row), by=by)
    kept = ChildDay.objects.get()
    assert (kept.status, kept.left_at, kept.collected_by) == (
        "left",
        CLOSING + 20 * MINUTE,
        row.application.guardian,
    )
    assert (kept.closed_by, kept.closed_at, kept.closing_words) == (by, TUESDAY, "外婆接走，当时没有记录")
    assert HeadTask.objects.get().settled_by == by
    assert "外婆" not in str(Record.objects.get(verb="child_day_closed").details)
    assert found.status == "left"


def test_closed_with_somebody_whom_the_words_name(row):
    close(row)
    kept = ChildDay.objects.get()
    assert (kept.collected_by, kept.collected_under) == (None, None)
    assert kept.closing_words


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"words": " "}, "reason_missing"),
        ({"words": "字" * 201}, "reason_too_long"),
        ({"left_at": AT - MINUTE}, "time_wrong"),
        ({"left_at": TUESDAY + MINUTE}, "time_wrong"),
        ({"collector": "guardian-unknown"}, "may_not_collect"),
        ({"at": CLOSING - MINUTE, "left_at": CLOSING - 5 * MINUTE}, "not_over"),
    ],
)
def test_close_refuses(row, said, code):
    assert refused(close, row, **said) == code
    assert ChildDay.objects.get().status == "present"


def test_closed_twice_is_refused(row):
    close(row)
    assert refused(close, row) == "already_left"


def test_a_child_that_has_left_the_nursery_meanwhile_is_closed_as_well(row):
    run(CLOSING)
    application = row.application
    by = application.guardian.login
    actions.give_notice(application=application, last_day=START, via="online", at=CLOSING, by=by)
    run(TUESDAY)
    application.refresh_from_db()
    assert application.status == "left"
    assert HeadTask.objects.open().count() == 1
    close(row)
    assert not HeadTask.objects.open().exists()


def test_two_days_left_open_settle_with_the_second(row):
    run(CLOSING)
    second = actions.check_in_child(application=row.application, at=TUESDAY, by=ground.user())
    run(TUESDAY)
    close(row)
    assert not HeadTask.objects.open().exists()
    run(CLOSING + ONE_DAY)
    assert HeadTask.objects.open().exists()
    close(second, at=TUESDAY + ONE_DAY, left_at=CLOSING + ONE_DAY)
    assert not HeadTask.objects.open().exists()


def test_nobody_goes_home_alone_in_the_database(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildDay.objects.update(status="left", left_at=CLOSING)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildDay.objects.update(status="left", left_at=CLOSING, closed_at=CLOSING, closed_by=ground.user())


@pytest.mark.planted
def test_invariants_name_a_reported_child_without_a_task_and_a_task_without_a_child(row):
    run(CLOSING)
    assert list(find_violations()) == []
    HeadTask.objects.all().delete()
    assert any("not collected" in sentence for sentence in find_violations())
    run(TUESDAY)
    assert list(find_violations()) == []
    ChildDay.objects.all().delete()
    assert any("every day is closed" in sentence for sentence in find_violations())


# Pages ------------------------------------------------------------------------------------------------------


def test_head_closes_the_day_on_a_page(client, row, clock):
    run(CLOSING)
    clock.move_to(TUESDAY)
    client.force_login(make.head(community=row.community))
    page = client.get(reverse("admin:childcare_childday_uncollected"))
    url = reverse("admin:childcare_childday_close", args=[row.application.code, "2027-01-04"])
    assert url in page.content.decode()
    assert client.get(url).status_code == 200
    said = {"collector": guardian_key(row), "left_at": "2027-01-04T17:50", "words": "妈妈来接"}
    assert client.post(url, said | {"words": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert ChildDay.objects.get().status == "left"


def test_nurse_sees_her_class_in_the_list_and_may_not_close_it(client, row, clock):
    clock.move_to(TUESDAY)
    client.force_login(make.nurse(row.nursery_class, community=row.community))
    url = reverse("admin:childcare_childday_close", args=[row.application.code, "2027-01-04"])
    page = client.get(reverse("admin:childcare_childday_uncollected")).content.decode()
    assert row.application.child.name in page
    assert url not in page
    assert client.get(url).status_code == 403


def test_close_page_of_another_day_or_a_wrong_date_is_404(client, row, clock):
    clock.move_to(TUESDAY)
    client.force_login(make.head(community=row.community))
    for day in ("2027-01-05", "2027-02-30", "x"):
        url = reverse("admin:childcare_childday_close", args=[row.application.code, day])
        assert client.get(url).status_code == 404


def test_family_reads_that_the_day_was_closed_later(client, row):
    close(row)
    client.force_login(row.application.guardian.login)
    page = client.get(reverse("child", args=[row.application.code])).content.decode()
    assert "外婆接走" in page


def test_head_sees_to_the_alarm_at_the_desk_and_sees_no_adults(client, row, clock):
    run(CLOSING)
    clock.move_to(CLOSING)
    elder = ground.resident(community=row.community)
    raise_alarm(resident=elder, source="help", at=CLOSING)
    client.force_login(make.head(community=row.community))
    page = client.get(reverse("admin:circle_alarm_desk")).content.decode()
    assert row.application.child.name in page
    assert elder.name not in page
    url = reverse("admin:circle_alarm_do", args=[Alarm.objects.get(source="not_collected").code])
    assert client.post(url, {"verb": "acknowledge"}).status_code == 302
    assert Alarm.objects.get(source="not_collected").status == "acknowledged"
    other = reverse("admin:circle_alarm_do", args=[Alarm.objects.get(source="help").code])
    assert client.post(other, {"verb": "acknowledge"}).status_code == 404
    assert client.get(reverse("admin:circle_alarm_call") + f"?resident={elder.code}").status_code == 403
