"""The survey of each quarter: opened once, answered once by link, typed in from window and sheets."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.actions import answer_survey, count_sheets, open_survey, open_surveys
from circle.app_hooks.message_events import find_answered_surveys
from circle.app_hooks.personal_data import anonymise_invitations, old_invitations
from circle.booking.survey_figures import survey_results
from circle.models import Message, Record, Survey, SurveyAnswer, SurveyInvitation
from tests import make
from tests.circle.matrix_world import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
NOW, DAY = make.MORNING, dt.timedelta(days=1)  # 24 November: the 55th day of the quarter
GOOD = {"gain": 5, "happy": 4, "safe": 5}


def refusal(act, **values) -> str:
    with pytest.raises(ValidationError) as refused:
        act(**values)
    return refused.value.code


def test_survey_opens_once_a_quarter_and_each_link_answers_once(client):
    make.survey_rule(invited=1)
    person, _child = make.own_resident(), make.own_resident(born_on=dt.date(2015, 1, 1))
    make.resident(phone="", login=None)
    assert [open_surveys(at=NOW - 15 * DAY), open_surveys(at=NOW), open_surveys(at=NOW)] == [0, 1, 0]
    survey, invitation = Survey.objects.get(), SurveyInvitation.objects.get()
    assert (survey.year, survey.quarter, invitation.resident) == (2026, 4, person)
    message = Message.objects.get(event="survey_asked")
    assert invitation.code not in str(message.values)
    assert find_answered_surveys([message], NOW) == set()
    url = invitation.get_absolute_url()
    page = client.post(url, GOOD | {"safe": ""})
    assert (page.status_code, SurveyAnswer.objects.count()) == (422, 0)
    assert client.post(url, GOOD).status_code == 302
    assert client.post(url, GOOD | {"gain": 1}).status_code == 422
    answer = SurveyAnswer.objects.get()
    assert (answer.channel, answer.gain, answer.happy, answer.safe) == ("link", 5, 4, 5)
    assert find_answered_surveys([message], NOW) == {message.pk}
    assert Record.objects.get(verb="survey_answered").actor is None
    assert client.get("/en/survey/ABCDEFGH/").status_code == 404


def test_what_is_refused():
    make.survey_rule()
    survey = make.survey()
    said = {"survey": survey, "channel": "paper", "by": make.user()}
    assert refusal(answer_survey, answers=GOOD | {"gain": 6}, at=NOW, **said) == "level_missing"
    assert refusal(answer_survey, answers=GOOD, at=NOW + 60 * DAY, **said) == "survey_closed"
    assert refusal(answer_survey, answers=GOOD, at=NOW, survey=survey) == "already_answered"


def test_window_and_sheets_are_typed_in_and_results_hide_small_numbers(client):
    make.survey_rule()
    survey = make.survey()
    clerk = client_of(make.clerk(community=survey.community))
    url = reverse("admin:circle_survey_act", args=[survey.pk, "type"])
    for number in range(12):
        said = GOOD | {"channel": "paper" if number < 6 else "window", "gain": 5 if number < 9 else 2}
        assert clerk.post(url, said).status_code == 302
    sheets = reverse("admin:circle_survey_act", args=[survey.pk, "sheets"])
    assert clerk.post(sheets, {"papers_out": 24}).status_code == 302
    assert clerk.get(reverse("admin:circle_survey_change", args=[survey.pk])).status_code == 200
    assert survey_results(survey.community, NOW.date()) == []  # still open
    [result] = survey_results(survey.community, survey.closes_on + DAY)
    assert (result.n, result.asked, result.rate) == (12, 24, 25)
    cells = [shown for _question, shown in result.by_question]
    assert cells == [[None] * 5] * 3  # nine and three; twelve alone
    Survey.objects.update(opens_on=NOW.date() - 9 * DAY, closes_on=NOW.date() - DAY)
    page = " ".join(client.get("/en/survey/").content.decode().split())
    assert "12 answers in all. Of 24 people asked by link or on paper 25 % answered." in page
    assert client.get("/en/survey/paper/").status_code == 200


def test_who_was_asked_is_forgotten_and_the_count_stays():
    make.survey_rule()
    make.own_resident()
    survey = make.survey()
    assert not old_invitations(survey.community_id, NOW).exists()
    later = NOW + 90 * DAY
    assert anonymise_invitations(old_invitations(survey.community_id, later), later) == 1
    assert [each.resident for each in survey.invitations.all()] == [None]
    count_sheets(survey=survey, papers_out=3, at=NOW, by=make.user())
    assert not open_survey(
        community=survey.community, opens_on=survey.opens_on, closes_on=survey.closes_on, at=NOW
    )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_invitation_gives_one_answer(at_once):
    make.survey_rule()
    make.own_resident()
    invitation = make.survey().invitations.get()

    def answer():
        return answer_survey(survey=invitation.survey, answers=GOOD, invitation=invitation, at=NOW)

    refused = [each for each in at_once(*[answer] * 6) if isinstance(each, ValidationError)]
    assert (len(refused), SurveyAnswer.objects.count()) == (5, 1)


def test_database_keeps_surveys_and_answers_whole():
    survey = make.survey()
    same = Survey.objects.get(pk=survey.pk)
    same.pk = None
    wrong = SurveyAnswer(survey=survey, channel="paper", **GOOD | {"gain": 6})
    for change in ({"quarter": 5}, {"closes_on": survey.opens_on - DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Survey.objects.filter(pk=survey.pk).update(**change)
    for row in (same, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
