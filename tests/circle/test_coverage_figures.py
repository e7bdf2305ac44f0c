"""The published definitions of docs/how-we-count.md on plain data: oracle values and properties."""

import random
from itertools import combinations, pairwise
from math import e, inf

import pytest

from circle.walking.coverage import (
    Home,
    Need,
    Reach,
    Walk,
    dimension_coverage,
    elder_weight,
    find_gaps,
    full_circle_homes,
    home_time,
    homes_within,
    is_met,
    nearest_reaches,
    publishable_counts,
    tally_homes,
    weighted_gini,
    weighted_mean,
)
from circle.walking.siting import change_in_reach, greedy_sites

FOUR = [Home(1, 100, 40), Home(2, 200, 10), Home(3, 300, 0), Home(4, 400, 50)]
TIMES = {
    (1, "a"): Reach(4, 240),
    (2, "a"): Reach(9, 540),
    (3, "a"): Reach(14, 840),
    (4, "a"): Reach(20, 1200),
}


def share(limit):
    return tally_homes(homes_within(FOUR, TIMES, "a", limit)).residents / tally_homes(FOUR).residents


def test_the_oracle_of_four_homes():
    times, people = [4, 9, 14, 20], [100, 200, 300, 400]
    assert weighted_mean(times, people) == 14.4
    assert [share(limit) for limit in (5, 10, 15)] == [0.10, 0.30, 0.60]
    assert round(weighted_gini(times, people), 6) == 0.204167


def test_nearest_takes_the_least_of_a_kind_and_knows_no_other():
    walks = [(1, "a", Walk(6000, 60)), (1, "a", Walk(6600)), (1, "b", Walk(900))]
    found = nearest_reaches(walks, 10)
    assert found == {(1, "a"): Reach(11.0, 600), (1, "b"): Reach(1.5, 90)}  # least minutes, least metres
    assert homes_within([Home(1, 1, 0)], found, "c", 1e9) == []
    assert nearest_reaches(walks, 5)[1, "b"].minutes == 3.0


def test_fifteen_minutes_sharp_is_within_fifteen():
    at_elder_pace = nearest_reaches([(1, "a", Walk(15 * 60 * 8 - 8 * 20, 20))], 8)
    assert at_elder_pace == {(1, "a"): Reach(15.0, 704.0)}
    assert homes_within([Home(1, 1, 0)], at_elder_pace, "a", 15) == [Home(1, 1, 0)]


def test_a_radius_is_checked_in_metres_and_a_tier_in_minutes():
    slow = Reach(6.25, 300)  # 300 m at an elder's pace
    assert is_met(Need("a", "health", 5, 300), slow)
    assert not is_met(Need("a", "health", 5), slow)
    assert not is_met(Need("a", "health", 5, 299), slow)


def test_dimension_coverage_counts_required_kinds_by_people():
    needs = [Need("a", "health", 10), Need("b", "health", 10), Need("c", "sport", 10)]
    needs.append(Need("a", "food", 10, required=False))
    assert dimension_coverage(FOUR, needs, TIMES) == {"health": 0.15, "sport": 0.0}
    assert dimension_coverage(FOUR, needs, TIMES, elder_weight) == {"health": 0.25, "sport": 0.0}
    assert dimension_coverage([], needs, TIMES) == {}


def test_the_full_circle_needs_every_required_kind():
    needs = [Need("a", "health", 15), Need("b", "food", 15, required=False)]
    assert full_circle_homes(FOUR, needs, TIMES) == FOUR[:3]
    assert full_circle_homes(FOUR, [*needs, Need("c", "food", 15)], TIMES) == []


def test_the_mean_of_a_home_is_capped_and_its_longest_time_is_not():
    reaches = {(1, "a"): Reach(10, 1), (1, "b"): Reach(44, 1)}
    assert home_time(FOUR[0], ["a", "b"], reaches) == (20.0, 44, "b")
    assert home_time(FOUR[0], ["a", "d", "c"], reaches) == (70 / 3, inf, "c")
    assert home_time(FOUR[0], [], reaches) == (0.0, 0.0, "")


def test_gini_is_none_where_it_means_nothing():
    assert weighted_gini([7, 7, 7], [1, 5, 9]) == 0
    assert weighted_gini([0, 0], [1, 1]) == weighted_gini([3, 9], [0, 0]) == weighted_gini([], []) == 0


def test_gini_agrees_with_its_pairwise_form_and_has_no_unit():
    chance = random.Random(7)
    for _ in range(50):
        times = [chance.uniform(0, 40) for _ in range(chance.randint(2, 30))]
        people = [chance.randint(0, 300) + 1 for _ in times]
        pairs = sum(
            w * v * abs(t - u)
            for t, w in zip(times, people, strict=True)
            for u, v in zip(times, people, strict=True)
        )
        direct = pairs / (2 * sum(people) ** 2 * weighted_mean(times, people))
        assert weighted_gini(times, people) == pytest.approx(direct, abs=1e-12)
        assert weighted_gini([t / 0.8 for t in times], people) == pytest.approx(direct, abs=1e-12)
        assert 0 <= weighted_gini(times, people) < 1


