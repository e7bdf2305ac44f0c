"""Surveys in the back office: what was said at the window or written on a sheet is typed in."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.actions import answer_survey, count_sheets
from circle.backoffice.post_permissions import require_permissions
from circle.backoffice.row_actions import (
    RowAction,
    action_table,
    ask_or_perform,
    available_actions,
    find_action,
    pass_row_as,
)
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.forms.surveys import SheetsForm, TypedSurveyForm
from circle.models import Survey, SurveyAnswer, within_posts
from circle.models.surveys import CHANGE


def type_in(survey: Survey, *, at: Any, by: Any, channel: str, **answers: int) -> SurveyAnswer:
    return answer_survey(survey=survey, answers=answers, channel=channel, at=at, by=by)


def is_open(survey: Survey, at: Any) -> bool:
    return survey.is_open_on(timezone.localdate(at))


ACTIONS = action_table(
    CHANGE,
    RowAction(
        "type",
        _("Type in an answer"),
        type_in,
        is_open,
        form=TypedSurveyForm,
        sentence=_("As it was said at the window or ticked on the sheet. No name belongs here."),
    ),
    RowAction(
        "sheets",
        _("Note how many sheets were handed out"),
        pass_row_as("survey", count_sheets),
        is_open,
        form=SheetsForm,
        sentence=_("All of this quarter together: the response rate is counted from it."),
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """survey/<pk>/act/<name>/"""
    require_permissions(request, CHANGE)
    row = get_object_or_404(Survey.objects.filter(within_posts(request.user, CHANGE)), pk=pk)
    back = reverse("admin:circle_survey_change", args=[row.pk])
    return ask_or_perform(request, find_action(ACTIONS, name), row, back)


@admin.register(Survey)
class SurveyAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "opens_on", "closes_on", "community"]
    list_select_related = ["community"]
    fields = ["year", "quarter", ("opens_on", "closes_on"), "invited", "came", "papers_out"]
    readonly_fields = ["invited", "came"]
    change_form_template = "admin/circle/survey/change_form.html"
    view_on_site = False

    def pages(self) -> Pages:
        return [("<int:pk>/act/<slug:name>/", act, "act")]

    @admin.display(description=_("asked by link"))
    def invited(self, row: Survey) -> int:
        return row.invitations.count()

    @admin.display(description=_("answers"))
    def came(self, row: Survey) -> int:
        return row.answers.count()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        may_act = row is not None and self.may_act(request, row)
        verbs = available_actions(ACTIONS, row, timezone.now()) if may_act else []
        return super().change_view(request, object_id, form_url, {"verbs": verbs} | (extra_context or {}))
