"""Ranked wishes and the days between which a child begins; who takes a later wish stays in line."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.hooks.schedule import find_violations, tick
from childcare.models import Application, FurtherWish, HeadTask, PassedOver
from childcare.models.wishes import wishes_of
from circle.models import Message, Record
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import ONE_DAY, START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def classes():
    """Three nurseries of one community with a toddlers' class of one place each."""
    places = [ground.facility(dimension="children", community=ground.here()) for _ in range(3)]
    ground.rule("nursery_next_offer", params={"days": 3})
    return [make.nursery_class(facility=place, capacity=1) for place in places]


def waiting(group, *further, number: int = 0, **said) -> Application:
    guardian = ground.own_resident(community=ground.here())
    child = {"child_born_on": said.pop("child_born_on", dt.date(2025, 6, 1))}
    found = make.verified(nursery_class=group, guardian=guardian, at=MORNING + number * MINUTE, **child)
    if further or said:
        wish(found, further=further, **said)
    return found


def wish(found: Application, **said) -> None:
    fixed = {"nursery_class": found.nursery_class, "start_on": START, "via": "online", "at": MORNING}
    actions.change_wish(application=found, **fixed | said, by=found.guardian.login)


def kept(found: Application) -> Application:
    return Application.objects.shown().get(pk=found.pk)


def offer(found: Application, group, **said) -> Application:
    fixed = {"start_on": START, "days": 5, "at": MORNING + 5 * MINUTE, "by": ground.user()}
    return actions.offer_place(application=kept(found), nursery_class=group, **fixed | said)


def decline(found: Application) -> None:
    actions.decline_offer(
        application=kept(found), via="online", at=MORNING + 20 * MINUTE, by=found.guardian.login
    )


def accept(found: Application) -> None:
    actions.accept_offer(
        application=kept(found), via="online", at=MORNING + 10 * MINUTE, by=found.guardian.login
    )


def refused(**said) -> str:
    with pytest.raises(ValidationError) as refusal:
        wish(**said)
    return refusal.value.code


def test_a_family_waits_in_the_line_of_each_of_its_wishes(classes, client):
    first, second, third = classes
    found = waiting(first, second, third, number=1)
    ahead = waiting(second)
    assert wishes_of(found) == classes
    assert actions.positions_of(found) == [(first, 1), (second, 2), (third, 1)]
    assert actions.positions_of(ahead) == [(second, 1)]
    wish(found, further=[third])
    assert actions.positions_of(found) == [(first, 1), (third, 1)]
    assert Record.objects.filter(verb="application_wish_changed", details__further=[third.pk]).exists()


