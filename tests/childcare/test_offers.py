"""A place in a class: offered, accepted, declined, lapsed, withdrawn; and who gets the last one."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from childcare import actions
from childcare.hooks.schedule import find_violations, tick
from childcare.models import Application, ClassPrice, NurseryClass, Offer, SeatDay, Stay
from circle.models import Message
from circle.notifications import text_of
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING

pytestmark = pytest.mark.django_db
ONE_SECOND = dt.timedelta(seconds=1)


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def who(application, **more):
    return {
        "application": application,
        "via": "online",
        "at": MORNING,
        "by": application.guardian.login,
    } | more


def offer(application, **more):
    values = {"nursery_class": application.nursery_class, "start_on": application.start_on, "days": 3}
    return {"application": application, "at": MORNING, "by": ground.user()} | values | more


def taken(application) -> int:
    return make.taken(application.nursery_class_id)


def kept(application) -> Application:
    return Application.objects.shown().get(pk=application.pk)


# Offer ------------------------------------------------------------------------------------------------------


def test_offer_takes_a_place_until_six_in_the_evening_of_the_last_day():
    found = actions.offer_place(**offer(make.verified()))
    assert (found.status, taken(found)) == ("offered", 1)
    assert kept(found).offer.expires_at == ground.moment(3, 18)
    message = Message.objects.get(event="application_offered")
    assert (found.code in text_of(message), "11月27日" in text_of(message)) == (True, True)


def test_offer_of_the_last_place_is_the_last_offer():
    group = make.nursery_class(capacity=1)
    first, second = make.verified(nursery_class=group), make.verified(nursery_class=group)
    actions.offer_place(**offer(first))
    assert refused(actions.offer_place, **offer(second)) == "full"
    assert (kept(second).status, taken(second)) == ("verified", 1)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"days": 0}, "days_wrong"),
        ({"days": 31}, "days_wrong"),
        ({"start_on": MORNING.date() - dt.timedelta(days=1)}, "start_past"),
        ({"start_on": dt.date(2027, 9, 1)}, "wrong_age"),
    ],
)
def test_offer_is_refused_and_takes_nothing(values, code):
    found = make.verified()
    assert refused(actions.offer_place, **offer(found, **values)) == code
    assert taken(found) == 0


def test_offer_in_another_class_asks_its_ages():
    found = make.verified()
    mixed = make.nursery_class("mixed")
    infants = make.nursery_class("infants")
    foreign = make.nursery_class(community=ground.community())
    closed = make.nursery_class(is_open=False)
    assert refused(actions.offer_place, **offer(found, nursery_class=infants)) == "wrong_age"
    assert refused(actions.offer_place, **offer(found, nursery_class=foreign)) == "other_community"
    assert refused(actions.offer_place, **offer(found, nursery_class=closed)) == "class_closed"
    assert actions.offer_place(**offer(found, nursery_class=mixed)).offered_class == mixed
    assert (taken(found), make.taken(mixed)) == (0, 1)


def test_class_closed_since_it_was_read_is_refused():
    found = make.verified()
    NurseryClass.objects.update(is_open=False)
    assert refused(actions.offer_place, **offer(found)) == "class_closed"


@pytest.mark.parametrize(
    ("state", "code"),
    [("submitted", "not_possible"), ("offered", "already_offered"), ("enrolled", "not_possible")],
)
def test_offer_goes_to_the_verified_only(state, code):
    found = getattr(make, state)()
    before = taken(found)
    assert refused(actions.offer_place, **offer(found)) == code
    assert (taken(found), make.taken(found.nursery_class)) == (before, before)


# Accept, decline, withdraw ----------------------------------------------------------------------------------


def test_accepted_and_enrolled_keep_the_place():
    found = make.offered()
    actions.accept_offer(**who(found))
    actions.enrol_child(application=found, at=MORNING, by=ground.user())
    assert (kept(found).status, taken(found)) == ("enrolled", 1)
    assert refused(actions.accept_offer, **who(found)) == "not_possible"
    assert refused(actions.enrol_child, application=found, at=MORNING, by=ground.user()) == "already_enrolled"


def test_scenario_9_accepted_until_the_very_deadline_and_not_at_it():
    found = make.offered()
    over = found.offer.expires_at
    assert refused(actions.accept_offer, **who(found, at=over)) == "offer_over"
    assert actions.accept_offer(**who(found, at=over - ONE_SECOND)).status == "accepted"


def test_accept_after_it_lapsed_is_told_as_run_out():
    found = make.offered()
    stale = kept(found)
    actions.lapse_offers(at=found.offer.expires_at)
    assert refused(actions.accept_offer, **who(stale)) == "offer_over"


def test_accepted_twice_is_refused():
    found = make.accepted()
    assert refused(actions.accept_offer, **who(found)) == "already_accepted"


def test_declined_gives_the_place_back_once():
    found = make.offered()
    stale = kept(found)
    actions.decline_offer(**who(found))
    assert (kept(found).status, taken(found)) == ("declined", 0)
    assert refused(actions.decline_offer, **who(stale)) == "already_declined"
    assert taken(found) == 0


def test_withdrawn_after_accepting_gives_the_place_back_once():
    found = make.accepted()
    stale = kept(found)
    actions.withdraw_application(**who(found))
    assert (kept(found).status, taken(found)) == ("withdrawn", 0)
    assert refused(actions.withdraw_application, **who(stale)) == "already_withdrawn"


@pytest.mark.parametrize("state", ["offered", "enrolled", "declined"])
def test_not_withdrawn_once_there_is_another_verb_for_it(state):
    found = make.offered() if state == "declined" else getattr(make, state)()
    if state == "declined":
        actions.decline_offer(**who(found))
    assert refused(actions.withdraw_application, **who(found)) == "not_possible"


def test_withdrawing_what_was_accepted_since_it_was_read_is_refused():
    found = make.verified()
    stale = kept(found)
    actions.offer_place(**offer(found))
    actions.accept_offer(**who(found))
    assert refused(actions.withdraw_application, **who(stale)) == "changed_meanwhile"
    assert taken(found) == 1


@pytest.mark.parametrize("act", [actions.accept_offer, actions.decline_offer, actions.withdraw_application])
def test_neighbour_and_clerk_may_not_decide(act):
    found = make.accepted() if act is actions.withdraw_application else make.offered()
    assert refused(act, **who(found, by=ground.own_resident().login)) == "not_allowed"
    assert refused(act, **who(found, by=ground.clerk(), via="phone")) == "not_allowed"
    act(**who(found, by=make.head(), via="phone"))


# By the clock -----------------------------------------------------------------------------------------------


def test_lapsed_gives_the_place_back_and_tells_the_guardian():
    found = make.offered()
    assert actions.lapse_offers(at=found.offer.expires_at - ONE_SECOND) == 0
    assert actions.lapse_offers(at=found.offer.expires_at) == 1
    assert actions.lapse_offers(at=found.offer.expires_at) == 0
    assert (kept(found).status, taken(found)) == ("lapsed", 0)
    assert Message.objects.filter(event="application_lapsed").count() == 1


def test_lapse_leaves_what_was_accepted():
    found = make.accepted()
    assert actions.lapse_offers(at=found.offer.expires_at + ONE_SECOND) == 0
    assert (kept(found).status, taken(found)) == ("accepted", 1)


def test_reminded_once_a_day_before_the_end():
    found = make.offered(days=3)
    assert actions.send_reminders(at=ground.moment(2, 17)) == 0
    assert actions.send_reminders(at=ground.moment(2, 18)) == 1
    assert actions.send_reminders(at=ground.moment(2, 19)) == 0
    message = Message.objects.get(event="application_offer_ends")
    assert (message.values["code"], found.child.name in text_of(message)) == (found.code, False)


def test_offer_of_one_day_is_not_reminded_of_at_once():
    make.offered(days=1)
    assert actions.send_reminders(at=MORNING + dt.timedelta(minutes=1)) == 0


def test_tick_says_what_it_did():
    found = make.offered()
    said = [
        "0 offers about to end",
        "1 offers lapsed",
        "0 children not collected",
        "0 accepted places not taken up",
        "0 places not taken up released",
        "0 seats found that were missing",
        "0 changes of class within a month",
        "0 children in their next class",
        "0 children outside the ages of their class",
        "0 children left the nursery",
        "0 moves in the line",
        "0 times for visits laid out",
        "0 reminders of visits",
        "0 visits over, nothing recorded",
        "0 empty times for visits removed",
        "0 numbers of second parents forgotten",
    ]
    assert list(tick(found.offer.expires_at)) == said


@pytest.mark.planted
def test_invariants_name_what_is_broken():
    found = make.enrolled()
    found.papers.update(seen_at=None, seen_by=None)
    SeatDay.objects.all().delete()
    Stay.objects.all().delete()
    Offer.objects.update(nursery_class=make.nursery_class(community=ground.community()))
    assert len(list(find_violations())) == 3


# To whom it is told -----------------------------------------------------------------------------------------


def test_guardian_without_a_phone_is_told_at_the_desk():
    guardian, head = ground.resident(), make.head()
    make.submitted(guardian=guardian, by=head, via="window")
    assert Message.objects.get().channel == "desk"


def test_guardian_without_a_phone_is_told_over_who_acts_for_them():
    mandate = ground.mandate(basis="legal")
    make.submitted(guardian=mandate.principal, by=mandate.agent)
    assert (Message.objects.get().channel, Message.objects.get().user) == ("sms", mandate.agent)


# Many at once -----------------------------------------------------------------------------------------------


def codes(answers: list) -> list[str]:
    return sorted(
        getattr(answer, "code", "") if isinstance(answer, ValidationError) else "got" for answer in answers
    )


@pytest.mark.django_db(transaction=True)
def test_last_place_is_offered_once(at_once):
    group = make.nursery_class(capacity=1)
    found = [make.verified(nursery_class=group) for _ in range(6)]
    by = ground.user()
    acts = [
        lambda pk=one.pk: actions.offer_place(
            **offer(Application.objects.shown().get(pk=pk), nursery_class=NurseryClass.objects.get(), by=by)
        )
        for one in found
    ]
    assert codes(at_once(*acts)) == ["full"] * 5 + ["got"]
    assert (taken(found[0]), Application.objects.holding().count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_application_offered_by_two_takes_one_place(at_once):
    found, by = make.verified(), ground.user()
    answers = at_once(*[lambda: actions.offer_place(**offer(kept(found), by=by))] * 4)
    assert codes(answers) == ["already_offered"] * 3 + ["got"]
    assert taken(found) == 1


@pytest.mark.django_db(transaction=True)
def test_scenario_9_accepting_and_lapsing_at_the_deadline_have_one_outcome(at_once):
    """The guardian presses a moment before the end, the sweep comes a moment after it."""
    group = make.nursery_class(capacity=8)
    found = [make.offered(nursery_class=group) for _ in range(8)]
    over = found[0].offer.expires_at

    def accept(pk: int):
        one = kept(Application(pk=pk))
        return actions.accept_offer(**who(one, at=over - ONE_SECOND))

    acts = [lambda pk=one.pk: accept(pk) for one in found]
    at_once(*acts, lambda: actions.lapse_offers(at=over), lambda: actions.lapse_offers(at=over))
    accepted = Application.objects.filter(status="accepted").count()
    assert accepted + Application.objects.filter(status="lapsed").count() == 8
    assert taken(found[0]) == accepted


@pytest.mark.django_db(transaction=True)
def test_declining_and_lapsing_give_one_place_back(at_once):
    group = make.nursery_class(capacity=4)
    found = [make.offered(nursery_class=group) for _ in range(4)]
    over = found[0].offer.expires_at
    acts = [lambda pk=one.pk: actions.decline_offer(**who(kept(Application(pk=pk)))) for one in found] * 2
    at_once(*acts, lambda: actions.lapse_offers(at=over))
    assert (taken(found[0]), Application.objects.holding().count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_application_sent_twice_at_once_is_sent_once(at_once):
    found = make.filled()
    answers = at_once(*[lambda: actions.submit_application(consents=True, **who(kept(found)))] * 4)
    assert codes(answers) == ["already_submitted"] * 3 + ["got"]
    assert Message.objects.filter(event="application_received").count() == 1


@pytest.mark.django_db(transaction=True)
def test_started_twice_at_once_is_one_draft(at_once):
    guardian = ground.own_resident()
    answers = at_once(*[lambda: make.draft(guardian=guardian).code] * 4)
    assert len(set(answers)) == 1
    assert Application.objects.count() == 1


@pytest.mark.planted
@pytest.mark.django_db(transaction=True)
def test_naive_code_gives_one_place_too_many(at_once):
    """The negative control: counting first and writing afterwards oversells under the same load.

    Only PostgreSQL can be oversold: on SQLite, IMMEDIATE lets one writer in at a time, reading included.
    """
    groups = [make.nursery_class(capacity=1) for _ in range(4)]
    found = {group.pk: [make.verified(nursery_class=group).pk for _ in range(6)] for group in groups}

    def naive(group: int, pk: int) -> None:
        with transaction.atomic():
            count = Application.objects.holding().filter(offer__nursery_class=group).count()
            if count < NurseryClass.objects.get(pk=group).capacity:
                offer = Offer.objects.create(
                    application_id=pk,
                    nursery_class_id=group,
                    price=ClassPrice.objects.get(nursery_class=group),
                    starts_on=make.START,
                    made_at=ground.MORNING,
                    expires_at=ground.moment(3, 18),
                )
                Application.objects.filter(pk=pk).update(status="offered", offer=offer)

    for group, rows in found.items():
        at_once(*[lambda group=group, pk=pk: naive(group, pk) for pk in rows])
    held = Application.objects.holding().count()
    assert held > len(groups) if connection.vendor == "postgresql" else held == len(groups)
