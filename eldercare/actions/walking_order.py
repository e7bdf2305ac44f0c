"""The order of stops that makes the shortest walk: exact for few, within a few percent for many."""

from collections.abc import Sequence
from itertools import pairwise

EXACT = 8  # stops; one more doubles the work
Costs = Sequence[Sequence[float]]


def shortest_order(costs: Costs) -> list[int]:
    """An order of the rows of a square table of costs, beginning and ending anywhere."""
    if len(costs) <= EXACT:
        return exact_order(costs)
    orders = (with_crossings_undone(nearest_first(costs, first), costs) for first in range(len(costs)))
    return min(orders, key=lambda order: length_of(order, costs))


def length_of(order: Sequence[int], costs: Costs) -> float:
    return sum(costs[before][after] for before, after in pairwise(order))


def exact_order(costs: Costs) -> list[int]:
    """Held and Karp: the best way through each set of stops that ends at each of them."""
    best: dict[tuple[int, int], tuple[float, list[int]]] = {
        (1 << stop, stop): (0.0, [stop]) for stop in range(len(costs))
    }
    for _ in range(len(costs) - 1):
        longer: dict[tuple[int, int], tuple[float, list[int]]] = {}
        for (seen, last), (length, order) in best.items():
            for stop in range(len(costs)):
                if seen >> stop & 1:
                    continue
                key, total = (seen | 1 << stop, stop), length + costs[last][stop]
                if key not in longer or total < longer[key][0]:
                    longer[key] = (total, [*order, stop])
        best = longer
    return min(best.values(), default=(0.0, []))[1]


def nearest_first(costs: Costs, first: int) -> list[int]:
    order, left = [first], set(range(len(costs))) - {first}
    while left:
        order.append(min(left, key=lambda stop: (costs[order[-1]][stop], stop)))
        left.remove(order[-1])
    return order


def with_crossings_undone(order: list[int], costs: Costs) -> list[int]:
    """Turn stretches round (2-opt) as long as that makes it shorter."""
    length, is_better = length_of(order, costs), True
    while is_better:
        is_better = False
        for begin in range(len(order) - 1):
            for end in range(begin + 2, len(order) + 1):
                turned = order[:begin] + order[begin:end][::-1] + order[end:]
                if (shorter := length_of(turned, costs)) < length - 1e-9:
                    order, length, is_better = turned, shorter, True
    return order
