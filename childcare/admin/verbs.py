"""What staff do with one application: asked first, then done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from childcare.admin.pages import CHANGE, application_of, note_child_reading
from childcare.backoffice.applications import VERBS, ActionForm, Verb, perform_action
from childcare.models import Application
from circle.backoffice.confirmation import Question, render_question


@require_http_methods(["GET", "HEAD", "POST"])
def ask_about(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """application/ask/<code>/<verb>/[?back=board]: says what it will do and what it needs; POST does it."""
    if name not in VERBS:
        raise Http404
    application, verb = application_of(request, code, CHANGE), VERBS[name]
    back = address(application, request.GET.get("back", ""))
    note_child_reading(request, application)
    form = verb.form(request.POST if request.method == "POST" else None, application=application)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            perform_action(verb, form, at=timezone.now(), by=request.user)
        except ValidationError as refused:
            refusal = refused
        else:
            words = {"code": application.code, "status": application.get_status_display()}
            messages.success(request, gettext("%(code)s: %(status)s.") % words)
            return redirect(back)
    return asked(request, application, verb, form, back, refusal)


def asked(
    request: HttpRequest,
    application: Application,
    verb: Verb,
    form: ActionForm,
    back: str,
    refusal: ValidationError | None,
) -> HttpResponse:
    question = Question(
        title=str(verb.label),
        button=str(verb.label),
        back=back,
        sentences=[str(verb.sentence)],
        refusal=refusal,
    )
    answer = render_question(
        request, question, "admin/childcare/application/ask.html", application=application, form=form
    )
    if form.errors:
        answer.status_code = 422
    return answer


def address(application: Application, back: str) -> str:
    """Of the board where the verb was chosen there, else of the application itself."""
    if back == "board":
        return reverse("admin:childcare_application_board")
    return reverse("admin:childcare_application_change", args=[application.pk])
