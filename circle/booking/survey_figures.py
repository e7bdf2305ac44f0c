"""What is published of a survey that is closed: how many answered, of how many, and how; no small numbers."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from circle.booking.rating_figures import FEWEST, LEVELS, hide_small
from circle.models import Community, Survey, SurveyAnswer, SurveyInvitation
from circle.models.surveys import Question

SHOWN = 8  # two years


@dataclass(frozen=True)
class SurveyResult:
    """`asked`: by link, and on the sheets handed out; who spoke at the window was not asked beforehand."""

    survey: Survey
    n: int
    asked: int
    of_asked: int
    by_question: list[tuple[str, list[int | None]]]

    @property
    def is_shown(self) -> bool:
        return self.n >= FEWEST

    @property
    def rate(self) -> int | None:
        """In percent, of those who were asked."""
        return round(100 * self.of_asked / self.asked) if self.asked else None


def survey_results(community: Community, today: dt.date) -> list[SurveyResult]:
    """Three queries."""
    surveys = list(Survey.objects.filter(community=community).closed(today)[:SHOWN])
    invited = Counter(SurveyInvitation.objects.filter(survey__in=surveys).values_list("survey", flat=True))
    answers: dict[int, list[SurveyAnswer]] = defaultdict(list)
    for answer in SurveyAnswer.objects.filter(survey__in=surveys):
        answers[answer.survey_id].append(answer)
    return [result_of(survey, invited[survey.pk], answers[survey.pk]) for survey in surveys]


def result_of(survey: Survey, invited: int, answers: list[SurveyAnswer]) -> SurveyResult:
    came = Counter(answer.channel for answer in answers)
    on_paper = came[SurveyAnswer.Channel.PAPER]
    return SurveyResult(
        survey,
        len(answers),
        invited + max(survey.papers_out, on_paper),
        came[SurveyAnswer.Channel.LINK] + on_paper,
        [(str(question.label), levels_of(question.value, answers)) for question in Question],
    )


def levels_of(name: str, answers: list[SurveyAnswer]) -> list[int | None]:
    """From the best level to the worst."""
    counts = Counter(getattr(answer, name) for answer in answers)
    return hide_small([counts[level] for level in LEVELS])
