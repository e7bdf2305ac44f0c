"""The demo's finished loops, and a year of topics that were answered without a meeting, for the rates."""

import datetime as dt
from typing import Any

from circle.demo.messages import send_demo_messages
from circle.models import Resident, User
from council import actions
from council.models import Body, Evaluation, Meeting, Topic
from council.models.rates import months_before

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
A_MONTH = 5  # of fewer nothing is published
BAD_MONTH = 4  # so many months ago three of five waited too long


def finish_loops(meeting: Meeting, secretary: User) -> None:
    """Both asks of the last meeting: the one says it is solved, the other that it is not."""
    at = meeting.ends_at + 10 * DAY
    said: list[dict[str, Any]] = [{"is_solved": True, "level": 5}, {"is_solved": False, "level": 2}]
    asked = Evaluation.objects.filter(topic__meeting=meeting).order_by("topic__receipt")
    send_demo_messages(at - DAY)
    for evaluation, words in zip(asked, said, strict=False):
        actions.evaluate_topic(evaluation=evaluation, at=at, by=secretary, **words)


def add_year(
    body: Body, rows: list[dict[str, Any]], people: list[Resident], secretary: User, now: dt.datetime
) -> None:
    """Five a month, at the window: answered within two days, in the bad month mostly after three weeks."""
    for number, first in enumerate(reversed(months_before(now.date(), 12))):
        months_ago = 12 - number
        for index in range(A_MONTH):
            begin = now.replace(year=first.year, month=first.month, day=3 + index, hour=10)
            wait = 21 if months_ago == BAD_MONTH and index > 1 else 2
            row = rows[(number + index) % len(rows)]
            person = people[(number + index) % len(people)]
            topic = add_answered(body, row, person, secretary, begin, wait)
            send_demo_messages(begin + (wait + 1) * DAY)
            is_bad = index == 0 or (months_ago == BAD_MONTH and index < 4)
            tell(topic, secretary, begin + (wait + 3) * DAY, is_bad=is_bad)


def add_answered(
    body: Body, row: dict[str, Any], person: Resident, secretary: User, at: dt.datetime, wait: int
) -> Topic:
    topic = actions.submit_topic(
        body=body, resident=person, text=row["text"], dimension=row["dimension"], via="window", at=at,
        by=secretary,
    )  # fmt: skip
    words = {name: row[name] for name in ("public_text_zh", "public_text_en")}
    actions.accept_topic(topic=topic, at=at + HOUR, by=secretary, **words)
    texts = {name: row[name] for name in ("answer_zh", "answer_en")}
    return actions.answer_topic(topic=topic, at=at + wait * DAY, by=secretary, **texts)


def tell(topic: Topic, secretary: User, at: dt.datetime, *, is_bad: bool) -> None:
    """On the phone, by the staff; in the bad months somebody is not reached."""
    asked = topic.evaluations.first()
    if asked is None:
        return
    if is_bad:
        actions.evaluate_topic(evaluation=asked, is_solved=None, is_reached=False, at=at, by=secretary)
    else:
        actions.evaluate_topic(evaluation=asked, is_solved=True, level=4, at=at, by=secretary)
