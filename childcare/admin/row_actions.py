"""What staff do with one application: asked first, then done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from childcare.admin.pages import application_of, note_child_reading
from childcare.backoffice.applications import APPLICATION_ACTIONS
from childcare.models import Application
from circle.backoffice.row_actions import ask_or_perform, find_action


@require_http_methods(["GET", "HEAD", "POST"])
def ask_about(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """application/ask/<code>/<verb>/[?back=board]: says what it will do and what it needs; POST does it."""
    action = find_action(APPLICATION_ACTIONS, name)
    application = application_of(request, code, action.permission)
    note_child_reading(request, application)

    def done(_outcome: Any) -> str:
        words = {"code": application.code, "status": application.get_status_display()}
        return gettext("%(code)s: %(status)s.") % words

    return ask_or_perform(
        request,
        action,
        application,
        address(application, request.GET.get("back", "")),
        done=done,
        about="admin/childcare/application/_facts.html",
        application=application,
    )


def address(application: Application, back: str) -> str:
    """Of the board where the verb was chosen there, else of the application itself."""
    if back == "board":
        return reverse("admin:childcare_application_board")
    return reverse("admin:childcare_application_change", args=[application.pk])
