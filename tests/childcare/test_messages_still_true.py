"""Messages of the nursery that are no longer true are not sent, and nobody is visited for them."""

import datetime as dt

import pytest
from django.utils import timezone

from childcare import actions
from childcare.actions.higher_wishes import ask_for_higher_wish
from childcare.hooks.schedule import tick
from childcare.models import Application, HeadTask
from circle.models import Message
from circle.notifications import drop_untrue_in_person_messages
from circle.notifications.still_true import find_untrue
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import ONE_DAY, START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


def untrue(event: str, at: dt.datetime = MORNING) -> list[bool]:
    """Of each message of this event, the first one first."""
    rows = list(Message.objects.filter(event=event).order_by("pk"))
    found = find_untrue(rows, at)
    return [row.pk in found for row in rows]


def who(found: Application, at: dt.datetime = MORNING) -> dict[str, object]:
    return {"application": found, "via": "online", "at": at, "by": found.guardian.login}


def offer(found: Application, days: int, at: dt.datetime = MORNING) -> None:
    actions.offer_place(
        application=found,
        nursery_class=found.nursery_class,
        start_on=START,
        days=days,
        at=at,
        by=ground.user(),
    )


def deadline(found: Application) -> dt.datetime:
    return found.offers.get(status="pending").expires_at


def test_offer_is_true_until_its_deadline_and_no_second_longer():
    until = deadline(make.offered())
    assert untrue("application_offered", until - dt.timedelta(seconds=1)) == [False]
    assert untrue("application_offered", until) == [True]


@pytest.mark.parametrize("answer", [actions.accept_offer, actions.decline_offer])
def test_offer_and_its_reminder_are_over_once_it_is_answered(answer):
    found = make.offered()
    assert actions.send_reminders(at=deadline(found) - dt.timedelta(hours=5)) == 1
    assert (untrue("application_offered"), untrue("application_offer_ends")) == ([False], [False])
    answer(**who(found))
    assert (untrue("application_offered"), untrue("application_offer_ends")) == ([True], [True])
    assert untrue("application_decided") == [False]


def test_lapsed_offer_is_told_as_lapsed_alone_until_the_family_waits_again():
    found = make.offered()
    until = deadline(found)
    assert actions.lapse_offers(at=until) == 1
    assert (untrue("application_offered", until), untrue("application_lapsed", until)) == ([True], [False])
    Application.objects.filter(pk=found.pk).update(status="verified")
    assert untrue("application_lapsed", until) == [True]


def test_offer_taken_back_and_made_again_is_told_of_the_second_one_only():
    """Though both are to be answered by the same minute: the weekend lies between."""
    found = make.offered(days=5)
    actions.revoke_offer(application=found, reason="mistake", at=MORNING, by=ground.user())
    assert (untrue("application_offered"), untrue("application_offer_revoked")) == ([True], [False])
    offer(found, days=6)
    assert (untrue("application_offered"), untrue("application_offer_revoked")) == ([True, False], [True])


def test_states_of_an_application_are_told_while_nothing_has_followed():
    found = make.returned()
    assert (untrue("application_received"), untrue("application_returned")) == ([True], [False])
    actions.submit_application(**who(found), consents=True)
    assert untrue("application_returned") == [True]
    enrolled = make.enrolled()
    assert untrue("application_enrolled") == [False]
    actions.close_for_child(application=enrolled, at=MORNING, by=ground.user())
    assert untrue("application_enrolled") == [True]


def test_place_not_taken_up_is_asked_about_until_the_contract_is_signed():
    found = make.accepted()
    assert actions.report_untaken_places(at=make.FIRST_MORNING + ONE_DAY) == 1
    assert untrue("application_not_taken_up") == [False]
    actions.enrol_child(application=found, at=MORNING, by=ground.user())
    assert untrue("application_not_taken_up") == [True]


def test_class_change_is_told_until_its_day_is_over_and_while_that_seat_is_booked():
    place = ground.facility(dimension="children", community=ground.here())
    toddlers = make.nursery_class(facility=place)
    older = make.nursery_class("older", facility=place)
    found = make.enrolled(nursery_class=toddlers, guardian=ground.own_resident(community=ground.here()))
    at = MORNING.replace(year=2027, month=5, day=3)
    list(tick(at))
    day = found.stays.get(nursery_class=older)
    evening = timezone.make_aware(dt.datetime.combine(day.starts_on, dt.time(20)))
    assert untrue("class_changes", at) == untrue("class_changes", evening) == [False]
    assert untrue("class_changes", evening + ONE_DAY) == [True]
    day.seat_days.all().delete()
    day.is_missing = True
    day.save(update_fields=["is_missing"])
    assert untrue("class_changes", at) == [True]


def test_higher_wish_is_over_with_its_task_and_a_later_one_is_another():
    found = make.accepted()
    group = make.nursery_class(community=found.community)
    assert ask_for_higher_wish(found, group, MORNING)
    assert untrue("application_higher_wish") == [False]
    HeadTask.objects.all().delete()
    assert untrue("application_higher_wish") == [True]
    assert ask_for_higher_wish(found, group, MORNING)
    assert untrue("application_higher_wish") == [True, False]


def test_second_parent_is_not_asked_any_more_once_taken_back_or_confirmed():
    found = make.verified()
    make.second_parent(found)
    assert untrue("second_parent_named") == [False]
    actions.end_second_parent(**who(found))
    assert untrue("second_parent_named") == [True]
    father = ground.own_resident(community=found.community)
    entry = make.second_parent(found, father.phone)
    said = {"name": father.name, "child_born_on": found.child.born_on, "by": father.login}
    actions.confirm_second_parent(entry=entry, at=MORNING, **said)
    assert untrue("second_parent_named") == [True, True]
    assert untrue("second_parent_confirmed") == [False, False]


def test_nobody_is_visited_for_an_offer_that_was_answered():
    guardian = ground.resident(community=ground.here())
    found = make.offered(guardian=guardian, by=ground.director(), via="window")
    offers = Message.objects.awaiting_in_person().filter(event="application_offered", resident=guardian)
    drop_untrue_in_person_messages(MORNING)
    assert offers.count() == 1
    actions.decline_offer(application=found, via="phone", at=MORNING, by=ground.director())
    drop_untrue_in_person_messages(MORNING)
    assert offers.count() == 0


def test_confirmation_of_a_visit_is_true_until_the_visit_is_over():
    """An old one that is sent late would tell a family to come at a time that has passed."""
    found = make.visit()
    end = found.slot.ends_at
    assert untrue("nursery_visit_booked", end) == [False]
    assert untrue("nursery_visit_booked", end + dt.timedelta(seconds=1)) == [True]
    later = make.visit_slot(plan=found.plan, starts_at=ground.moment(4, 15))
    actions.move_visit(booking=found, slot=later, via="online", at=MORNING, by=found.resident.login)
    assert (untrue("nursery_visit_booked"), untrue("nursery_visit_moved")) == ([True], [False])
    assert untrue("nursery_visit_moved", later.ends_at + dt.timedelta(seconds=1)) == [True]
