"""The walking ring: nothing touches anything, walking time is never bent, every place is there once."""

import math
import random
from itertools import combinations, product

import pytest

from circle.walking.labels import Box, text_width
from circle.walking.marks import Mark, is_close_to, whole_minutes
from circle.walking.polar import CENTRE, angle_between, ring_radius
from circle.walking.ring import Place, Ring, draw_ring

SIGNS = {
    "education": ("教", "Ed"),
    "employment": ("业", "Wo"),
    "culture": ("文", "Cu"),
    "health": ("卫", "He"),
    "sport": ("体", "Sp"),
    "elderly": ("老", "El"),
    "children": ("幼", "Ch"),
    "food": ("食", "Fo"),
    "housing": ("住", "Ho"),
    "transport": ("行", "Tr"),
}
HUES = list(SIGNS)
GATES = [(5, "往北门"), (92, "往东门"), (181, "往南门"), (270, "往西门")]
ENGLISH_GATES = [(5, "To North Gate"), (92, "East Gate"), (181, "To South Gate"), (270, "West Gate")]


def place(
    number: int, minutes: float, bearing: float, *, is_open: bool = True, english: bool = False
) -> Place:
    hue = HUES[number]
    return Place(SIGNS[hue][english], minutes, bearing, is_open, f"place-{hue}", hue, f"{hue}, {minutes} min")


def picture(places: list[Place], *, english: bool = False) -> Ring:
    if not english:
        return draw_ring(places, edges=GATES)
    words = {"home_word": "You", "closed_word": "shut", "minutes_format": "{} min", "ring_format": "{} min"}
    return draw_ring(places, edges=ENGLISH_GATES, **words)


def random_places(seed: int) -> list[Place]:
    """1 to 10 places: spread over the whole ring, crowded near home, or all on one side, in turn."""
    chance = random.Random(seed)
    minutes = [
        lambda: chance.uniform(0, 17),
        lambda: chance.triangular(0, 15, 2),
        lambda: chance.uniform(0, 15),
    ][seed % 3]
    bearing = (lambda: chance.gauss(200, 40)) if seed % 3 == 2 else (lambda: chance.uniform(0, 360))
    english = seed % 2 == 1
    return [
        place(n, minutes(), bearing() % 360, is_open=chance.random() < 0.7, english=english)
        for n in range(1 + seed % 10)
    ]


def things(ring: Ring) -> list[list[Box]]:
    """The boxes of everything printed, thing by thing, my home apart."""
    labels = [[circle.label.box] for circle in ring.circles if circle.label]
    return labels + [[edge.box] for edge in ring.edges] + [mark.boxes for mark in ring.marks]


def is_hit(one: Box, other: Box) -> bool:
    across = abs(one.x - other.x) < (one.width + other.width) / 2
    return across and abs(one.y - other.y) < (one.height + other.height) / 2


def is_inside(box: Box, frame: Box) -> bool:
    across = abs(box.x - frame.x) <= (frame.width - box.width) / 2 + 0.06
    return across and abs(box.y - frame.y) <= (frame.height - box.height) / 2 + 0.06


def places_of(mark: Mark) -> list[Place]:
    return [member.place for member in mark.members]


def assert_is_sound(ring: Ring, places: list[Place]) -> None:
    printed = things(ring)
    for one, other in combinations(printed, 2):
        assert not [(a, b) for a in one for b in other if is_hit(a, b)]
    sheet = Box(ring.width / 2, ring.height / 2, ring.width, ring.height)
    for box in [box for thing in printed for box in thing]:
        assert is_inside(box, sheet)
        assert box.from_centre() > ring.home_radius
    for mark in ring.marks:
        assert_keeps_its_walking_time(mark)
        assert_holds_its_members(mark)
    shown = sorted(p.anchor for mark in ring.marks for p in places_of(mark))
    assert shown == sorted(p.anchor for p in places if p.minutes <= 15)


