"""Where a new place helps most: greedy maximum coverage, definition 9, on plain data.

A candidate is a name and the homes that it would bring within the limit. The greedy choice reaches at least
1 - 1/e of the optimum, and for a handful of candidates nearly always the optimum.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple


class Pick(NamedTuple):
    site: str
    gain: int  # people that this site brings in beside those already in
    homes: frozenset[int]  # the homes behind the gain


def greedy_sites(
    candidates: Mapping[str, Collection[int]],
    people: Mapping[int, int],
    k: int,
    covered: Iterable[int] = (),
) -> list[Pick]:
    """At most k sites, each the one that adds most people; fewer when none adds any.

    Of equal gains the first name in alphabetical order.
    """
    done, left, picks = set(covered), dict(candidates), list[Pick]()
    while left and len(picks) < k:
        new = {site: frozenset(homes) - done for site, homes in left.items()}
        gains = {site: sum(people[home] for home in homes) for site, homes in new.items()}
        best = min(gains, key=lambda site: (-gains[site], site))
        if not gains[best]:
            break
        picks.append(Pick(best, gains[best], new[best]))
        done |= new[best]
        del left[best]
    return picks


class Change(NamedTuple):
    """Who comes within the limit and who falls out of it."""

    won: frozenset[int]
    lost: frozenset[int]

    def loses_more(self, people: Mapping[int, int]) -> bool:
        """Whether it takes the service from more people than it brings it to."""
        return sum(people[home] for home in self.lost) > sum(people[home] for home in self.won)


def change_in_reach(before: Collection[int], after: Collection[int]) -> Change:
    """From the homes within the limit before and after; a move counts as one change."""
    return Change(frozenset(after) - frozenset(before), frozenset(before) - frozenset(after))
