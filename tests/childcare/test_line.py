"""The line of a class: a position, every move with its reason, and the next offer when a place is free."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.hooks.schedule import tick
from childcare.models import Application, LineMove, PassedOver
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import ONE_DAY, START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def group():
    return make.nursery_class(capacity=1)


def waiting(group, number: int, **values) -> Application:
    """Sent in so many minutes after the first."""
    return make.verified(nursery_class=group, at=MORNING + number * MINUTE, **values)


def moves(application) -> list[tuple]:
    rows = application.line_moves.order_by("id")
    return [(row.reason, row.before, row.position) for row in rows]


def act(name: str, application, **said) -> None:
    who = {"application": application, "at": MORNING + 20 * MINUTE, "by": application.guardian.login}
    getattr(actions, name)(**who | said)


# Position and moves -----------------------------------------------------------------------------------------


def test_position_is_that_of_the_day_on_which_it_was_sent_in(group):
    found = [waiting(group, number) for number in range(3)]
    assert [actions.positions_of(each) for each in found] == [[(group, number)] for number in (1, 2, 3)]
    assert actions.positions_of(make.draft()) == []


def test_every_move_is_recorded_once_with_what_became_of_those_ahead(group):
    first, second, third, last = (waiting(group, number) for number in range(4))
    list(tick(MORNING + 10 * MINUTE))
    act("withdraw_application", second, via="online")
    actions.send_back(application=third, missing="体检表没有盖章", at=MORNING + 21 * MINUTE, by=ground.user())
    for _ in range(2):
        list(tick(MORNING + 30 * MINUTE))
    assert moves(last) == [("joined", None, 4), ("moved", 4, 2)]
    latest = last.line_moves.first()
    assert (latest.withdrew, latest.returned, latest.offered, latest.came) == (1, 1, 0, 0)
    assert moves(first) == [("joined", None, 1)]
    assert moves(second) == [("joined", None, 2), ("withdrew", 2, None)]
    assert moves(third) == [("joined", None, 3), ("returned", 3, None)]


def test_whoever_comes_back_after_a_correction_is_ahead_again(group):
    first, last = waiting(group, 0), waiting(group, 1)
    list(tick(MORNING + 2 * MINUTE))
    actions.send_back(application=first, missing="体检表没有盖章", at=MORNING + 3 * MINUTE, by=ground.user())
    list(tick(MORNING + 4 * MINUTE))
    act("submit_application", first, via="online", consents=True)
    list(tick(MORNING + 30 * MINUTE))
    assert moves(last) == [("joined", None, 2), ("moved", 2, 1), ("moved", 1, 2)]
    assert last.line_moves.first().came == 1


def test_an_offer_and_another_wish_are_reasons_as_well(group):
    first, second, last = (waiting(group, number) for number in range(3))
    list(tick(MORNING + 10 * MINUTE))
    offer(first)
    other = make.nursery_class(facility=group.facility)
    act("change_wish", second, nursery_class=other, start_on=START, via="online")
    list(tick(MORNING + 30 * MINUTE))
    latest = last.line_moves.first()
    assert (latest.before, latest.position, latest.offered, latest.changed) == (3, 1, 1, 1)
    assert moves(second) == [("joined", None, 2), ("changed", 2, None), ("joined", None, 1)]


def test_database_refuses_moves_that_do_not_add_up(group):
    found = waiting(group, 0)
    same = {"application": found, "nursery_class": group, "at": MORNING}
    for wrong in (
        {"reason": "moved", "before": 7, "position": 5, "offered": 1},
        {"reason": "joined", "before": 2, "position": 1},
        {"reason": "offered", "before": 2, "position": 1},
        {"reason": "joined", "position": 1, "offered": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LineMove.objects.create(**same | wrong)
    LineMove.objects.create(**same | {"reason": "joined", "position": 1})
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        LineMove.objects.update(position=2)


def test_family_reads_its_position_and_the_public_reads_counts(client, html, group):
    first, last = waiting(group, 0), waiting(group, 1)
    list(tick(MORNING + 2 * MINUTE))
    act("withdraw_application", first, via="online")
    list(tick(MORNING + 30 * MINUTE))
    public = html(client.get("/en/childcare/"))
    assert "withdrew or left: one family" in public
    assert first.code not in public
    client.force_login(last.guardian.login)
    text = html(client.get(f"/en/childcare/applications/{last.code}/"))
    assert "Number 1 for" in text
    assert "ahead of you, withdrew: 1." in text
    assert first.code not in text


# The next offer ---------------------------------------------------------------------------------------------


@pytest.fixture
def rule():
    ground.rule("nursery_next_offer", params={"days": 3})


def offer(application, **said) -> Application:
    values = {"nursery_class": application.nursery_class, "start_on": START, "days": 5}
    return actions.offer_place(
        application=application, **values | {"at": MORNING + 5 * MINUTE, "by": ground.user()} | said
    )


def kept(application) -> Application:
    return Application.objects.get(pk=application.pk)


@pytest.mark.usefixtures("rule")
def test_a_declined_place_is_offered_to_the_next_in_line_at_once(group):
    first, second, third = (waiting(group, number) for number in range(3))
    offer(first)
    act("decline_offer", first, via="online")
    assert [kept(each).status for each in (first, second, third)] == ["declined", "offered", "verified"]
    made = second.offers.get()
    assert (made.made_by, made.starts_on) == (None, START)
    assert not PassedOver.objects.exists()


@pytest.mark.usefixtures("rule")
def test_a_place_that_becomes_free_from_a_day_is_offered_from_that_day(group):
    first = make.enrolled(nursery_class=group)
    second = waiting(group, 1, child_born_on=dt.date(2025, 9, 1))
    actions.give_notice(
        application=first, last_day=dt.date(2027, 2, 28), via="online", at=MORNING, by=first.guardian.login
    )
    assert (kept(second).status, kept(second).offer.starts_on) == ("offered", dt.date(2027, 3, 1))


@pytest.mark.usefixtures("rule")
def test_an_offer_that_staff_take_back_goes_to_nobody_by_itself(group):
    first, second = waiting(group, 0), waiting(group, 1)
    offer(first)
    actions.revoke_offer(application=first, reason="mistake", at=MORNING + 6 * MINUTE, by=ground.user())
    assert [kept(each).status for each in (first, second)] == ["verified", "verified"]


@pytest.mark.usefixtures("rule")
def test_who_is_too_old_by_then_is_left_out_and_nobody_is_passed_over(group):
    first = waiting(group, 0)
    too_old = waiting(group, 1, child_born_on=dt.date(2025, 1, 10), start_on=START)
    fits = waiting(group, 2)
    offer(first)
    act("decline_offer", first, via="online", at=MORNING + 5 * ONE_DAY)
    assert [kept(each).status for each in (too_old, fits)] == ["offered", "verified"]
    act("decline_offer", kept(too_old), via="online", at=MORNING + 6 * ONE_DAY)
    assert kept(fits).status == "offered"


def test_without_the_rule_staff_decide(group):
    first, second = waiting(group, 0), waiting(group, 1)
    offer(first)
    act("decline_offer", first, via="online")
    assert kept(second).status == "verified"


# Many at once -----------------------------------------------------------------------------------------------


def test_head_offers_the_free_places_on_one_page(client, html):
    group = make.nursery_class(capacity=2)
    first, second, third = (waiting(group, number) for number in range(3))
    url = reverse("admin:childcare_nurseryclass_batch", args=[group.pk])
    client.force_login(make.head(community=group.community))
    text = html(client.get(f"/en{url}"))
    assert [each.code in text for each in (first, second, third)] == [True, True, False]
    said = {"application": [first.code, second.code, third.code], "days": "5"}
    assert client.post(url, said).status_code == 302
    assert [kept(each).status for each in (first, second, third)] == ["offered", "offered", "verified"]
    assert "nobody waits whose papers" in html(client.get(f"/en{url}"))
    assert client.post(url, {"days": "0"}).status_code == 422


def test_one_that_is_refused_stops_nobody_else(client):
    group = make.nursery_class(capacity=2)
    first, second = waiting(group, 0), waiting(group, 1)
    ground.Resident.objects.filter(pk=first.child_id).update(born_on=dt.date(2020, 1, 1))
    client.force_login(make.head(community=group.community))
    url = reverse("admin:childcare_nurseryclass_batch", args=[group.pk])
    client.post(url, {"application": [first.code, second.code], "days": "5"})
    assert [kept(each).status for each in (first, second)] == ["verified", "offered"]


def test_an_offer_of_the_clock_passes_nobody_over(group):
    first, second = waiting(group, 0), waiting(group, 1)
    with pytest.raises(ValidationError) as refusal:
        offer(second, by=None, reason="asked")
    assert refusal.value.code == "passes_over"
    assert kept(first).status == "verified"
