"""Seats by date: one child on a seat, one seat for a child, and a chain of classes to the third birthday."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from childcare import actions
from childcare.actions.chains import plan_chain
from childcare.actions.seats import free_parts, lay_out_seats
from childcare.hooks.schedule import find_violations, tick
from childcare.models import Application, HeadTask, Offer, Seat, SeatDay, Stay
from childcare.models.ages import first_day_of_age
from circle.models import Message
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import ONE_DAY, START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
BORN = dt.date(2025, 6, 1)  # two years old from 2 June 2027, three from 2 June 2028
LATER = {"start_on": dt.date(2027, 4, 1), "child_born_on": dt.date(2025, 8, 1)}
SECOND, THIRD = dt.date(2027, 6, 2), dt.date(2028, 6, 2)


def refused(act, *args, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **values)
    return refusal.value.code


@pytest.fixture
def classes():
    """Toddlers and older ones of one nursery, of one place each."""
    toddlers = make.nursery_class(capacity=1)
    return toddlers, make.nursery_class("older", facility=toddlers.facility, capacity=1)


def offered(group, **values) -> Application:
    return make.offered(
        nursery_class=group, guardian=ground.own_resident(community=group.community), **values
    )


def stays(application) -> list[tuple]:
    rows = application.stays.order_by("starts_on")
    return [(row.nursery_class, row.starts_on, row.ends_on, row.is_missing) for row in rows]


def class_on(application, day) -> list:
    rows = SeatDay.objects.filter(stay__application=application, day=day)
    return sorted(
        (row.seat.nursery_class.band, row.half) for row in rows.select_related("seat__nursery_class")
    )


# The chain -------------------------------------------------------------------------------------------------


def test_scenario_1_days_before_the_birthday_in_one_class_from_it_in_the_next(classes):
    found = offered(classes[0])
    assert stays(found) == [
        (classes[0], START, SECOND - ONE_DAY, False),
        (classes[1], SECOND, THIRD - ONE_DAY, False),
    ]
    assert class_on(found, SECOND - ONE_DAY) == [("toddlers", "am"), ("toddlers", "pm")]
    assert class_on(found, SECOND) == [("older", "am"), ("older", "pm")]
    assert class_on(found, THIRD) == []
    assert SeatDay.objects.count() == 2 * (THIRD - START).days
    assert Offer.objects.get().missing_from is None


def test_scenario_2_the_third_birthday_ends_the_place_and_frees_the_seat_for_another(classes):
    found = offered(classes[0])
    assert found.stays.order_by("starts_on").last().ends_on == THIRD - ONE_DAY
    [(free, until)] = [
        (part.first, part.last) for part in free_parts(classes[1], 1, THIRD, THIRD + 30 * ONE_DAY)
    ]
    assert (free, until) == (THIRD, THIRD + 30 * ONE_DAY)
    assert free_parts(classes[1], 1, THIRD - ONE_DAY, THIRD - ONE_DAY) == []
    assert not SeatDay.objects.filter(child=found.child, day__gte=THIRD).exists()


def test_scenario_1_a_full_next_class_is_said_in_the_offer(classes):
    blocking = offered(classes[1], child_born_on=dt.date(2024, 12, 1), start_on=START)
    found = offered(classes[0])
    free = blocking.stays.get().ends_on + ONE_DAY
    assert Offer.objects.get(application=found).missing_from == SECOND
    assert free < THIRD
    assert stays(found)[1:] == [(classes[1], SECOND, THIRD - ONE_DAY, True)]
    assert class_on(found, SECOND) == []


def test_without_a_next_class_the_offer_says_so():
    found = make.offered()
    assert Offer.objects.get().missing_from == SECOND
    assert stays(found)[1] == (None, SECOND, THIRD - ONE_DAY, True)


def test_mixed_ages_are_the_next_class_where_there_is_no_other(classes):
    mixed = make.nursery_class("mixed", facility=classes[0].facility)
    chain = plan_chain(classes[0], BORN, START, MORNING.date())
    assert [segment.nursery_class for segment in chain] == list(classes)
    type(mixed).objects.filter(pk=classes[1].pk).update(is_open=False)
    chain = plan_chain(classes[0], BORN, START, MORNING.date())
    assert [segment.nursery_class for segment in chain] == [classes[0], mixed]


@pytest.mark.parametrize(
    ("born_on", "second", "third"),
    [
        (dt.date(2024, 2, 29), dt.date(2026, 3, 1), dt.date(2027, 3, 1)),
        (dt.date(2025, 2, 28), dt.date(2027, 3, 1), dt.date(2028, 2, 29)),
    ],
)
def test_scenario_3_birthdays_at_the_end_of_february(born_on, second, third):
    assert first_day_of_age(born_on, 24) == second
    assert first_day_of_age(born_on, 36) == third


# A place from a date ----------------------------------------------------------------------------------------


def test_a_place_that_becomes_free_can_be_offered_from_that_day(classes):
    first = make.enrolled(nursery_class=classes[0], guardian=ground.own_resident(community=ground.here()))
    last = dt.date(2027, 3, 31)
    assert refused(offered, classes[0], **LATER) == "full"
    actions.give_notice(application=first, last_day=last, via="online", at=MORNING, by=first.guardian.login)
    second = offered(classes[0], **LATER)
    assert second.stays.first().starts_on == last + ONE_DAY
    assert first.stays.get().ends_on == last


def test_whoever_stays_after_all_needs_the_place_still_to_be_there(classes):
    first = make.enrolled(nursery_class=classes[0], guardian=ground.own_resident(community=ground.here()))
    who = {"application": first, "via": "online", "at": MORNING, "by": first.guardian.login}
    before = stays(first)
    actions.give_notice(last_day=dt.date(2027, 3, 31), **who)
    actions.give_notice(last_day=dt.date(2027, 4, 30), **who)
    assert first.stays.get().ends_on == dt.date(2027, 4, 30)
    actions.withdraw_notice(**who)
    assert class_on(first, dt.date(2027, 5, 1)) == class_on(first, START)
    assert stays(first)[-1][2] == before[-1][2]
    actions.give_notice(last_day=dt.date(2027, 3, 31), **who)
    offered(classes[0], **LATER)
    assert refused(actions.withdraw_notice, **who) == "full"
    first.refresh_from_db()
    assert first.last_day == dt.date(2027, 3, 31)


def test_two_seats_that_are_free_one_after_the_other_make_one_place(classes):
    group = make.nursery_class(capacity=2)
    lay_out_seats(group)
    one, two = group.seats.order_by("number")
    child = ground.resident()
    found = make.verified(nursery_class=group, guardian=ground.own_resident(community=group.community))
    stay = Stay.objects.create(
        application=found, nursery_class=group, starts_on=START, ends_on=START + 20 * ONE_DAY
    )
    for seat, day, half in ((one, 10, "am"), (one, 10, "pm"), (two, 3, "am"), (two, 3, "pm")):
        SeatDay.objects.create(seat=seat, day=START + day * ONE_DAY, half=half, child=child, stay=stay)
    parts = free_parts(group, 2, START, START + 20 * ONE_DAY)
    assert [(part.seat, part.last - START) for part in parts] == [
        (one.pk, 9 * ONE_DAY),
        (two.pk, 20 * ONE_DAY),
    ]
    SeatDay.objects.all().delete()


def test_taken_up_again_what_was_released_is_free(classes):
    found = offered(classes[0])
    actions.decline_offer(application=found, via="online", at=MORNING, by=found.guardian.login)
    assert (SeatDay.objects.count(), Stay.objects.count(), Offer.objects.get().status) == (0, 0, "declined")
    offered(classes[0])


# Limits -----------------------------------------------------------------------------------------------------


def test_scenario_15_certificate_that_ends_tonight_stops_new_places_of_this_class_only(classes, client, html):
    make.limit(classes[0], kind="certificate", ends_on=MORNING.date() - ONE_DAY)
    assert refused(offered, classes[0]) == "full"
    other = offered(classes[1], child_born_on=dt.date(2024, 12, 1))
    assert other.status == "offered"
    text = html(client.get("/en/childcare/"))
    assert "no new child until it is renewed" in text
    assert "filing certificate" in text


def test_children_stay_when_a_certificate_ends(classes):
    found = make.enrolled(nursery_class=classes[0], guardian=ground.own_resident(community=ground.here()))
    make.limit(classes[0], kind="fire", ends_on=START)
    list(tick(MORNING.replace(year=2027, month=1, day=6)))
    assert class_on(found, START + 30 * ONE_DAY) == [("toddlers", "am"), ("toddlers", "pm")]


def test_the_smallest_of_the_limits_counts_and_is_named(client, html):
    group = make.nursery_class(capacity=3)
    make.limit(group, kind="area", places=2)
    make.limit(group, kind="fire", places=1, source_en="fire exit, 1.1 m")
    offered(group)
    assert refused(offered, group) == "full"
    text = html(client.get("/en/childcare/"))
    assert "fire exit, 1.1 m" in text
    make.limit(group, kind="fire", places=2, valid_from=MORNING.date(), source_en="second exit")
    offered(group)
    assert refused(offered, group) == "full"


# From class to class ----------------------------------------------------------------------------------------


def test_a_month_before_head_and_family_know_and_on_the_day_the_child_is_in_its_class(classes):
    found = make.enrolled(nursery_class=classes[0], guardian=ground.own_resident(community=ground.here()))
    at = MORNING.replace(year=2027, month=5, day=2)
    list(tick(at))
    assert not HeadTask.objects.filter(kind="class_change").exists()
    for _ in range(2):
        list(tick(at + ONE_DAY))
    assert HeadTask.objects.get(kind="class_change").application == found
    assert Message.objects.filter(event="class_changes", resident=found.guardian).count() == 1
    list(tick(MORNING.replace(year=2027, month=6, day=2)))
    found.refresh_from_db()
    assert found.offered_class == classes[1]
    assert not HeadTask.objects.filter(kind="age").exists()
    assert list(find_violations()) == []


def test_a_seat_that_was_missing_is_booked_as_soon_as_it_is_free(classes):
    blocking = offered(classes[1], child_born_on=dt.date(2024, 12, 1))
    found = offered(classes[0])
    actions.decline_offer(application=blocking, via="online", at=MORNING, by=blocking.guardian.login)
    list(tick(MORNING))
    assert stays(found)[1:] == [(classes[1], SECOND, THIRD - ONE_DAY, False)]
    assert class_on(found, SECOND) == [("older", "am"), ("older", "pm")]


# Dated re-seat ----------------------------------------------------------------------------------------------


def reseat(found, group, day, **said):
    values = {
        "application": found,
        "nursery_class": group,
        "start_on": day,
        "at": MORNING,
        "by": ground.user(),
    }
    return actions.reseat_child(**values | said)


def test_scenario_14_children_get_other_places_from_a_day_on(classes):
    mixed = make.nursery_class("mixed", facility=classes[0].facility, capacity=2)
    found = make.enrolled(nursery_class=classes[0], guardian=ground.own_resident(community=ground.here()))
    day = dt.date(2027, 3, 1)
    reseat(found, mixed, day)
    assert stays(found) == [(classes[0], START, day - ONE_DAY, False), (mixed, day, THIRD - ONE_DAY, False)]
    list(tick(MORNING.replace(year=2027, month=3, day=1)))
    found.refresh_from_db()
    assert found.offered_class == mixed
    offered(classes[0], start_on=day, child_born_on=dt.date(2025, 8, 1))


def test_reseat_refuses_and_leaves_everything_as_it_was(classes):
    found = make.enrolled(nursery_class=classes[0], guardian=ground.own_resident(community=ground.here()))
    before, other = stays(found), make.nursery_class(community=ground.here())
    full = make.nursery_class("mixed", facility=classes[0].facility, capacity=0)
    day = dt.date(2027, 3, 1)
    assert refused(reseat, found, other, day) == "other_nursery"
    assert refused(reseat, found, full, day) == "full"
    assert refused(reseat, found, classes[1], day) == "wrong_age"
    assert refused(reseat, found, classes[0], START - ONE_DAY) == "before_first_day"
    assert refused(reseat, found, classes[0], MORNING.date() - ONE_DAY) == "start_past"
    assert refused(reseat, make.verified(), classes[0], day) == "not_possible"
    assert stays(found) == before


def test_whoever_ended_meanwhile_gets_no_seats_by_a_page_that_was_open(classes):
    mixed = make.nursery_class("mixed", facility=classes[0].facility, capacity=2)
    found = make.accepted(nursery_class=classes[0], guardian=ground.own_resident(community=ground.here()))
    page = Application.objects.shown().get(pk=found.pk)
    actions.withdraw_application(application=found, via="online", at=MORNING, by=found.guardian.login)
    assert refused(reseat, page, mixed, START) == "not_possible"
    assert stays(found) == []


def test_whoever_changed_class_meanwhile_is_looked_at_again(classes):
    mixed = make.nursery_class("mixed", facility=classes[0].facility, capacity=2)
    found = make.accepted(nursery_class=classes[0], guardian=ground.own_resident(community=ground.here()))
    page = Application.objects.shown().get(pk=found.pk)
    reseat(found, mixed, START)
    assert refused(reseat, page, mixed, dt.date(2027, 3, 1)) == "changed_meanwhile"


def test_a_class_is_never_narrowed_under_its_children_and_keeps_its_band(classes):
    group = classes[0]
    offered(group)
    group.capacity = 0
    with pytest.raises(ValidationError) as found:
        group.clean()
    assert "capacity" in found.value.message_dict
    group.capacity, group.band = 1, "mixed"
    with pytest.raises(ValidationError) as found:
        group.clean()
    assert "band" in found.value.message_dict


# In the database --------------------------------------------------------------------------------------------


def test_database_holds_one_child_on_a_seat_and_one_seat_for_a_child(classes):
    found = offered(classes[0])
    row = SeatDay.objects.first()
    same = {"stay": row.stay, "day": row.day, "half": row.half}
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatDay.objects.create(seat=row.seat, child=ground.resident(), **same)
    lay_out_seats(classes[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatDay.objects.create(seat=classes[1].seats.first(), child=found.child, **same)


@pytest.mark.parametrize("number", [0, 16])
def test_database_holds_no_seat_beyond_the_national_maximum(classes, number):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(nursery_class=classes[0], number=number, band="toddlers")


@pytest.mark.planted
def test_invariants_name_days_of_another_child_and_places_without_a_seat(classes):
    found = offered(classes[0])
    SeatDay.objects.filter(day=START).update(child=ground.resident())
    assert any("another child" in sentence for sentence in find_violations())
    SeatDay.objects.all().delete()
    Stay.objects.all().delete()
    assert any(f"application {found.pk}: holds a place and has no seat" == each for each in find_violations())