def assert_keeps_its_walking_time(mark: Mark) -> None:
    mean = sum(p.minutes for p in places_of(mark)) / len(mark.members)
    distance = math.dist((mark.outline.x, mark.outline.y), CENTRE)
    assert distance == pytest.approx(40 + 110 * mean / 15, abs=0.1)
    if not mark.is_capsule:
        assert angle_between(mark.bearing, places_of(mark)[0].bearing) <= 50.1


def assert_holds_its_members(mark: Mark) -> None:
    assert all(is_inside(member.disc, mark.outline) for member in mark.members)
    assert not [1 for a, b in combinations(mark.members, 2) if is_hit(a.disc, b.disc)]
    badges = [member.badge.box for member in mark.members if member.badge]
    assert not [1 for a, b in combinations(badges, 2) if is_hit(a, b)]
    assert not [1 for badge in badges if is_hit(badge, mark.caption.box)]


def test_ring_of_random_places_is_sound(subtests: pytest.Subtests) -> None:
    for seed in range(300):
        with subtests.test(seed=seed):
            places = random_places(seed)
            ring = picture(places, english=seed % 2 == 1)
            assert_is_sound(ring, places)
            assert all(circle.label for circle in ring.circles)


HARD = {
    "one spot": [(6.0, 45.0)] * 10,
    "one spot far away": [(15.0, 90.0)] * 10,
    "at the door": [(0.0, 0.0)] * 10,
    "all round at one minute": [(1.0, 36.0 * n) for n in range(10)],
    "all round at five minutes": [(5.0, 36.0 * n) for n in range(10)],
    "all round at fifteen minutes": [(15.0, 36.0 * n) for n in range(10)],
    "two clusters": [(4.0, 100.0 + n) if n < 5 else (12.0, 300.0 + n) for n in range(10)],
    "one row": [(1.5 * n, 0.0) for n in range(10)],
    "behind the gates": [(15.0, 90.0 * n) for n in range(4)],
}


def test_ring_of_hard_places_is_sound(subtests: pytest.Subtests) -> None:
    for name, share_closed, english in product(HARD, [0, 3, 1], [False, True]):
        with subtests.test(name, share_closed=share_closed, english=english):
            places = [
                place(n, minutes, bearing, is_open=not share_closed or n % share_closed > 0, english=english)
                for n, (minutes, bearing) in enumerate(HARD[name])
            ]
            assert_is_sound(picture(places, english=english), places)


def test_ring_single_closed_place_finds_room_anywhere(subtests: pytest.Subtests) -> None:
    for minutes, bearing in product([0, 0.7, 2, 7.5, 15], range(0, 360, 15)):
        with subtests.test(minutes=minutes, bearing=bearing):
            places = [place(0, minutes, bearing, is_open=False)]
            assert_is_sound(picture(places), places)


def test_ring_many_edges_leave_room_for_marks() -> None:
    places = random_places(9)
    ring = draw_ring(places, edges=[(40.0 * n, "往大门口") for n in range(9)])
    assert_is_sound(ring, places)
    assert len(ring.edges) == 8


def test_ring_without_places_still_shows_scale_and_home() -> None:
    ring = draw_ring([], edges=[])
    assert [(circle.minutes, circle.radius) for circle in ring.circles] == [
        (5, 76.7),
        (10, 113.3),
        (15, 150.0),
    ]
    assert [circle.label and circle.label.words for circle in ring.circles] == ["5分钟", "10分钟", "15分钟"]
    assert (ring.home.words, ring.marks, ring.edges) == ("我家", (), ())


def test_ring_far_apart_places_stay_single_at_their_bearing() -> None:
    ring = picture([place(n, 8, 20 + 60 * n) for n in range(6)])
    assert [mark.is_capsule for mark in ring.marks] == [False] * 6
    assert sorted(mark.bearing for mark in ring.marks) == [20, 80, 140, 200, 260, 320]


@pytest.mark.parametrize(
    ("minutes", "bearing", "capsules"),
    [(7.2, 112, 1), (7.2, 112.5, 2), (7.3, 112, 2), (6, 88, 1), (6, 100, 1)],
)
def test_ring_capsule_takes_what_is_within_its_minutes_and_degrees(
    minutes: float, bearing: float, capsules: int
) -> None:
    ring = picture([place(0, 6, 100), place(1, minutes, bearing)])
    assert len(ring.marks) == capsules


