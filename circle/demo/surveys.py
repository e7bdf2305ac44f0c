"""The survey of the last quarter with its answers, and the one of this quarter, which is open."""

import datetime as dt
import random
from typing import Any

from django.utils import timezone

from circle import actions
from circle.actions.surveys import first_of_quarter
from circle.calendar.working_days import ONE_DAY
from circle.demo.messages import send_demo_messages
from circle.demo.staff import CLERK, demo_staff
from circle.models import Community, Survey, SurveyAnswer
from circle.models.surveys import Question

LEVELS = [5] * 9 + [4] * 8 + [3] * 3 + [2] * 2 + [1]
AT_THE_WINDOW, ON_PAPER, SHEETS = 14, 26, 60
RUNS = 30 * ONE_DAY
Channel = SurveyAnswer.Channel


def load_surveys(community: Community) -> None:
    """Not again once there is one."""
    if Survey.objects.filter(community=community).exists():
        return
    now = timezone.now()
    today = timezone.localdate(now)
    before = first_of_quarter(first_of_quarter(today) - ONE_DAY) + 45 * ONE_DAY
    answer_all(community, before, random.Random(20261130))  # noqa: S311 - a demo, no secret
    actions.open_survey(community=community, opens_on=today, closes_on=today + RUNS, at=now)


def answer_all(community: Community, opens_on: dt.date, chance: random.Random) -> None:
    """Two in three answer by link, some at the window, some on paper."""
    at = timezone.make_aware(dt.datetime.combine(opens_on, dt.time(10)))
    actions.open_survey(community=community, opens_on=opens_on, closes_on=opens_on + RUNS, at=at)
    send_demo_messages(at)
    survey, by = Survey.objects.get(community=community), demo_staff(community, CLERK)
    said: dict[str, Any] = {"survey": survey, "at": at + ONE_DAY}
    for invitation in survey.invitations.order_by("pk"):
        if chance.random() < 0.66:
            actions.answer_survey(answers=draw_levels(chance), invitation=invitation, **said)
    for channel, times in ((Channel.WINDOW, AT_THE_WINDOW), (Channel.PAPER, ON_PAPER)):
        for _number in range(times):
            actions.answer_survey(answers=draw_levels(chance), channel=channel, by=by, **said)
    actions.count_sheets(papers_out=SHEETS, by=by, **said)


def draw_levels(chance: random.Random) -> dict[str, int]:
    return {name: chance.choice(LEVELS) for name in Question.values}