def test_wishes_are_refused_by_code(classes):
    first, second, third = classes
    found = waiting(first)
    fourth = make.nursery_class(facility=first.facility)
    too_young = make.nursery_class("older", facility=first.facility)
    assert refused(found=found, further=[first]) == "choices_wrong"
    assert refused(found=found, further=[second, second]) == "choices_wrong"
    assert refused(found=found, further=[second, third, fourth]) == "choices_wrong"
    assert refused(found=found, further=[too_young]) == "wrong_age"
    assert refused(found=found, start_by=START - ONE_DAY) == "window_wrong"
    assert not FurtherWish.objects.exists()
    for wrong in ({"rank": 1}, {"rank": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FurtherWish.objects.create(application=found, nursery_class=second, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=found.pk).update(start_by=START - ONE_DAY)


def test_the_next_offer_reaches_whoever_named_the_class_second(classes):
    first, second, _third = classes
    holder = waiting(second)
    found = waiting(first, second, number=1)
    offer(holder, second)
    decline(holder)
    assert (kept(found).status, kept(found).offered_class) == ("offered", second)


@pytest.fixture
def later(classes):
    """A child that has accepted its second wish, while its first one is taken by another."""
    first, second, _third = classes
    taken = waiting(first)
    offer(taken, first)
    found = waiting(first, second, number=1)
    offer(found, second)
    accept(found)
    return found, taken


def test_whoever_accepts_a_later_wish_stays_in_line_for_the_higher_ones_only(classes, later, client, html):
    first, _second, third = classes
    found, _taken = later
    assert actions.positions_of(kept(found)) == [(first, 1)]
    others = waiting(first, number=2), waiting(third, number=3)
    assert actions.positions_of(others[0]) == [(first, 2)]
    client.force_login(found.guardian.login)
    text = html(client.get(f"/en/childcare/applications/{found.code}/"))
    assert f"Number 1 for {first.name_en}" in text
    assert "You have a place of a later wish" in text
    list(tick(MORNING + 30 * MINUTE))
    assert found.line_moves.get(nursery_class=first).reason == "joined"
    assert not list(find_violations())


def test_a_free_place_of_a_higher_wish_is_asked_about_and_goes_to_nobody_meanwhile(classes, later):
    first, _second, _third = classes
    found, taken = later
    behind = waiting(first, number=2)
    decline(taken)
    task = HeadTask.objects.get(kind="higher_wish")
    assert task.application == found
    assert Message.objects.filter(event="application_higher_wish").count() == 1
    assert kept(behind).status == "verified"
    with pytest.raises(ValidationError) as refusal:
        offer(behind, first)
    assert refusal.value.code == "passes_over"
    move(found, first, day=START)
    assert kept(found).offered_class == first
    assert actions.positions_of(kept(found)) == []
    task.refresh_from_db()
    assert task.settled_at
    assert not list(find_violations())


def test_a_family_that_stays_where_it_is_is_passed_over_for_a_reason(classes, later):
    first, _second, _third = classes
    _found, taken = later
    behind = waiting(first, number=2)
    decline(taken)
    offer(behind, first, reason="asked")
    assert PassedOver.objects.get().reason == "asked"


def give_up() -> None:
    task = HeadTask.objects.open().get(kind="higher_wish")
    actions.close_task(task=task, words="家里愿意留在原来的班", at=MORNING + 25 * MINUTE, by=ground.user())


def test_a_higher_wish_that_is_given_up_frees_the_place_for_the_next_family(classes, later, client, html):
    first, second, _third = classes
    found, taken = later
    behind = waiting(first, number=2)
    list(tick(MORNING + 15 * MINUTE))
    decline(taken)
    client.force_login(make.head(community=ground.here()))
    page = reverse("admin:childcare_application_settle", args=[HeadTask.objects.open().get().pk])
    assert "its higher wishes are given up" in html(client.get(f"/en{page}"))
    give_up()
    assert (kept(behind).status, kept(behind).offered_class) == ("offered", first)
    assert not PassedOver.objects.exists()
    assert wishes_of(kept(found)) == [second]
    assert actions.positions_of(kept(found)) == []
    details = Record.objects.filter(verb="application_wish_changed").latest("id").details
    assert (details["class"], details["given_up"]) == (second.pk, [first.pk])
    list(tick(MORNING + 30 * MINUTE))
    assert found.line_moves.filter(nursery_class=first).latest("id").reason == "changed"
    decline(behind)
    assert Message.objects.filter(event="application_higher_wish").count() == 1
    assert not list(find_violations())


def test_a_place_that_becomes_free_later_is_offered_from_then_once_the_wish_is_given_up(classes):
    first, second, _third = classes
    leaving = make.enrolled(nursery_class=first, guardian=ground.own_resident(community=ground.here()))
    found = waiting(first, second, number=1)
    offer(found, second)
    accept(found)
    behind = waiting(first, number=2, child_born_on=dt.date(2025, 9, 1))
    last_day = dt.date(2027, 2, 28)
    actions.give_notice(
        application=leaving, last_day=last_day, via="online", at=MORNING, by=leaving.guardian.login
    )
    give_up()
    assert kept(behind).status == "offered"
    assert kept(behind).offer.starts_on > last_day


def test_the_place_of_the_later_wish_is_offered_once_the_child_changes_nursery(classes, later):
    first, second, _third = classes
    found, taken = later
    behind = waiting(second, number=2)
    decline(taken)
    move(found, first, day=START + 7 * ONE_DAY)
    assert (kept(behind).status, kept(behind).offered_class) == ("offered", second)
    assert kept(behind).offer.starts_on >= START + 7 * ONE_DAY
    assert not list(find_violations())


def test_whoever_leaves_its_first_wish_for_a_later_one_is_not_asked_about_the_first(classes):
    first, second, third = classes
    found = waiting(first, second, third)
    offer(found, first)
    accept(found)
    behind = waiting(first, number=1)
    move(found, second, day=START + 7 * ONE_DAY)
    assert (kept(behind).status, kept(behind).offered_class) == ("offered", first)
    assert wishes_of(kept(found)) == [second, third]
    assert not HeadTask.objects.exists()


def move(found: Application, group, day: dt.date) -> None:
    by = make.head(community=ground.here(), facility=group.facility)
    actions.reseat_child(application=kept(found), nursery_class=group, start_on=day, at=MORNING, by=by)


def test_another_nursery_is_refused_unless_it_is_a_wish(classes, later):
    _first, _second, third = classes
    found, _taken = later
    with pytest.raises(ValidationError) as refusal:
        actions.reseat_child(
            application=kept(found), nursery_class=third, start_on=START, at=MORNING, by=ground.user()
        )
    assert refusal.value.code == "other_nursery"


def test_nobody_is_offered_a_place_after_the_latest_day_or_passed_over_for_it(classes):
    first = classes[0]
    leaving = make.enrolled(nursery_class=first, guardian=ground.own_resident(community=ground.here()))
    early = waiting(first, number=1, start_by=START + 10 * ONE_DAY)
    later = waiting(first, number=2, child_born_on=dt.date(2025, 9, 1))
    actions.give_notice(
        application=leaving,
        last_day=dt.date(2027, 2, 28),
        via="online",
        at=MORNING,
        by=leaving.guardian.login,
    )
    assert (kept(early).status, kept(later).status) == ("verified", "offered")
    assert not PassedOver.objects.exists()


def test_family_and_desk_name_their_wishes_on_one_page(classes, client, html):
    first, second, third = classes
    found = waiting(first)
    url = reverse("application_wish", args=[found.code])
    client.force_login(found.guardian.login)
    text = html(client.get(f"/en{url}"))
    assert "Wish 2, if you have one" in text
    said = {"nursery_class": first.code, "wish_2": third.code, "wish_3": second.code}
    said |= {"start_on": START.isoformat(), "start_by": "2027-03-01"}
    assert client.post(url, said).status_code == 302
    assert wishes_of(kept(found)) == [first, third, second]
    assert kept(found).start_by == dt.date(2027, 3, 1)
    assert client.post(url, said | {"wish_3": third.code}).status_code == 422
    client.force_login(make.head(community=ground.here()))
    text = html(client.get(f"/en{reverse('admin:childcare_application_ask', args=[found.code, 'wish'])}"))
    assert f"2. {third.name_en}" in text
    assert "Wish 3, if you have one" in text


def test_particulars_filled_in_anew_leave_no_wish_twice(classes):
    first, second, _third = classes
    found = waiting(first, second, start_by=START)
    actions.send_back(application=found, missing="体检表没有盖章", at=MORNING, by=ground.user())
    actions.fill_child(
        application=kept(found),
        child=found.child,
        nursery_class=second,
        start_on=START + ONE_DAY,
        via="online",
        at=MORNING,
        by=found.guardian.login,
    )
    assert wishes_of(kept(found)) == [second]
    assert kept(found).start_by is None


def test_whoever_declines_a_lower_wish_stays_in_line_for_the_higher_ones(classes, client, html):
    first, second, third = classes
    holder = waiting(first)
    offer(holder, first)
    found = waiting(first, second, third, number=1)
    behind = waiting(second, number=2)
    offer(found, second)
    client.force_login(found.guardian.login)
    page = html(client.get(f"/en/childcare/applications/{found.code}/decline/"))
    assert "stay in line for your higher wishes" in page
    decline(found)
    assert kept(found).status == "verified"
    assert kept(found).offered_class is None
    assert found.offers.get().status == "declined"
    assert wishes_of(kept(found)) == [first]
    assert actions.positions_of(kept(found)) == [(first, 1)]
    assert (kept(behind).status, kept(behind).offered_class) == ("offered", second)
    decline(holder)
    assert (kept(found).status, kept(found).offered_class) == ("offered", first)
    decline(found)
    assert kept(found).status == "declined"
    assert not list(find_violations())


def test_only_the_head_of_a_nursery_gives_its_places_to_a_child_of_another(classes, later, client):
    first, second, _third = classes
    found, taken = later
    decline(taken)
    heads = [make.head(community=ground.here(), facility=group.facility) for group in (first, second)]
    said = {"application": kept(found), "nursery_class": first, "start_on": START, "at": MORNING}
    with pytest.raises(ValidationError) as refusal:
        actions.reseat_child(**said, by=heads[1])
    assert refusal.value.code == "other_head"
    assert kept(found).offered_class == second
    behind = waiting(second, first, number=2)
    client.force_login(heads[1])
    url = reverse("admin:childcare_application_ask", args=[behind.code, "offer"])
    typed = {"nursery_class": first.code, "start_on": START.isoformat(), "days": 5, "reason": "asked"}
    assert client.post(url, typed).status_code == 422
    assert kept(behind).status == "verified"
    actions.reseat_child(**said, by=heads[0])
    assert kept(found).offered_class == first
