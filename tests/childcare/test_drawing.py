"""The draw itself, on plain data: truthful, stable, and the same in the stand-alone checker."""

import importlib.util
import itertools
import random
from dataclasses import replace
from pathlib import Path

import pytest

from childcare.models.drawing import (
    PARTLY,
    PLACED,
    SPLIT,
    TOGETHER,
    WAITS,
    Household,
    draw,
    list_of,
    seed_of,
    sha256,
    ticket_of,
)

CHECKER = Path("static/childcare/check_draw.py")
SEED = "5eed"


def household(lot: int, *choices: str, tier: int = 3, mode: str = TOGETHER) -> Household:
    return Household(lot, tier, mode, tuple(tuple(choice.split("+")) for choice in choices))


def by_ticket(*lots: int) -> list[int]:
    return sorted(lots, key=lambda lot: ticket_of(SEED, lot))


def checker():
    spec = importlib.util.spec_from_file_location("check_draw", CHECKER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def many(count: int, shuffle: random.Random) -> list[Household]:
    wishes = ["a b", "b a", "c b a", "a+b b+c", "c+c a+a"]
    found = []
    for lot in range(1000, 1000 + count):
        mode = shuffle.choice([TOGETHER, SPLIT])
        wish = shuffle.choice(wishes).split(" ")
        found.append(household(lot, *wish, tier=shuffle.randint(1, 4), mode=mode))
    return found


def test_checker_is_short():
    assert len(CHECKER.read_text(encoding="utf-8").splitlines()) <= 60


def test_order_is_tier_and_then_ticket():
    first, second = by_ticket(1001, 1002)
    lines = draw([household(first, "a"), household(second, "a", tier=1)], {"a": 1}, SEED)
    assert [(line.lot, line.outcome) for line in lines] == [(second, PLACED), (first, WAITS)]


def test_ticket_is_what_openssl_says():
    # printf 1234 | openssl dgst -sha256 -hmac 5eed
    assert ticket_of("5eed", 1234) == "692fd0f4e141061668fa28d93c8e1ff35262e6ede15ff6aac167cc37c520d522"


@pytest.mark.parametrize(
    ("mode", "outcome", "classes"), [(TOGETHER, WAITS, ("", "")), (SPLIT, PARTLY, ("a", ""))]
)
def test_scenario_4_twins_and_one_place(mode, outcome, classes):
    first, second = by_ticket(1001, 1002)
    lines = draw([household(first, "a+a", mode=mode), household(second, "a")], {"a": 1}, SEED)
    assert (lines[0].outcome, lines[0].classes) == (outcome, classes)
    assert lines[1].outcome == (PLACED if mode == TOGETHER else WAITS)


def test_scenario_6_shuffled_rows_give_the_same_bytes_for_two_thousand_households():
    shuffle = random.Random(7)
    rows = many(2000, shuffle)
    places = {"a": 300, "b": 200, "c": 100}
    before = list_of(rows), draw(rows, places, SEED)
    shuffle.shuffle(rows)
    assert (list_of(rows), draw(rows, places, SEED)) == before


def test_scenario_7_three_hundred_withdrawals_reorder_nobody():
    shuffle = random.Random(8)
    rows = many(400, shuffle)
    order = [line.lot for line in draw(rows, {"a": 50}, SEED)]
    for _ in range(300):
        gone = shuffle.choice(rows)
        rest = [line.lot for line in draw([each for each in rows if each != gone], {"a": 50}, SEED)]
        assert rest == [lot for lot in order if lot != gone.lot]


def test_nobody_gains_by_lying_about_the_order_of_wishes():
    """Brute force: every wish of every household among three classes, every lie, every order of tickets."""
    wishes = [order for size in (1, 2, 3) for order in itertools.permutations("abc", size)]
    places, lies = {"a": 1, "b": 1, "c": 1}, 0
    rank = lambda wish, got: wish.index(got) if got in wish else len(wish)  # noqa: E731
    shuffle = random.Random(9)
    for _ in range(400):
        rows = [household(lot, *shuffle.choice(wishes)) for lot in range(1001, 1006)]
        honest = {line.lot: line.classes[0] for line in draw(rows, places, SEED)}
        for number, each in enumerate(rows):
            wish = [choice[0] for choice in each.choices]
            for lie in wishes:
                told = [
                    *rows[:number],
                    replace(each, choices=tuple((code,) for code in lie)),
                    *rows[number + 1 :],
                ]
                got = {line.lot: line.classes[0] for line in draw(told, places, SEED)}[each.lot]
                assert rank(wish, got) >= rank(wish, honest[each.lot])
                lies += 1
    assert lies == 400 * 5 * 15


def first_choices_first(rows, places, seed):
    """The negative control: all first choices before any second one."""
    left, got = dict(places), {}
    order = sorted(rows, key=lambda each: ticket_of(seed, each.lot))
    for number in range(3):
        for each in order:
            code = each.choices[number][0] if number < len(each.choices) else ""
            if each.lot not in got and left.get(code, 0):
                left[code] -= 1
                got[each.lot] = code
    return got


def test_first_choices_first_would_reward_a_lie():
    first, second = by_ticket(1001, 1002)
    third = next(lot for lot in range(1003, 1100) if by_ticket(first, second, lot)[-1] == lot)
    rows = [household(first, "a"), household(second, "a", "b"), household(third, "b")]
    places = {"a": 1, "b": 1}
    assert first_choices_first(rows, places, SEED).get(second) is None
    rows[1] = household(second, "b")
    assert first_choices_first(rows, places, SEED)[second] == "b"
    assert draw(rows, places, SEED)[1].classes == ("b",)


def published(rows, places):
    listed, secret, value = list_of(rows), "secret", "07 23 31"
    digest = sha256(listed)
    seed = seed_of(secret, digest, value)
    results = [
        {"position": line.position, "lot": line.lot, "ticket": line.ticket, "classes": list(line.classes)}
        for line in draw(rows, places, seed)
    ]
    said = {"secret": secret, "commitment": sha256(secret), "digest": digest, "value": value, "seed": seed}
    return said | {"places": places, "results": results}, listed


@pytest.mark.parametrize("number", range(20))
def test_checker_agrees(number):
    rows = many(60, random.Random(number))
    checker().check(*published(rows, {"a": 9, "b": 7, "c": 5}))


def edits():
    yield "list", lambda said, listed: (said, listed.replace("1003,", "1999,"))
    yield "secret", lambda said, listed: (said | {"secret": "other"}, listed)
    yield "balls", lambda said, listed: (said | {"value": "07 23 32"}, listed)
    yield (
        "place",
        lambda said, listed: (
            said | {"results": [said["results"][0] | {"classes": ["z"]}, *said["results"][1:]]},
            listed,
        ),
    )
    yield "swap", lambda said, listed: (said | {"results": said["results"][1:] + said["results"][:1]}, listed)
    yield "missing", lambda said, listed: (said | {"results": said["results"][:-1]}, listed)


@pytest.mark.parametrize(
    ("name", "edit"), list(edits()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_scenario_6_checker_finds_every_edit(name, edit):
    said, listed = published(many(30, random.Random(1)), {"a": 9, "b": 7})
    with pytest.raises(SystemExit):
        checker().check(*edit(said, listed))


def test_list_of_twelve_in_the_docs_is_redone():
    text = Path("docs/draw.md").read_text(encoding="utf-8")
    listed = text.split("```")[1].lstrip("\n")
    rows = [line.split(",") for line in listed.splitlines()[1:]]
    households = [
        household(int(lot), *choices.split(" "), tier=int(tier), mode=mode)
        for lot, tier, mode, choices in rows
    ]
    assert (len(households), list_of(households)) == (12, listed)
    seed = seed_of("plum-court-8", sha256(listed), "07 23 31")
    assert sha256("plum-court-8") in text
    assert f"`{seed}`" in text
    written = [
        line.split(" | ") for line in text.splitlines() if line.startswith("| ") and "position" not in line
    ]
    lines = draw(households, {"toddlers": 3, "older": 2, "mixed": 2}, seed)
    found = [
        [str(line.lot), line.ticket[:8], "+".join(code or "–" for code in line.classes)] for line in lines
    ]
    assert [[row[1], row[3], row[5]] for row in written] == found
    outcomes = {line.outcome for line in lines}
    assert {PLACED, WAITS} <= outcomes
