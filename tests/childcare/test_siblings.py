"""Siblings and twins in the line: together or none, or one first; skipped with the reason, place kept."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.hooks.schedule import find_violations
from childcare.models import Application, PassedOver, SiblingGroup
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def group():
    ground.rule("nursery_next_offer", params={"days": 3})
    return make.nursery_class(
        facility=ground.facility(dimension="children", community=ground.here()), capacity=2
    )


def single(group, number: int = 0, **values) -> Application:
    guardian = values.pop("guardian", None) or ground.own_resident(community=ground.here())
    return make.verified(nursery_class=group, guardian=guardian, at=MORNING + number * MINUTE, **values)


def twins(group, mode: str, number: int = 0, second=None) -> list[Application]:
    guardian = ground.own_resident(community=ground.here())
    found = [single(each, number, guardian=guardian) for each in (group, second or group)]
    declare(found, mode)
    return [kept(each) for each in found]


def declare(found: list[Application], mode: str, by=None) -> None:
    first, *others = found
    by = by or first.guardian.login
    actions.declare_siblings(
        application=kept(first), siblings=others, mode=mode, via="online", at=MORNING, by=by
    )


def kept(found: Application) -> Application:
    return Application.objects.shown().get(pk=found.pk)


def states(*rows: Application) -> list[str]:
    return [kept(each).status for each in rows]


def offer(found: Application, group, **said) -> Application:
    fixed = {"start_on": START, "days": 5, "at": MORNING + 60 * MINUTE, "by": ground.user()}
    return actions.offer_place(application=kept(found), nursery_class=group, **fixed | said)


def answer(act, found: Application, minutes: int = 90) -> None:
    act(application=kept(found), via="online", at=MORNING + minutes * MINUTE, by=found.guardian.login)


def refused(act, *args, **said) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **said)
    return refusal.value.code


def test_one_offer_gives_both_places_and_one_answer_takes_them(group):
    pair = twins(group, "together_only")
    offer(pair[0], group)
    assert states(*pair) == ["offered", "offered"]
    assert {kept(each).offer.expires_at for each in pair} == {kept(pair[0]).offer.expires_at}
    assert not PassedOver.objects.exists()
    answer(actions.accept_offer, pair[1])
    assert states(*pair) == ["accepted", "accepted"]
    assert not list(find_violations())


def test_one_answer_declines_both_and_the_places_go_to_the_next_two(group):
    pair = twins(group, "together_only")
    behind = [single(group, number) for number in (1, 2)]
    offer(pair[0], group)
    answer(actions.decline_offer, pair[0])
    assert states(*pair, *behind) == ["declined", "declined", "offered", "offered"]
    assert not list(find_violations())


def test_staff_take_both_offers_back_at_once(group):
    pair = twins(group, "together_only")
    offer(pair[0], group)
    actions.revoke_offer(application=kept(pair[0]), reason="mistake", at=MORNING, by=ground.user())
    assert states(*pair) == ["verified", "verified"]
    assert make.taken(group) == 0


def test_scenario_4_twins_that_start_together_are_skipped_with_the_reason(group, client, html):
    """care.md §7, 4, first half: one place left, the place goes to the next, the twins stay first."""
    holders = [single(group) for _ in range(2)]
    for each in holders:
        offer(each, group)
    pair = twins(group, "together_only", 1)
    behind = single(group, 2)
    answer(actions.decline_offer, holders[0])
    assert states(*pair, behind) == ["verified", "verified", "offered"]
    rows = PassedOver.objects.order_by("application_id")
    assert [row.application for row in rows] == pair
    assert {(row.reason, row.offered_to, row.passed_by) for row in rows} == {("together", behind, None)}
    assert actions.positions_of(kept(pair[0])) == [(group, 1)]
    client.force_login(pair[0].guardian.login)
    page = html(client.get(f"/en/childcare/applications/{pair[0].code}/"))
    assert "there was no place for each of them" in page
    assert "all children together or none" in page
    public = html(client.get("/en/childcare/"))
    assert "there was no place for each of them" in public
    assert pair[0].code not in public
    answer(actions.decline_offer, behind, 95)
    assert states(*pair) == ["verified", "verified"]
    answer(actions.decline_offer, holders[1], 100)
    assert states(*pair) == ["offered", "offered"]
    assert not list(find_violations())


def test_scenario_4_of_twins_one_of_whom_may_start_first_the_other_stays_first_in_line(group):
    """care.md §7, 4, second half."""
    holders = [single(group) for _ in range(2)]
    for each in holders:
        offer(each, group)
    pair = twins(group, "split_ok", 1)
    behind = single(group, 2)
    answer(actions.decline_offer, holders[0])
    assert states(*pair, behind) == ["offered", "verified", "verified"]
    assert actions.positions_of(kept(pair[1])) == [(group, 1)]
    assert not PassedOver.objects.exists()
    answer(actions.decline_offer, holders[1], 95)
    assert states(*pair, behind) == ["offered", "offered", "verified"]


def test_siblings_of_two_ages_are_offered_a_class_each(group):
    older = make.nursery_class("older", facility=group.facility, capacity=1)
    guardian = ground.own_resident(community=ground.here())
    found = [
        single(group, guardian=guardian),
        single(older, guardian=guardian, child_born_on=dt.date(2024, 6, 1)),
    ]
    declare(found, "together_only")
    taken = single(older, 1, child_born_on=dt.date(2024, 7, 1))
    assert refused(offer, taken, older) == "passes_over"
    offer(found[0], group)
    assert states(*found) == ["offered", "offered"]
    assert kept(found[1]).offered_class == older


def test_nobody_is_offered_a_place_while_a_sibling_is_not_checked_or_has_no_wish_there(group):
    guardian = ground.own_resident(community=ground.here())
    found = [
        single(group, guardian=guardian),
        make.submitted(nursery_class=group, guardian=guardian, at=MORNING),
    ]
    declare(found, "together_only")
    assert refused(offer, found[0], group) == "together_only"
    elsewhere = make.nursery_class(facility=ground.facility(dimension="children", community=ground.here()))
    apart = twins(group, "together_only", 1, elsewhere)
    assert refused(offer, apart[0], group, reason="asked") == "together_only"
    assert make.taken() == 0


def test_a_household_is_declared_by_its_own_guardians_and_refused_by_code(group):
    pair = twins(group, "together_only")
    stranger = single(group, 3)
    assert refused(declare, [pair[0], stranger], "split_ok") == "not_allowed"
    assert refused(declare, [pair[0]], "split_ok") == "not_one_household"
    assert refused(declare, pair, "both") == "mode_unknown"
    assert refused(declare, pair, "split_ok", by=stranger.guardian.login) == "not_allowed"
    declare(pair, "split_ok")
    assert SiblingGroup.objects.get().mode == "split_ok"
    declare(pair, "")
    assert not SiblingGroup.objects.exists()
    offer(pair[0], group)
    assert states(*pair) == ["offered", "verified"]
    assert refused(declare, pair, "split_ok") == "not_possible"
    with pytest.raises(IntegrityError), transaction.atomic():
        SiblingGroup.objects.create(community=group.community, mode="both", made_at=MORNING)


def test_staff_cannot_choose_that_reason_and_nobody_else_is_passed_over_without_a_name(group):
    ahead, behind = single(group), single(group, 1)
    assert refused(offer, behind, group, reason="together") == "passes_over"
    with pytest.raises(IntegrityError), transaction.atomic():
        PassedOver.objects.create(
            application=ahead,
            offered_to=behind,
            nursery_class=group,
            reason="asked",
            passed_at=MORNING,
            passed_by=None,
        )


def test_the_page_names_the_siblings_and_says_what_it_means(group, client, html):
    guardian = ground.own_resident(community=ground.here())
    found = [single(group, guardian=guardian) for _ in range(2)]
    url = reverse("application_siblings", args=[found[0].code])
    client.force_login(guardian.login)
    assert url in html(client.get(found[0].get_absolute_url()))
    assert client.get(f"/en{url}").status_code == 200
    said = {"siblings": [found[1].code], "mode": "together_only"}
    assert client.post(url, said | {"siblings": []}).status_code == 422
    assert client.post(url, said)["Location"] == found[0].get_absolute_url()
    assert kept(found[1]).siblings.mode == "together_only"
    client.force_login(make.head(community=ground.here()))
    ask = reverse("admin:childcare_application_ask", args=[found[0].code, "siblings"])
    assert client.get(ask).status_code == 200
    assert client.post(ask, said | {"mode": "split_ok", "via": "phone"}).status_code == 302
    assert kept(found[1]).siblings.mode == "split_ok"
