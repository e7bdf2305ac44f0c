"""What the head of the nursery has to settle with families: one list, each line with its next step."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from childcare.actions import close_task
from childcare.actions.tasks import CLOSABLE
from childcare.admin.pages import CHANGE, page
from childcare.models import HeadTask
from childcare.models.tasks import WORDS_LENGTH
from circle.backoffice.post_permissions import require_permissions
from circle.backoffice.row_actions import RowAction, RowForm, ask_or_perform, pass_row_as


class WordsForm(RowForm):
    words = forms.CharField(
        label=_("How it was settled"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


SETTLE = RowAction(
    "settle",
    _("Settle it"),
    pass_row_as("task", close_task),
    permission=CHANGE,
    form=WordsForm,
    sentence=_("You have spoken with the family. Say in a few words what was agreed."),
    done=_("It is settled."),
)


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """application/tasks/: the open ones, the oldest first."""
    require_permissions(request, CHANGE)
    found = HeadTask.objects.for_user(request.user).open()
    rows = found.select_related("application__guardian", "application__offer__nursery_class")
    return page(
        request,
        "application/tasks.html",
        gettext("To settle with families"),
        tasks=rows,
        closable=CLOSABLE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """application/settle/<id>/: how it was settled with the family; POST closes the task."""
    require_permissions(request, CHANGE)
    found = HeadTask.objects.for_user(request.user).select_related("application")
    task = get_object_or_404(found.filter(kind__in=CLOSABLE), pk=pk)
    return ask_or_perform(
        request,
        SETTLE,
        task,
        reverse("admin:childcare_application_tasks"),
        about="admin/childcare/application/_task.html",
        task=task,
    )