def test_shares_grow_with_the_limit_and_fall_with_the_pace():
    chance = random.Random(11)
    homes = [Home(n, chance.randint(0, 90), 0) for n in range(40)]
    walks = [
        (home.key, "a", Walk(chance.randint(1, 30_000), chance.randint(0, 60)))
        for home in homes
        for _way in range(3)
    ]
    usual, slow = nearest_reaches(walks, 10), nearest_reaches(walks, 8)
    counts = [tally_homes(homes_within(homes, usual, "a", k)).residents for k in (5, 10, 15)]
    assert counts == sorted(counts)
    assert set(homes_within(homes, slow, "a", 15)) <= set(homes_within(homes, usual, "a", 15))


def test_gaps_come_required_first_then_by_people_and_excess():
    needs = [
        Need("z", "food", 15),  # nowhere: 1000 people, without end
        Need("a", "food", 15),  # 400 people, 5 minutes too long
        Need("a", "food", 5, 500, standard="B"),  # 900 people by metres
        Need("y", "food", 5, required=False),
    ]
    found = find_gaps(FOUR, needs, TIMES)
    assert [(gap.need.kind, gap.need.standard) for gap in found] == [
        ("z", ""),
        ("a", "B"),
        ("a", ""),
        ("y", ""),
    ]
    by_metres = found[1]
    assert by_metres.unmet == by_metres.far == (3, 900, 60)
    assert by_metres.late == (3, 900, 60)
    assert (by_metres.worst, by_metres.minutes, by_metres.excess) == (4, 20, 15)
    assert (found[2].far, found[2].excess) == (None, 5)
    assert (found[0].minutes, found[0].excess) == (inf, inf)


def test_a_met_need_is_no_gap_and_equal_gaps_stand_in_alphabetical_order():
    assert find_gaps(FOUR, [Need("a", "food", 20)], TIMES) == []
    needs = [Need("c", "food", 5, standard="2"), Need("b", "food", 5), Need("c", "food", 5, standard="1")]
    assert [gap.need.kind + gap.need.standard for gap in find_gaps(FOUR, needs, {})] == ["b", "c1", "c2"]


@pytest.mark.parametrize(
    ("counts", "total", "shown"),
    [
        ([100, 200, 300], 400, [100, 200, 300]),
        ([3, 200, 300], 400, [None, 200, 300]),  # three alone are merged with the next
        ([100, 104, 300], 400, [100, None, 300]),
        ([100, 200, 393], 400, [100, 200, None]),  # so are the last seven
        ([100, 393, 395], 400, [100, None, None]),
        ([395, 395, 395], 400, [None, None, None]),
        ([0, 0, 0], 400, [0, 0, 0]),
        ([0, 0, 400], 400, [0, 0, 400]),
        ([4, 5, 6], 9, [None, None, None]),
        ([0, 0, 0], 0, [0, 0, 0]),
    ],
)
def test_small_cells_are_merged(counts, total, shown):
    assert publishable_counts(counts, total) == shown


def test_no_cell_below_the_floor_can_be_worked_out_from_what_is_published():
    chance = random.Random(3)
    for _ in range(3000):
        cells = [chance.choice([0, 1, 4, 9, 10, 15, 80]) for _ in range(4)]
        counts = [sum(cells[: n + 1]) for n in range(3)]
        known = [
            0,
            *(count for count in publishable_counts(counts, sum(cells)) if count is not None),
            sum(cells),
        ]
        steps = {b - a for a, b in pairwise(known)}
        assert sum(cells) < 10 or not steps & set(range(1, 10))


def test_greedy_takes_the_site_that_helps_most_people_each_time():
    people = {1: 10, 2: 20, 3: 5, 4: 5}
    picks = greedy_sites({"b": [1, 2], "a": [2, 3], "c": [4]}, people, 3)
    assert [(pick.site, pick.gain, set(pick.homes)) for pick in picks] == [
        ("b", 30, {1, 2}),
        ("a", 5, {3}),
        ("c", 5, {4}),
    ]
    assert [pick.site for pick in greedy_sites({"b": [1], "a": [1]}, people, 2)] == [
        "a"
    ]  # the second adds nobody
    assert greedy_sites({"a": [1]}, people, 1, covered=[1]) == []


def test_greedy_is_near_the_best_that_all_combinations_offer():
    chance = random.Random(5)
    for _ in range(200):
        people = {home: chance.randint(1, 200) for home in range(chance.randint(3, 25))}
        names = [f"s{n:02}" for n in range(chance.randint(1, 12))]
        sites = {name: {h for h in people if chance.random() < 0.3} for name in names}
        k = chance.randint(1, 3)
        best = max(
            sum(people[home] for home in set().union(*(sites[name] for name in some)))
            for some in combinations(names, min(k, len(names)))
        )
        gains = [pick.gain for pick in greedy_sites(sites, people, k)]
        assert sum(gains) >= (1 - 1 / e) * best
        assert gains == sorted(gains, reverse=True)


def test_a_move_is_weighed_by_people():
    people = {1: 10, 2: 30, 3: 20}
    moved = change_in_reach(before=[1, 2], after=[1, 3])
    assert (set(moved.won), set(moved.lost)) == ({3}, {2})
    assert moved.loses_more(people)
    assert not change_in_reach(before=[1], after=[2]).loses_more(people)
    assert not change_in_reach(before=[1], after=[1]).loses_more(people)
