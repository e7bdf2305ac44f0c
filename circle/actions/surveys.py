"""The survey of each quarter: opened by the clock, answered once per link, at the window and on paper."""

import datetime as dt
from collections.abc import Mapping
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.calendar.legal_parameters import rule_in_force
from circle.calendar.rule_numbers import Bounds, checked_numbers
from circle.calendar.working_days import ONE_DAY
from circle.models import Community, Message, Resident, Survey, SurveyAnswer, SurveyInvitation, User
from circle.models.ratings import Level
from circle.models.surveys import Question
from circle.notifications import notify
from circle.notifications.outbox import expected_channel
from circle.permissions.on_behalf import login_to_notify

RULE = "survey"
BOUNDS: Bounds = {"from_day": (0, 80), "open_days": (1, 90), "invited": (0, 5000), "from_age": (0, 120)}
Channel = SurveyAnswer.Channel


def survey_rule(at: dt.datetime) -> dict[str, int]:
    """Refuses: rule_missing, rule_wrong."""
    return checked_numbers(rule_in_force(RULE, on=localdate(at)).params, BOUNDS)


def first_of_quarter(day: dt.date) -> dt.date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def open_surveys(*, at: dt.datetime) -> int:
    """Of each community once in the quarter, from the day of the rule on. Without a rule nobody is asked."""
    today = localdate(at)
    try:
        rule = survey_rule(at)
    except ValidationError:
        return 0
    opens_on = first_of_quarter(today) + rule["from_day"] * ONE_DAY
    closes_on = opens_on + rule["open_days"] * ONE_DAY
    if not opens_on <= today <= closes_on:
        return 0
    done = Survey.objects.filter(year=opens_on.year, quarter=quarter_of(first_of_quarter(today)))
    rows = Community.objects.exclude(pk__in=done.values("community"))
    return sum(open_survey(community=row, opens_on=today, closes_on=closes_on, at=at) for row in rows)


def quarter_of(day: dt.date) -> int:
    return (day.month - 1) // 3 + 1


@transaction.atomic
def open_survey(*, community: Community, opens_on: dt.date, closes_on: dt.date, at: dt.datetime) -> bool:
    """Whether it was not open before. People are drawn by lot and asked over their phone or address.

    Refuses: rule_missing, rule_wrong.
    """
    survey, is_new = Survey.objects.get_or_create(
        community=community,
        year=opens_on.year,
        quarter=quarter_of(opens_on),
        defaults={"opens_on": opens_on, "closes_on": closes_on},
    )
    if not is_new:
        return False
    record(verb="survey_opened", subject=survey, community=community, at=at)
    rule = survey_rule(at)
    people = list(people_to_ask(community, rule["from_age"], at))
    for person in SystemRandom().sample(people, min(rule["invited"], len(people))):
        invite_person(survey, person, at)
    return True


def people_to_ask(community: Community, from_age: int, at: dt.datetime) -> "list[Resident]":
    """Adults who can be reached; everybody else may answer at the window or on paper."""
    today = localdate(at)
    latest = today.replace(year=today.year - from_age, day=min(today.day, 28))
    rows = Resident.objects.living().filter(community=community, is_nobody=False)
    rows = rows.filter(Q(born_on__lte=latest) | Q(born_on=None))
    return list(rows.exclude(login=None, phone_index=None).select_related("login").order_by("pk"))


def invite_person(survey: Survey, person: Resident, at: dt.datetime) -> None:
    login = login_to_notify(person, None, at)
    if expected_channel(person, login) == Message.Channel.DESK:
        return
    invitation = SurveyInvitation.objects.create(survey=survey, resident=person)
    notify(
        event="survey_asked",
        community=survey.community_id,
        resident=person,
        user=login,
        at=at,
        dedupe=f"survey_asked:{invitation.pk}",
        secret={"code": invitation.code},
    )


@transaction.atomic
def answer_survey(
    *,
    survey: Survey,
    answers: Mapping[str, int],
    at: dt.datetime,
    channel: str = Channel.LINK,
    invitation: SurveyInvitation | None = None,
    by: User | None = None,
) -> SurveyAnswer:
    """By link once per invitation; `by`: who types in what was said or written.

    Refuses: level_missing, survey_closed, already_answered.
    """
    levels = {name: answers.get(name) or 0 for name in Question.values}
    if not set(levels.values()) <= set(Level.values):
        raise ValidationError(_("Please answer all three questions."), code="level_missing")
    if not survey.is_open_on(localdate(at)):
        raise ValidationError(_("This survey is closed."), code="survey_closed")
    if channel == Channel.LINK:
        code = invitation.code if invitation else ""
        unused = SurveyInvitation.objects.filter(survey=survey, code=code, is_used=False)
        if not unused.update(is_used=True):
            raise ValidationError(_("You have answered already. Thank you."), code="already_answered")
    answer = SurveyAnswer.objects.create(survey=survey, channel=channel, **levels)
    record(
        verb="survey_answered", subject=survey, community=survey.community_id, at=at, actor=by, via=channel
    )
    return answer


@transaction.atomic
def count_sheets(*, survey: Survey, papers_out: int, at: dt.datetime, by: User) -> None:
    """How many sheets were handed out in all, for the response rate."""
    Survey.objects.filter(pk=survey.pk).update(papers_out=papers_out)
    record(
        verb="survey_sheets",
        subject=survey,
        community=survey.community_id,
        at=at,
        actor=by,
        papers_out=papers_out,
    )
