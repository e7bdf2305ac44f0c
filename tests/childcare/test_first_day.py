"""First day, deadline and age of an offer; an offer taken back by staff; a place not taken up."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from childcare import actions
from childcare.hooks.schedule import find_violations, tick
from childcare.models import Application, HeadTask
from circle.models import Message, Record
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import START

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)
FRIDAY = MORNING.date() + 3 * ONE_DAY


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def offer(application, **more):
    values = {"nursery_class": application.nursery_class, "start_on": application.start_on, "days": 3}
    return {"application": application, "at": MORNING, "by": ground.user()} | values | more


def by_head(application, at=MORNING, **more):
    return {"application": application, "at": at, "by": ground.user()} | more


def at_eight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(8), tzinfo=MORNING.tzinfo)


def kept(application) -> Application:
    return Application.objects.shown().get(pk=application.pk)


def taken() -> int:
    return make.taken()


# The calendar of an offer -----------------------------------------------------------------------------------


def test_first_day_is_not_before_the_answer():
    found = make.verified()
    assert refused(actions.offer_place, **offer(found, start_on=FRIDAY)) == "start_before_answer"
    assert refused(actions.offer_place, **offer(found, start_on=FRIDAY, days=7)) == "start_before_answer"
    monday = FRIDAY + 3 * ONE_DAY
    assert actions.offer_place(**offer(found, start_on=monday)).offer.starts_on == monday


def test_first_day_is_an_open_day():
    found = make.verified()
    assert refused(actions.offer_place, **offer(found, start_on=START - ONE_DAY)) == "closed_day"
    ground.closure(facility=found.nursery_class.facility, starts_on=START, ends_on=START)
    assert refused(actions.offer_place, **offer(found)) == "closed_day"
    assert taken() == 0


def test_deadline_on_a_closed_day_is_that_of_the_next_open_one():
    found = make.verified()
    actions.offer_place(**offer(found, days=4))  # a Saturday
    assert kept(found).offer.expires_at == ground.moment(6, 18)  # the Monday after


def test_deadline_skips_a_closure():
    found = make.verified()
    ground.closure(facility=found.nursery_class.facility, starts_on=FRIDAY, ends_on=FRIDAY + 4 * ONE_DAY)
    actions.offer_place(**offer(found, days=3))
    assert kept(found).offer.expires_at == ground.moment(8, 18)


# Taken back by staff ----------------------------------------------------------------------------------------


def test_offer_taken_back_frees_the_place_and_the_child_keeps_its_place_in_line():
    found = make.offered()
    since = found.submitted_at
    actions.revoke_offer(**by_head(found, reason="mistake"))
    row = kept(found)
    assert (row.status, row.submitted_at, taken()) == ("verified", since, 0)
    assert row.offer is None
    assert Record.objects.get(verb="application_offer_revoked").details["reason"] == "mistake"
    assert Message.objects.filter(event="application_offer_revoked").count() == 1
    assert refused(actions.revoke_offer, **by_head(row, reason="mistake")) == "already_verified"


def test_offer_taken_back_needs_a_reason_of_the_list_and_an_open_offer():
    found = make.offered()
    assert refused(actions.revoke_offer, **by_head(found, reason="")) == "reason_missing"
    assert refused(actions.revoke_offer, **by_head(found, reason="because")) == "reason_missing"
    assert refused(actions.revoke_offer, **by_head(make.accepted(), reason="mistake")) == "not_possible"


def test_second_offer_is_notified_and_reminded_as_the_first():
    found = make.offered(days=3)
    actions.send_reminders(at=ground.moment(2, 18))
    actions.revoke_offer(**by_head(found, at=ground.moment(2, 19), reason="mistake"))
    actions.offer_place(**offer(kept(found), at=ground.moment(6, 9), days=2))
    assert Message.objects.filter(event="application_offered").count() == 2
    actions.send_reminders(at=ground.moment(7, 18))
    assert Message.objects.filter(event="application_offer_ends").count() == 2


# Accepted and not taken up ----------------------------------------------------------------------------------


def test_accepted_and_not_enrolled_on_the_first_day_is_a_task_and_a_message():
    make.take_up_rule()
    found = make.accepted()
    list(tick(at_eight(START)))
    assert not HeadTask.objects.exists()
    for _ in range(2):
        list(tick(at_eight(START + ONE_DAY)))
    assert HeadTask.objects.open().get().kind == "not_taken_up"
    assert Message.objects.filter(event="application_not_taken_up").count() == 1
    actions.enrol_child(**by_head(found, at=at_eight(START + ONE_DAY)))
    assert not HeadTask.objects.open().exists()


def test_place_not_taken_up_is_released_after_the_days_of_the_rule():
    make.take_up_rule()
    found = make.accepted()
    early, late = at_eight(START + 4 * ONE_DAY), at_eight(START + 5 * ONE_DAY)
    assert refused(actions.release_untaken_place, **by_head(found, at=early)) == "too_early"
    list(tick(early))  # the head's task
    actions.release_untaken_place(**by_head(found, at=late))
    list(tick(late))  # which would release it by itself
    assert (kept(found).status, taken(), HeadTask.objects.open().count()) == ("lapsed", 0, 0)
    assert refused(actions.release_untaken_place, **by_head(found, at=late)) == "already_lapsed"


def test_enrolled_child_is_not_released():
    make.take_up_rule()
    found = make.enrolled()
    at = at_eight(START + 9 * ONE_DAY)
    assert refused(actions.release_untaken_place, **by_head(found, at=at)) == "not_possible"


# Age --------------------------------------------------------------------------------------------------------


def correct_birthday(application, born_on) -> None:
    type(application.child).objects.filter(pk=application.child_id).update(born_on=born_on)


def test_enrolling_asks_the_age_on_the_first_day():
    found = make.accepted()
    correct_birthday(found, dt.date(2024, 7, 1))  # 30 months
    assert refused(actions.enrol_child, **by_head(kept(found))) == "wrong_age"
    assert kept(found).status == "accepted"
    list(tick(MORNING))  # and it is a task


def test_enrolling_late_asks_the_age_of_that_day():
    found = make.accepted()
    assert refused(actions.enrol_child, **by_head(found, at=at_eight(dt.date(2027, 6, 2)))) == "wrong_age"


def test_an_offer_to_a_child_without_a_birthday_is_refused():
    found = make.verified()
    correct_birthday(found, None)
    assert refused(actions.offer_place, **offer(kept(found))) == "birthday_missing"


def test_a_child_that_grew_out_of_its_class_is_a_task_once_a_month():
    found = make.enrolled()
    list(tick(at_eight(dt.date(2027, 6, 1))))
    assert not HeadTask.objects.filter(kind="age").exists()
    HeadTask.objects.filter(kind="class_change").delete()
    at = at_eight(dt.date(2027, 6, 2))
    list(tick(at))
    task = HeadTask.objects.open().get()
    assert (task.kind, task.application) == ("age", found)
    actions.close_task(task=task, words="等托大班九月开班", at=at, by=ground.user())
    list(tick(at + ONE_DAY))
    assert not HeadTask.objects.open().exists()
    list(tick(at + 31 * ONE_DAY))
    assert HeadTask.objects.open().count() == 1


@pytest.mark.parametrize("state", ["offered", "accepted"])
def test_a_corrected_birthday_that_does_not_fit_the_offer_is_a_task(state):
    found = getattr(make, state)()
    list(tick(MORNING))
    assert not HeadTask.objects.exists()
    correct_birthday(found, dt.date(2024, 7, 1))
    list(tick(MORNING))
    assert HeadTask.objects.open().get().kind == "age"


def test_task_of_a_child_that_has_left_is_gone():
    found = make.enrolled()
    at = at_eight(dt.date(2027, 6, 2))
    list(tick(at))
    by = found.guardian.login
    actions.give_notice(application=found, last_day=at.date(), via="online", at=at, by=by)
    list(tick(at + ONE_DAY))
    assert not HeadTask.objects.open().exists()


def test_task_is_closed_with_words_and_once():
    make.enrolled()
    at = at_eight(dt.date(2027, 6, 2))
    list(tick(at))
    task = HeadTask.objects.get()
    assert refused(actions.close_task, task=task, words=" ", at=at, by=ground.user()) == "reason_missing"
    actions.close_task(task=task, words="已谈过", at=at, by=ground.user())
    assert refused(actions.close_task, task=task, words="再谈", at=at, by=ground.user()) == "already_settled"
    assert HeadTask.objects.get().words == "已谈过"


def test_head_closes_a_task_on_its_page(client):
    found = make.enrolled()
    list(tick(at_eight(dt.date(2027, 6, 2))))
    task = HeadTask.objects.get()
    client.force_login(make.head())
    url = reverse("admin:childcare_application_settle", args=[task.pk])
    assert url in client.get(reverse("admin:childcare_application_tasks")).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "已谈过"}).status_code == 302
    assert HeadTask.objects.get().settled_at
    client.force_login(make.head(community=ground.community()))
    assert client.get(url).status_code == 404
    assert found.status == "enrolled"


@pytest.mark.planted
def test_invariants_name_a_child_outside_the_ages_of_its_class_without_a_task():
    found = make.enrolled()
    correct_birthday(found, dt.date(2023, 1, 1))
    assert any("age" in sentence for sentence in find_violations())
