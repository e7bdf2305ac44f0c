"""A question about several rows of a list, asked before each of them is changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circle.backoffice.confirmation import Question, render_question, show_refusal
from circle.booking.transitions import checked_reason

MAX_ROWS_AT_ONCE = 200


def ask_about_rows(
    request: HttpRequest,
    rows: QuerySet[Any],
    question: Question,
    act: Callable[[Any, str], Any],
    describe: Callable[[Any], str] = str,
) -> HttpResponse | None:
    """A bulk action: asks first, then acts on each row separately. A refusal names its row."""
    chosen = list(rows[: MAX_ROWS_AT_ONCE + 1])
    if len(chosen) > MAX_ROWS_AT_ONCE:
        sentence = _("Choose at most %(count)s rows at once.")
        show_refusal(
            request, ValidationError(sentence, code="too_many_rows", params={"count": MAX_ROWS_AT_ONCE})
        )
        return None
    hidden = [(ACTION_CHECKBOX_NAME, row.pk) for row in chosen]
    hidden += [("action", request.POST["action"]), ("confirmed", "yes")]
    question = replace(question, rows=[describe(row) for row in chosen], hidden=hidden)
    if "confirmed" not in request.POST:
        return render_question(request, question)
    said = request.POST.get(question.answer.name, "") if question.answer else ""
    if question.answer:
        try:
            said = checked_reason(said, question.answer.most)
        except ValidationError as refusal:
            return render_question(request, replace(question, refusal=refusal))
    done = sum(act_on_row(request, row, said, act, describe) for row in chosen)
    if done:
        text = ngettext("%(count)s row is done.", "%(count)s rows are done.", done)
        messages.success(request, text % {"count": done})
    return None


def act_on_row(
    request: HttpRequest, row: Any, said: str, act: Callable[[Any, str], Any], describe: Callable[[Any], str]
) -> bool:
    try:
        act(row, said)
    except ValidationError as refusal:
        words = {"row": describe(row), "reason": refusal.messages[0]}
        show_refusal(request, ValidationError(_("%(row)s: %(reason)s"), code=refusal.code, params=words))
        return False
    return True
