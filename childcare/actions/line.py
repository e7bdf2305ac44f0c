"""The line of a class: the order of waiting families, and every move in it with its reason."""

import datetime as dt
from collections import Counter as Tally
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q

from childcare.actions.rules import lock_class
from childcare.models import Application, FurtherWish, LineMove, NurseryClass
from childcare.models.applications import HOLDING, ApplicationQuerySet
from childcare.models.draw_order import in_draw_order, is_drawn_since
from childcare.models.wishes import waits_for, wishes_of

Status = Application.Status
Reason = LineMove.Reason
IN_LINE = [Status.SUBMITTED, Status.VERIFIED]


def line_of(nursery_class: NurseryClass) -> ApplicationQuerySet:
    """Who waits for the class: in the order of a draw, else who sent in first at the front."""
    return in_draw_order(Application.objects.filter(waits_for(nursery_class)), nursery_class)


def positions_of(
    application: Application, wishes: Sequence[NurseryClass] | None = None
) -> list[tuple[NurseryClass, int]]:
    """In the line of each class that it waits for, in the order of its wishes; 1 for the first."""
    groups = wishes_of(application) if wishes is None else wishes
    holds_only_wish = application.status in HOLDING and len(groups) == 1
    if holds_only_wish or application.status not in [*IN_LINE, *HOLDING]:
        return []
    found = [(group, position_in(group, application)) for group in groups]
    return [(group, position) for group, position in found if position]


def position_in(nursery_class: NurseryClass, application: Application) -> int | None:
    """None where it is not in that line; one query."""
    line = list(line_of(nursery_class).values_list("pk", flat=True))
    return line.index(application.pk) + 1 if application.pk in line else None


def record_line_moves(*, at: dt.datetime) -> int:
    """Whoever stands elsewhere than was recorded last gets a row that says why; the number of rows."""
    waiting = Application.objects.filter(status__in=IN_LINE).values("nursery_class")
    known = LineMove.objects.filter(position__isnull=False).values("nursery_class")
    further = FurtherWish.objects.values("nursery_class")
    classes = NurseryClass.objects.filter(Q(pk__in=waiting) | Q(pk__in=known) | Q(pk__in=further))
    return sum(record_moves_of(group, at) for group in classes.order_by("pk"))


@transaction.atomic
def record_moves_of(nursery_class: NurseryClass, at: dt.datetime) -> int:
    """Under the lock of the class: two clocks record nothing twice."""
    lock_class(nursery_class)
    before, now = recorded_line(nursery_class), list(line_of(nursery_class).values_list("pk", flat=True))
    if list(before) == now and list(before.values()) == list(range(1, len(now) + 1)):
        return 0
    why = reasons_of(set(before) - set(now), nursery_class)
    last = LineMove.objects.filter(nursery_class=nursery_class).order_by("id").last()
    is_drawn = last is not None and is_drawn_since(nursery_class, last.at)
    moved = drawn_rows(before, now) if is_drawn else moved_rows(before, now, why)
    rows = [*gone_rows(before, why), *moved, *joined_rows(before, now)]
    for row in rows:
        row.nursery_class, row.at = nursery_class, at
    LineMove.objects.bulk_create(rows)
    return len(rows)


def recorded_line(nursery_class: NurseryClass) -> dict[int, int]:
    """The last recorded position of each application that is still recorded in the line, the first first."""
    rows = LineMove.objects.filter(nursery_class=nursery_class).order_by("id")
    latest = dict(rows.values_list("application", "position"))
    standing = [(position, pk) for pk, position in latest.items() if position is not None]
    return {pk: position for position, pk in sorted(standing)}


def reasons_of(gone: Iterable[int], nursery_class: NurseryClass) -> dict[int, Reason]:
    named = Q(nursery_class=nursery_class) | Q(further_wishes__nursery_class=nursery_class)
    rows = Application.objects.filter(pk__in=list(gone))
    naming = set(rows.filter(named | Q(offer__nursery_class=nursery_class)).values_list("pk", flat=True))
    found = {}
    for pk, status in rows.values_list("pk", "status"):
        if status in HOLDING and pk not in naming:  # the wish was given up
            found[pk] = Reason.CHANGED
        elif status in HOLDING:
            found[pk] = Reason.OFFERED
        elif status == Status.RETURNED:
            found[pk] = Reason.RETURNED
        elif status in IN_LINE:  # and no longer in this one
            found[pk] = Reason.CHANGED
        else:
            found[pk] = Reason.WITHDREW
    return found


def gone_rows(before: dict[int, int], why: dict[int, Reason]) -> list[LineMove]:
    return [LineMove(application_id=pk, before=before[pk], reason=reason) for pk, reason in why.items()]


def drawn_rows(before: dict[int, int], now: list[int]) -> list[LineMove]:
    """What the draw made of the line; who is gone as well has rows of its own."""
    places = {pk: position for position, pk in enumerate(now, start=1)}
    return [
        LineMove(application_id=pk, before=before[pk], position=position, reason=Reason.DRAWN)
        for pk, position in places.items()
        if pk in before and before[pk] != position
    ]


def joined_rows(before: dict[int, int], now: list[int]) -> list[LineMove]:
    return [
        LineMove(application_id=pk, position=position, reason=Reason.JOINED)
        for position, pk in enumerate(now, start=1)
        if pk not in before
    ]


def moved_rows(before: dict[int, int], now: list[int], why: dict[int, Reason]) -> list[LineMove]:
    """Counted over those who were ahead and are gone, and those who are ahead and were not."""
    places = {pk: position for position, pk in enumerate(now, start=1)}
    rows = []
    for pk in (each for each in now if each in before and before[each] != places[each]):
        left = Tally(why[other] for other, old in before.items() if other in why and old < before[pk])
        # Whose place in line began anew while it waited: behind now, and not gone.
        left[Reason.CHANGED] += sum(
            old < before[pk] and places.get(other, 0) > places[pk] for other, old in before.items()
        )
        came = places[pk] - before[pk] + sum(left.values())
        counts = {str(reason): count for reason, count in left.items()}
        rows.append(
            LineMove(
                application_id=pk,
                before=before[pk],
                position=places[pk],
                reason=Reason.MOVED,
                came=came,
                **counts,
            )
        )
    return rows
