from allauth.core.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle import actions
from circle.booking.form_keys import answer_once
from circle.booking.survey_figures import survey_results
from circle.forms.surveys import SurveyForm
from circle.models import Survey, SurveyInvitation
from circle.models.ratings import Level
from circle.models.surveys import Question
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute
from circle.web.rate_limits import is_rate_limited

GUESSES, HOUR = 30, 3600  # of codes that do not exist; there are 6.6e11


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def survey(request: PortalRequest, code: str) -> HttpResponse:
    """/survey/<code>/: three questions, once; what is answered is kept without the invitation."""
    invitation = SurveyInvitation.objects.select_related("survey__community").filter(code=code).first()
    if invitation is None:
        if is_rate_limited(request, "survey", GUESSES, HOUR):
            return respond_429(request)
        raise Http404
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_survey(
                survey=invitation.survey, answers=form.answers(), invitation=invitation, at=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("survey", code)
    context = {
        "invitation": invitation,
        "survey": invitation.survey,
        "is_open": invitation.survey.is_open_on(timezone.localdate()),
        "form": form,
    }
    return render(request, "circle/survey.html", context, status=422 if form.errors else 200)


@require_safe
@cache_for_a_minute
def surveys(request: PortalRequest) -> HttpResponse:
    """/survey/: the results of each quarter."""
    today = timezone.localdate()
    context = {
        "open": Survey.objects.filter(community=request.community).open(today).first(),
        "results": survey_results(request.community, today),
        "level_labels": [label for _level, label in Level.choices],
    }
    return render(request, "circle/surveys.html", context)


@require_safe
@cache_for_a_minute
def survey_paper(request: PortalRequest) -> HttpResponse:
    """/survey/paper/: the three questions on a sheet, without a name."""
    context = {"questions": Question.labels, "level_labels": [label for _level, label in Level.choices]}
    return render(request, "circle/survey_paper.html", context)
