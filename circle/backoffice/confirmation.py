"""Confirm pages of the back office, for actions that cannot simply be undone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circle.booking.transitions import checked_reason

MAX_ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class Answer:
    """A required text."""

    name: str
    label: str
    value: str = ""
    most: int = 120  # characters


@dataclass(frozen=True)
class Question:
    title: str
    button: str
    back: str  # where "no" leads
    sentences: Sequence[str] = ()
    rows: Iterable[Any] = ()
    hidden: Sequence[tuple[str, Any]] = ()
    url: str = ""  # where the answer goes: to the same address unless given
    answer: Answer | None = None
    refusal: ValidationError | None = None


def render_question(
    request: HttpRequest, question: Question, template: str = "admin/ask.html", **more: Any
) -> HttpResponse:
    """The page of a question, with the reason after a refused answer."""
    context = admin.site.each_context(request) | {"title": question.title, "question": question} | more
    return render(request, template, context, status=422 if question.refusal else 200)


def show_refusal(request: HttpRequest, refusal: ValidationError) -> None:
    """Show the refusal on the next page, with its code as `data-code`."""
    messages.error(request, refusal.messages[0], refusal.code or "")


def show_warning(request: HttpRequest, warning: tuple[str, str] | None, code: str) -> None:
    """Say it on the next page, with a link to what it is about; `code` becomes `data-code` there."""
    if warning:
        sentence, url = warning
        link = format_html('{} <a href="{}">{}</a>', sentence, url, _("Show them"))
        messages.warning(request, link, code)


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
    done = sum(act_on_row(request, row, said, act) for row in chosen)
    if done:
        text = ngettext("%(count)s row is done.", "%(count)s rows are done.", done)
        messages.success(request, text % {"count": done})
    return None


def act_on_row(request: HttpRequest, row: Any, said: str, act: Callable[[Any, str], Any]) -> bool:
    try:
        act(row, said)
    except ValidationError as refusal:
        words = {"row": str(row), "reason": refusal.messages[0]}
        show_refusal(request, ValidationError(_("%(row)s: %(reason)s"), code=refusal.code, params=words))
        return False
    return True
