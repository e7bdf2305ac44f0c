"""“Solved? Satisfied?”: asked once, by a link that is good once and needs no login."""

from allauth.core.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.booking.form_keys import answer_once
from circle.web.middleware import PortalRequest
from circle.web.rate_limits import is_rate_limited
from council import actions
from council.forms import SolvedForm
from council.models import Evaluation

GUESSES, HOUR = 30, 3600  # of codes that do not exist; there are some 8e14


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def topic_solved(request: PortalRequest, code: str) -> HttpResponse:
    """/council/solved/<code>/: the answer, then whether it is solved and how satisfied one is."""
    rows = Evaluation.objects.select_related("topic__body", "answer", "community")
    asked = rows.filter(code=code).first()
    if asked is None:
        if is_rate_limited(request, "solved", GUESSES, HOUR):
            return respond_429(request)
        raise Http404
    form = SolvedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.evaluate_topic(evaluation=asked, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("topic_solved", asked.code)
    context = {
        "asked": asked,
        "topic": asked.topic,
        "form": form,
        "is_open": asked.given_at is None and timezone.now() < asked.until,
    }
    return render(request, "council/solved.html", context, status=422 if form.errors else 200)