def test_ring_capsule_counts_degrees_across_north() -> None:
    ring = picture([place(0, 9, 355), place(1, 9, 5)])
    assert [mark.is_capsule for mark in ring.marks] == [True]
    assert angle_between(ring.marks[0].bearing, 0) <= 10


def test_ring_leaves_no_two_marks_that_belong_together(subtests: pytest.Subtests) -> None:
    for seed in range(60):
        with subtests.test(seed=seed):
            ring = picture(random_places(seed))
            for one, other in combinations(ring.marks, 2):
                everyone = places_of(one) + places_of(other)
                assert not all(is_close_to(a, b) for a, b in combinations(everyone, 2))


def test_ring_capsule_reads_nearest_first_and_prints_its_span() -> None:
    ring = picture([place(5, 7.6, 60), place(8, 7, 62), place(2, 7.2, 66), place(6, 7.7, 57)])
    (mark,) = ring.marks
    assert [p.sign for p in places_of(mark)] == ["住", "文", "老", "幼"]
    assert mark.caption.words == "7–8分"


def test_ring_does_not_depend_on_the_order_of_places() -> None:
    places = random_places(29)
    assert picture(places) == picture(places[::-1]) == picture(places)


def test_ring_leaves_out_places_beyond_the_limit() -> None:
    ring = draw_ring([place(0, 10, 0), place(1, 10.1, 90), place(2, 20, 180)], edges=[], limit=10)
    assert [p.sign for mark in ring.marks for p in places_of(mark)] == ["教"]
    assert draw_ring([place(2, 15.1, 180)], edges=[], limit=30).marks == ()


def test_ring_badges_only_closed_places() -> None:
    ring = picture([place(0, 8, 0, is_open=False), place(1, 8, 120)])
    assert [member.badge and member.badge.words for mark in ring.marks for member in mark.members] == [
        "休",
        None,
    ]


def test_ring_closed_place_at_the_door_says_so_in_its_caption() -> None:
    (mark,) = picture([place(0, 0, 180, is_open=False, english=True)], english=True).marks
    assert (mark.members[0].badge, mark.caption.words) == (None, "1 min · shut")


def test_ring_edges_stand_outside_with_a_tick_at_the_true_bearing() -> None:
    ring = picture([])
    assert [edge.lines[0].words for edge in ring.edges] == ["往北门", "往", "往南门", "往"]
    assert [edge.words for edge in ring.edges] == [words for _bearing, words in GATES]
    assert all(edge.box.from_centre() >= ring_radius(15) for edge in ring.edges)
    for (bearing, _), edge in zip(GATES, ring.edges, strict=True):
        x, y = edge.tick[0] - CENTRE[0], CENTRE[1] - edge.tick[1]
        assert angle_between(math.degrees(math.atan2(x, y)), bearing) < 0.1


def test_ring_leaves_out_what_no_room_is_long_enough_for() -> None:
    ring = draw_ring(
        [place(0, 5, 0), place(1, 9, 90)],
        edges=[],
        minutes_format="{} minutes" + " on foot" * 6,
    )
    assert ring.marks == ()


def test_ring_sizes_stay_legible_on_the_narrowest_screen() -> None:
    ring = draw_ring([], edges=[])
    scale = 288 / ring.width
    assert ring.sign_size * scale >= 13
    assert ring.text_size * scale >= 11
    assert 2 * ring.disc_radius * scale >= 24


@pytest.mark.parametrize(("minutes", "printed"), [(0, 1), (0.4, 1), (1.49, 1), (2.5, 3), (14.5, 15)])
def test_whole_minutes_rounds_half_up_and_never_to_nothing(minutes: float, printed: int) -> None:
    assert whole_minutes(minutes) == printed


def test_text_width_counts_chinese_as_full_and_latin_as_part_of_an_em() -> None:
    assert text_width("往北门") == 42
    assert text_width("15分") == 30.2
