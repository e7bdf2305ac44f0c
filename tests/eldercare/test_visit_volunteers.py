"""The 小棉袄 team: from joining to the round on the phone, and leaving."""

import itertools
import random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circle.booking.form_keys import FORM_KEY
from circle.booking.idempotency import new_key
from eldercare import actions
from eldercare.actions.rounds import round_of
from eldercare.actions.walking_order import length_of, shortest_order
from eldercare.models import Pairing, Visit, VisitDuty, Volunteer
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING


@pytest.fixture
def boss():
    return care.coordinator(community=make.here())


def neighbour():
    """A login of somebody who lives where everybody lives; the rule says how far is near."""
    make.rule("volunteer_near", params={"minutes": 15})
    return make.own_resident(building=care.home(make.here())).login


def test_asked_checked_trained_and_only_then_given_an_elder(refusal, boss):
    user = neighbour()
    volunteer = actions.join_volunteers(community=make.here(), user=user, at=MORNING)
    assert actions.join_volunteers(community=make.here(), user=volunteer.user, at=MORNING) == volunteer
    elder = care.tag().resident
    step = {"volunteer": volunteer, "at": MORNING, "by": boss}
    assert refusal(actions.pair_elder, resident=elder, **step) == "not_active"
    assert refusal(actions.train_volunteer, **step) == "not_possible"
    actions.check_volunteer(**step)
    assert refusal(actions.check_volunteer, **step) == "already_checked"
    actions.train_volunteer(**step)
    pairing = actions.pair_elder(resident=elder, **step)
    assert actions.pair_elder(resident=elder, **step) == pairing


def test_nobody_decides_about_themselves(refusal, boss):
    volunteer = actions.join_volunteers(community=make.here(), user=boss, at=MORNING)
    step = {"volunteer": volunteer, "at": MORNING, "by": boss}
    assert refusal(actions.check_volunteer, **step) == "own_membership"


def test_five_elders_are_the_most(refusal, boss):
    volunteer = care.volunteer()
    step = {"volunteer": volunteer, "at": MORNING, "by": boss}
    pairings = [actions.pair_elder(resident=care.elder(), **step) for _ in range(5)]
    assert refusal(actions.pair_elder, resident=care.elder(), **step) == "five_at_most"
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.filter(pk=pairings[0].pk).update(place=6)
    actions.end_pairing(pairing=pairings[2], at=MORNING, by=boss)
    assert actions.pair_elder(resident=care.elder(), **step).place == 3


def test_elder_of_another_community_is_refused(refusal, boss):
    elder = care.elder(community=make.community())
    step = {"volunteer": care.volunteer(), "at": MORNING, "by": boss}
    assert refusal(actions.pair_elder, resident=elder, **step) == "other_community"


def test_elder_far_from_the_volunteer_is_refused(refusal, boss):
    step = {"volunteer": care.volunteer(), "at": MORNING, "by": boss}
    far = care.elder(building=make.building(east=2_000))
    assert refusal(actions.pair_elder, resident=far, **step) == "too_far"
    unknown = make.resident(born_on=far.born_on)
    assert refusal(actions.pair_elder, resident=unknown, **step) == "home_unknown"
    homeless = step | {"volunteer": care.volunteer(user=make.resident_login())}
    assert refusal(actions.pair_elder, resident=care.elder(), **homeless) == "home_unknown"
    assert not Pairing.objects.exists()
    assert actions.pair_elder(resident=care.elder(building=make.building(east=500)), **step)


def test_first_visit_is_made_together(refusal, boss):
    pairing = care.pairing(is_introduced=False)
    user, elder = pairing.volunteer.user, pairing.resident
    said = {"resident": elder, "found": actions.Found("well"), "at": MORNING, "by": user}
    assert round_of(user, MORNING) == []
    assert refusal(actions.record_visit, **said) == "not_yours"
    alone = {"pairing": pairing, "at": MORNING, "by": user}
    assert refusal(actions.introduce_volunteer, **alone) == "own_membership"
    stranger = alone | {"by": make.resident_login()}
    assert refusal(actions.introduce_volunteer, **stranger) == "not_yours"
    actions.introduce_volunteer(pairing=pairing, at=MORNING, by=boss)
    actions.record_visit(**said)
    assert elder.visit_duties.get().status == "done"


def test_scenario_26_removed_volunteer_sees_nothing_from_that_second(client, refusal, boss):
    pairing = care.pairing()
    user, elder = pairing.volunteer.user, pairing.resident
    actions.record_visit(resident=elder, found=actions.Found("well"), at=MORNING, by=user)
    assert VisitDuty.objects.for_user(user).exists()
    actions.remove_volunteer(volunteer=pairing.volunteer, reason="有人投诉", at=MORNING, by=boss)
    assert not VisitDuty.objects.for_user(user).exists()
    assert round_of(user, MORNING) == []
    said = {"resident": elder, "found": actions.Found("well"), "at": MORNING, "by": user}
    assert refusal(actions.record_visit, **said) == "not_yours"
    client.force_login(user)
    assert elder.name not in client.get(reverse("visit_round")).content.decode()
    assert Visit.objects.filter(by=user).count() == 1
    another = {"volunteer": care.volunteer(), "resident": elder, "at": MORNING, "by": boss}
    assert actions.pair_elder(**another).ended_at is None


