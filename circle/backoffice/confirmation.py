"""Confirm pages of the back office, for actions that cannot simply be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _


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
