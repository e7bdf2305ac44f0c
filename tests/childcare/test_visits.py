"""Visits and trial half-days: times from shifts, booked, moved, cancelled, called off; who came."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.backoffice.queues import nursery_queues
from childcare.hooks.schedule import find_violations, tick
from childcare.models import Application, NurseryVisit, VisitPlan, VisitSlot
from circle.models import Message, Record
from circle.notifications import text_of
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import ONE_DAY, START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def online(found: NurseryVisit, **more):
    return {"booking": found, "via": "online", "at": MORNING, "by": found.resident.login} | more


def kept(found: NurseryVisit) -> NurseryVisit:
    return NurseryVisit.objects.shown().get(pk=found.pk)


def taken(slot: VisitSlot) -> int:
    return VisitSlot.objects.get(pk=slot.pk).taken


@pytest.fixture
def child() -> Application:
    """Accepted; its first day is six weeks away."""
    return make.accepted(guardian=ground.own_resident(community=ground.here()))


@pytest.fixture
def trial_slot(child) -> VisitSlot:
    return make.visit_slot(plan=make.visit_plan("trial", facility=child.nursery_class.facility))


def try_out(child: Application, slot: VisitSlot, **more) -> NurseryVisit:
    return make.visit(slot=slot, resident=child.guardian, application=child, **more)


# Times ------------------------------------------------------------------------------------------------------


def test_times_follow_the_shifts_of_the_nursery_and_its_closures():
    plan = make.visit_plan(days_ahead=14)
    assert actions.lay_out_visits(at=MORNING) == 0  # without a shift there are none
    hours = {"opens": dt.time(15), "closes": dt.time(16)}
    shift = plan.shifts.create(weekday=1, slot_minutes=30, places=2, **hours)
    assert actions.lay_out_visits(at=MORNING) > 0
    times = VisitSlot.objects.filter(plan=plan)
    assert {(slot.starts_at.weekday(), slot.capacity) for slot in times} == {(1, 2)}
    assert actions.lay_out_visits(at=MORNING) == 0
    first = times.order_by("starts_at").first()
    found = make.visit(slot=first)
    ground.closure(facility=plan.facility, starts_on=first.day, ends_on=first.day)
    actions.lay_out_visits(at=MORNING)
    assert list(NurseryVisit.objects.stranded(MORNING)) == [found]
    moved = actions.move_to_next_time(booking=found, at=MORNING, by=make.head(), reason="园里停电")
    assert moved.day > first.day
    assert not NurseryVisit.objects.stranded(MORNING).exists()
    shift.delete()
    actions.lay_out_visits(at=MORNING)
    assert list(NurseryVisit.objects.stranded(MORNING)) == [found]
    assert not list(find_violations())


def test_times_that_are_long_over_and_were_never_booked_go():
    slot, booked = make.visit_slot(), make.visit()
    assert actions.forget_empty_visit_times(at=MORNING + 70 * ONE_DAY) == 1
    assert not VisitSlot.objects.filter(pk=slot.pk).exists()
    assert VisitSlot.objects.filter(pk=booked.slot_id).exists()


# A visit ----------------------------------------------------------------------------------------------------


def test_a_family_books_moves_and_cancels_a_visit():
    found = make.visit()
    slot, later = found.slot, make.visit_slot(plan=found.plan, starts_at=ground.moment(3, 15))
    assert (found.status, taken(slot)) == ("booked", 1)
    assert found.code in text_of(Message.objects.get(event="nursery_visit_booked"))
    actions.move_visit(**online(found, slot=later))
    assert (taken(slot), taken(later), kept(found).day) == (0, 1, later.day)
    actions.cancel_visit(**online(found))
    assert (kept(found).status, taken(later)) == ("cancelled", 0)
    verbs = Record.objects.about(found).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["nursery_visit_booked", "nursery_visit_moved", "nursery_visit_cancelled"]
    assert not list(find_violations())


def test_booking_is_refused_by_code_and_takes_nothing():
    slot, found = make.visit_slot(), make.visit()
    other = make.visit_slot(plan=found.plan, starts_at=ground.moment(4, 15))
    who = found.resident
    stranger = ground.own_resident(community=ground.community())
    assert refused(make.visit, slot=slot, resident=stranger) == "other_community"
    assert refused(make.visit, slot=slot, resident=ground.own_resident(), by=who.login) == "not_allowed"
    assert refused(make.visit, slot=other, resident=who) == "already_booked"
    assert refused(make.visit, slot=found.slot) == "full"
    assert refused(make.visit, slot=slot, at=slot.starts_at) == "slot_past"
    assert refused(make.visit, slot=slot, application=make.accepted()) == "not_for_trial"
    slot.closed_by = "staff"
    slot.save(update_fields=["closed_by"])
    assert refused(make.visit, slot=slot) == "slot_closed"
    VisitPlan.objects.filter(pk=slot.plan_id).update(is_open=False)
    slot = VisitSlot.objects.get(pk=slot.pk)
    assert refused(make.visit, slot=slot) == "not_bookable"
    assert (taken(slot), taken(other), NurseryVisit.objects.count()) == (0, 0, 1)


def test_visit_is_changed_online_until_its_hours_before_and_by_its_own_people_only():
    found = make.visit()
    late = found.starts_at - dt.timedelta(hours=1)
    other = make.visit_slot(plan=make.visit_plan(community=found.community))
    assert refused(actions.cancel_visit, **online(found, at=late)) == "too_late"
    assert refused(actions.cancel_visit, **online(found, by=ground.own_resident().login)) == "not_allowed"
    assert refused(actions.move_visit, **online(found, slot=found.slot)) == "same_slot"
    assert refused(actions.move_visit, **online(found, slot=other)) == "wrong_slot"
    actions.cancel_visit(booking=found, via="phone", at=late, by=make.head())
    assert kept(found).status == "cancelled"


@pytest.mark.parametrize(("owner", "column"), [("plan", "is_open"), ("facility", "is_published")])
def test_nobody_is_moved_to_a_nursery_that_receives_nobody(owner, column):
    found, head = make.visit(), make.head()
    other = make.visit_slot(plan=found.plan, starts_at=ground.moment(4, 15))
    row = found.plan if owner == "plan" else found.plan.facility
    setattr(row, column, False)
    row.save()
    slot = VisitSlot.objects.select_related("plan__facility").get(pk=other.pk)
    assert refused(actions.move_visit, **online(found, slot=slot)) == "not_bookable"
    assert refused(actions.move_visit, **online(found, slot=slot, via="phone", by=head)) == "not_bookable"
    assert actions.times_to_move_to(found, MORNING) == []
    said = {"booking": found, "at": MORNING, "by": head, "reason": "园里停电"}
    assert refused(actions.move_to_next_time, **said) == "no_time"
    assert not Message.objects.filter(event="nursery_visit_moved").exists()
    assert (taken(found.slot), taken(other)) == (1, 0)
    actions.revoke_visit(**said)  # what staff can do
    assert kept(found).status == "revoked"


def test_head_of_one_nursery_gives_no_time_of_another():
    slot = make.visit_slot()
    own = make.visit_slot(plan=make.visit_plan(community=slot.community))
    head = make.head(community=slot.community, facility=own.plan.facility)
    who = {"resident": ground.resident(community=slot.community), "via": "phone", "by": head}
    assert refused(make.visit, slot=slot, **who) == "other_head"
    assert make.visit(slot=own, **who).status == "booked"


def test_one_live_visit_of_a_person_is_kept_by_the_database():
    found = make.visit()
    other = make.visit_slot(plan=found.plan, starts_at=ground.moment(4, 15))
    copy = NurseryVisit.objects.get(pk=found.pk)
    copy.pk, copy.code, copy.slot = None, "ZZZZ9999", other
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


# A trial half-day -------------------------------------------------------------------------------------------


def test_child_with_a_place_tries_half_a_day_before_its_first_one(child, trial_slot):
    waiting = make.verified(nursery_class=child.nursery_class, guardian=child.guardian)
    assert refused(make.visit, slot=trial_slot, resident=child.guardian) == "trial_without_place"
    assert refused(try_out, child=waiting, slot=trial_slot) == "trial_without_place"
    other = ground.own_resident(community=child.community)
    said = {"slot": trial_slot, "application": child, "resident": other}
    assert refused(make.visit, **said) == "not_your_child"
    first_day = make.visit_slot(
        plan=trial_slot.plan, starts_at=ground.moment((START - MORNING.date()).days, 9)
    )
    assert refused(try_out, child=child, slot=first_day) == "trial_too_late"
    elsewhere = make.visit_slot(plan=make.visit_plan("trial", community=child.community))
    assert refused(try_out, child=child, slot=elsewhere) == "trial_without_place"
    found = try_out(child, trial_slot)
    more = make.visit_slot(plan=trial_slot.plan, starts_at=ground.moment(4, 9))
    assert refused(try_out, child=child, slot=more) == "already_booked"
    assert refused(actions.move_visit, **online(found, slot=first_day)) == "trial_too_late"
    assert not list(find_violations())


def test_trial_is_moved_to_a_time_before_the_first_day_though_later_ones_come_first(child, trial_slot):
    early = make.visit_slot(plan=trial_slot.plan, starts_at=ground.moment(1, 9))
    first = (START - MORNING.date()).days
    for more in range(2):
        make.visit_slot(plan=trial_slot.plan, starts_at=ground.moment(first + more, 9))
    found = try_out(child, trial_slot)
    assert actions.times_to_move_to(found, MORNING) == [early]
    VisitSlot.objects.filter(pk=trial_slot.pk).update(closed_by="staff")
    actions.move_to_next_time(booking=found, at=MORNING, by=make.head(), reason="园里停电")
    assert kept(found).slot == early


@pytest.mark.parametrize("end", ["withdraw", "died", "untaken"])
def test_trial_ends_with_the_place_and_its_time_is_free(child, trial_slot, end):
    found = try_out(child, trial_slot)
    who = {"application": child, "at": MORNING, "by": child.guardian.login}
    if end == "withdraw":
        actions.withdraw_application(via="online", **who)
    elif end == "died":
        actions.close_for_child(**who)
    else:
        make.take_up_rule()
        actions.release_untaken_place(**who | {"at": make.FIRST_MORNING + 7 * ONE_DAY, "by": None})
    assert (kept(found).status, taken(trial_slot)) == ("cancelled", 0)
    assert Message.objects.filter(event="nursery_visit_cancelled").count() == 1
    assert not list(find_violations())


def test_trial_of_an_offer_ends_when_it_is_declined():
    child = make.offered(guardian=ground.own_resident(community=ground.here()))
    slot = make.visit_slot(plan=make.visit_plan("trial", facility=child.nursery_class.facility))
    found = try_out(child, slot)
    actions.decline_offer(application=child, via="online", at=MORNING, by=child.guardian.login)
    assert (kept(found).status, taken(slot)) == ("cancelled", 0)


# What became of it ------------------------------------------------------------------------------------------


def test_head_says_who_came_and_takes_a_mis_tap_back():
    found, head = make.visit(), make.head()
    said = {"booking": found, "by": head}
    assert refused(actions.record_arrival, at=MORNING, **said) == "too_early"
    assert refused(actions.record_family_absence, at=found.starts_at - ONE_DAY, **said) == "too_early"
    actions.record_family_absence(at=found.starts_at, **said)
    assert kept(found).status == "not_come"
    actions.undo_outcome(at=found.starts_at, **said)
    actions.record_arrival(at=found.starts_at, **said)
    assert (kept(found).status, taken(found.slot)) == ("came", 1)
    assert refused(actions.undo_outcome, at=found.starts_at + ONE_DAY, **said) == "too_late"
    assert refused(actions.cancel_visit, **online(found, via="phone", by=head)) == "not_possible"


def test_visit_that_nobody_recorded_is_over_the_next_day_and_the_family_may_book_again():
    found = make.visit()
    for _ in range(2):
        list(tick(found.starts_at + ONE_DAY))
    assert kept(found).status == "over"
    later = make.visit_slot(plan=found.plan, starts_at=ground.moment(6, 15))
    assert make.visit(slot=later, resident=found.resident, at=found.starts_at + ONE_DAY).status == "booked"
    actions.record_arrival(booking=found, at=found.starts_at + ONE_DAY, by=make.head())
    assert kept(found).status == "came"


def test_visit_is_reminded_of_once_the_day_before():
    found = make.visit()
    eve = found.starts_at.replace(hour=17) - ONE_DAY
    NurseryVisit.objects.update(status_at=MORNING - ONE_DAY)
    assert [actions.send_visit_reminders(at=eve) for _ in range(2)] == [1, 0]
    assert found.code in text_of(Message.objects.get(event="nursery_visit_reminder"))


def test_nursery_calls_a_visit_off_with_a_reason():
    found, head = make.visit(), make.head()
    assert refused(actions.revoke_visit, booking=found, at=MORNING, by=head, reason=" ") == "reason_missing"
    actions.revoke_visit(booking=found, at=MORNING, by=head, reason="老师生病")
    assert (kept(found).status, taken(found.slot)) == ("revoked", 0)
    assert "老师生病" in text_of(Message.objects.get(event="nursery_visit_revoked"))


# Pages ------------------------------------------------------------------------------------------------------


def test_family_books_on_the_pages_and_finds_its_visit_again(client, html):
    here = ground.here()
    group = make.nursery_class(community=here)
    slot = make.visit_slot(plan=make.visit_plan(facility=group.facility))
    person = ground.own_resident(community=here)
    when = reverse("visit_when", args=[group.facility.code, "look"])
    assert when in html(client.get("/childcare/"))
    assert client.get(when).status_code == 302
    client.force_login(person.login)
    assert str(slot.code) in html(client.get(when))
    check = f"{when}check/?slot={slot.code}"
    key = client.get(check).context["form"].initial["once"]
    for _ in range(2):  # a double click books once
        answer = client.post(check, {"guardian": person.code, "once": key})
    found = NurseryVisit.objects.get()
    assert answer["Location"] == found.get_absolute_url()
    assert found.code in html(client.get(found.get_absolute_url()))
    assert found.code in html(client.get("/me/"))
    assert found.code in html(client.get(when))  # it is booked already
    event = client.get(reverse("visit_ics", args=[found.code])).text
    assert "DTSTART" in event
    assert client.post(reverse("visit_cancel", args=[found.code])).status_code == 302
    assert kept(found).status == "cancelled"


def test_newcomer_gives_a_name_and_a_full_time_says_so(client):
    slot = make.visit_slot(plan=make.visit_plan(community=ground.here()))
    login = ground.resident_login()
    client.force_login(login)
    check = reverse("visit_check", args=[slot.plan.facility.code, "look"]) + f"?slot={slot.code}"
    assert client.post(check, {"once": "a"}).status_code == 422
    make.visit(slot=slot)
    refusal = client.post(check, {"once": "b", "name": "王新"})
    assert refusal.context["form"].has_error("__all__", code="full")
    assert client.get(check.replace("/look/", "/trial/")).status_code == 404


def test_guardian_books_a_trial_from_the_application_and_nobody_else_can(client, html, child, trial_slot):
    client.force_login(child.guardian.login)
    page = html(client.get(child.get_absolute_url()))
    when = reverse("visit_when", args=[trial_slot.plan.facility.code, "trial"])
    assert f"{when}?application={child.code}" in page
    assert client.get(when).status_code == 404
    check = f"{when}check/?slot={trial_slot.code}&application={child.code}"
    key = client.get(check).context["form"].initial["once"]
    client.post(check, {"guardian": child.guardian.code, "once": key})
    found = NurseryVisit.objects.get(application=child)
    assert found.code in html(client.get(child.get_absolute_url()))
    client.force_login(ground.own_resident(community=child.community).login)
    assert client.get(check).status_code == 404
    assert client.get(found.get_absolute_url()).status_code == 404


def test_head_has_a_queue_of_visits_today_and_of_those_whose_time_is_closed(time_machine):
    found = make.visit()
    head = make.head(community=found.community)
    elsewhere = ground.facility(community=found.community)
    stranger = make.head(community=found.community, facility=elsewhere)

    def counts(user) -> list[tuple[int, bool]]:
        rows = [queue for queue in nursery_queues(user) if "/nurseryvisit/" in queue.url]
        return [(queue.count, queue.is_urgent) for queue in rows]

    assert counts(head) == [(0, False), (0, False)]
    VisitPlan.objects.update(is_open=False)
    assert (counts(head), counts(stranger)) == ([(1, True), (0, False)], [(0, False), (0, False)])
    time_machine.move_to(found.starts_at)
    assert counts(head) == [(0, False), (1, False)]


def test_visit_is_found_by_phone_and_code_without_an_account(client):
    found = make.visit()
    said = {"phone": found.resident.phone, "code": found.code}
    assert client.post(reverse("find_visit"), said)["Location"] == found.get_absolute_url()
    assert client.get(found.get_absolute_url()).status_code == 200
    client.post(reverse("forget_visits"))
    assert client.get(found.get_absolute_url()).status_code == 302


def test_head_lays_out_times_and_sees_to_visits_in_the_back_office(client, html):
    found = make.visit()
    client.force_login(make.head(community=found.community))
    listed = html(client.get(reverse("admin:childcare_nurseryvisit_changelist")))
    assert found.code in listed
    page = html(client.get(reverse("admin:childcare_nurseryvisit_change", args=[found.pk])))
    revoke = reverse("admin:childcare_nurseryvisit_ask", args=[found.code, "revoke"])
    assert revoke in page
    client.post(revoke, {"reason": "装修"})
    assert kept(found).status == "revoked"
    new = reverse("admin:childcare_nurseryvisit_new") + f"?resident={found.resident.code}"
    assert new in html(client.get(reverse("admin:circle_resident_card", args=[found.resident.code])))
    said = {"slot": found.slot.code, "via": "phone"}
    assert client.post(new, said).status_code == 302
    assert NurseryVisit.objects.get(status="booked").via == "phone"
    stranger = make.head(community=found.community, facility=ground.facility(community=found.community))
    client.force_login(stranger)
    assert client.get(revoke).status_code == 404
    assert found.code not in html(client.get(reverse("admin:childcare_nurseryvisit_changelist")))
