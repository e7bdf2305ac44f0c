"""Care that comes again in the demo: two series that run, one that pauses, one to be confirmed."""

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from circle.calendar.working_days import ONE_DAY
from circle.demo.messages import send_demo_messages
from circle.models import Via
from eldercare import actions
from eldercare.actions import Rhythm
from eldercare.models import Arrangement, CareKind, CareSeries, CareSlot

if TYPE_CHECKING:
    from eldercare.demo import Month

WANTED = 4
CODES = ["cleaning", "day-care", "bathing", "company", "visits", "doctor"]


def add_series(month: "Month") -> None:
    made: list[CareSeries] = []
    kinds = {kind.code: kind for kind in month.kinds}
    for number, elder in enumerate(month.elders):
        if len(made) == WANTED:
            break
        kind = kinds.get(CODES[number % len(CODES)])
        if kind is None:
            continue
        by, via = month.who_asks(elder)
        asked: dict[str, Any] = {"kind": kind, "resident": elder, "answers": month.answers(kind, elder)}
        asked |= {"via": via, "at": month.now, "by": by} | first_time(kind, month.now)
        if kind.min_grade and via != Via.ONLINE:
            asked["age_reason"] = "评估已预约（演示）"
        rhythm = Rhythm(month.now.date() + 90 * ONE_DAY, every=1 + number % 2)
        with contextlib.suppress(ValidationError):  # the elder is busy then, or it is not for them
            made.append(actions.ask_series(rhythm=rhythm, **asked))
            send_demo_messages(month.now)
    for series in made[1:]:
        actions.confirm_series(series=series, at=month.now, by=month.boss)
    if made:
        away = month.now.date() + 28 * ONE_DAY
        said: dict[str, Any] = {"series": made[-1], "via": Via.PHONE, "at": month.now, "by": month.boss}
        actions.pause_series(**said, starts_on=away, ends_on=away + 14 * ONE_DAY)
    send_demo_messages(month.now)


def first_time(kind: CareKind, now: dt.datetime) -> dict[str, Any]:
    """In three days or later, so that it is not too late to change it."""
    soon = now + 3 * ONE_DAY
    if kind.way == Arrangement.REQUEST:
        return {"day": soon.date()}
    slots = CareSlot.objects.open().with_places_left().filter(kind=kind, starts_at__gt=soon)
    return {"slot": slots.select_related("kind").order_by("starts_at").first()}