def test_login_that_is_switched_off_holds_no_elder():
    pairing = care.pairing()
    user = pairing.volunteer.user
    user.is_active = False
    user.save()
    assert not Pairing.objects.live().exists()
    assert round_of(user, MORNING) == []


# The page -------------------------------------------------------------------------------------------------


@pytest.fixture
def mine(client):
    pairing = care.pairing()
    client.force_login(pairing.volunteer.user)
    return pairing


def tap(client, elder, outcome="well", **said):
    return client.post(reverse("visit_round"), {"resident": elder.code, "outcome": outcome} | said)


def test_one_tap_enters_a_visit_and_its_repeat_none(client, mine, html):
    assert mine.resident.name in html(client.get(reverse("visit_round")))
    key = new_key()
    for _ in range(2):
        answer = tap(client, mine.resident, **{FORM_KEY: key})
        assert answer.status_code == 302
    assert Visit.objects.get().resident == mine.resident


def test_need_without_a_note_is_refused_and_a_note_is_kept(client, mine, html):
    assert tap(client, mine.resident, "needs").status_code == 422
    assert tap(client, mine.resident, "needs", note="x" * 201).status_code == 422
    assert tap(client, mine.resident, "needs", note="灯泡坏了").status_code == 302
    assert Visit.objects.get().note == "灯泡坏了"


@pytest.mark.parametrize(("outcome", "status"), [("", 422), ("dead", 422), ("well\x00", 400)])
def test_nonsense_is_refused(client, mine, outcome, status):
    assert tap(client, mine.resident, outcome).status_code == status
    assert not Visit.objects.exists()


def test_elder_of_somebody_else_is_refused(client, mine):
    assert tap(client, care.tag().resident).status_code == 422
    assert not Visit.objects.exists()


def test_page_stays_on_no_phone(client, mine):
    assert "no-store" in client.get(reverse("visit_round"))["Cache-Control"]


def test_neighbour_joins_on_the_page(client):
    user = make.resident_login()
    client.force_login(user)
    make.here()
    assert client.post(reverse("visit_join")).status_code == 302
    assert Volunteer.objects.get(user=user).status == "asked"
    assert client.get(reverse("visit_round")).status_code == 200


def test_round_takes_the_same_queries_for_five(client, mine, boss):
    counts = []
    for more in (0, 4):
        for _ in range(more):
            care.pairing(volunteer=mine.volunteer)
        with CaptureQueriesContext(connection) as asked:
            assert len(round_of(mine.volunteer.user, MORNING)) == 1 + more
        counts.append(len(asked))
    assert counts[0] == counts[1]


# In the back office ---------------------------------------------------------------------------------------


def ask(client, volunteer, verb, **said):
    url = reverse("admin:eldercare_volunteer_ask", args=[volunteer.pk, verb])
    assert client.get(url).status_code == 200
    return client.post(url, said)


def test_leader_takes_somebody_on_and_removes_them(client):
    client.force_login(make.post("volunteer_leader").user)
    volunteer = actions.join_volunteers(community=make.here(), user=neighbour(), at=MORNING)
    elder = care.tag().resident
    ask(client, volunteer, "check")
    ask(client, volunteer, "train")
    ask(client, volunteer, "pair", resident=elder.pk)
    ask(client, volunteer, "introduce", pairing=volunteer.pairings.get().pk)
    assert Pairing.objects.introduced().filter(resident=elder).exists()
    assert ask(client, volunteer, "remove", reason="").status_code == 422
    assert ask(client, volunteer, "remove", reason="搬走了").status_code == 302
    assert not Pairing.objects.live().exists()


# Walking order --------------------------------------------------------------------------------------------


def random_town(stops, seed):
    chance = random.Random(seed)
    places = [(chance.random() * 800, chance.random() * 500) for _ in range(stops)]
    return [[abs(x - u) + abs(y - v) for u, v in places] for x, y in places]


@pytest.mark.parametrize("stops", range(9))
def test_order_of_few_stops_is_the_shortest(stops):
    for seed in range(4 if stops < 8 else 1):
        costs = random_town(stops, seed)
        best = min(length_of(order, costs) for order in itertools.permutations(range(stops)))
        order = shortest_order(costs)
        assert sorted(order) == list(range(stops))
        assert length_of(order, costs) == pytest.approx(best)


class CountedRow(list[float]):
    looks = 0

    def __getitem__(self, place: Any) -> Any:
        CountedRow.looks += 1
        return super().__getitem__(place)


def test_order_of_twelve_looks_at_sets_of_stops_and_not_at_orders(monkeypatch):
    """Of 4,096 sets each ends at one of twelve and goes on to one of twelve; orders there are 479 million."""
    monkeypatch.setattr(CountedRow, "looks", 0)
    order = shortest_order([CountedRow(row) for row in random_town(12, 1)])
    assert sorted(order) == list(range(12))
    assert 0 < CountedRow.looks <= 12 * 12 * 2**12


def test_due_elders_come_first_and_neighbours_follow_each_other():
    volunteer = care.volunteer()
    near, far = make.building(east=10), make.building(east=700)
    homes = [near, far, near]
    people = [care.tag(resident=care.elder(building=home)).resident for home in homes]
    for person in people:
        care.pairing(volunteer=volunteer, resident=person)
    care.visit(resident=people[0])
    stops = round_of(volunteer.user, MORNING)
    assert [stop.is_due for stop in stops] == [True, True, False]
    assert stops[-1].resident == people[0]
