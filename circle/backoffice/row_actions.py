"""Row actions: a table of actions for each kind of row, and the page that asks first."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record_refusal
from circle.backoffice.confirmation import Question, render_question, show_refusal
from circle.backoffice.resident_card import CardAction
from circle.booking.form_keys import answer_once
from circle.models import User

REASON_LENGTH = 120


class RowForm(forms.Form):
    """The fields are arguments of `perform`. A form without fields asks yes or no."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row


def text_field(name: str, label: Any, most: int = REASON_LENGTH) -> forms.CharField:
    """A required text. The action refuses an empty or too long one, with its code."""
    shown = {"id": name, "rows": 3, "maxlength": most, "required": True}
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs=shown))


class ReasonForm(RowForm):
    reason = text_field("reason", _("Reason"))


@dataclass(frozen=True)
class RowAction:
    """One action of staff on a row. One that `asks` shows a confirm page first.

    `perform` takes the row, `at`, `by` and the form's fields; a dict that it returns is shown in that
    response only. `available` decides what is offered; the action itself still checks.
    `sentence` may be several, as a tuple.
    """

    name: str
    label: Any
    perform: Callable[..., Any]
    available: Callable[[Any, dt.datetime], bool] = lambda row, at: True
    permission: str = ""
    asks: bool = True
    form: Callable[..., forms.Form] = RowForm
    sentence: Any = ()
    button: Any = ""  # the label, unless given
    done: Any = ""  # what is said afterwards

    @property
    def sentences(self) -> list[str]:
        several = self.sentence if isinstance(self.sentence, tuple) else (self.sentence,)
        return [str(each) for each in several if each]


def pass_row_as(name: str, action: Callable[..., Any], **fixed: Any) -> Callable[..., Any]:
    """For `perform`: an action that takes its row by this keyword."""

    def perform(row: Any, **said: Any) -> Any:
        return action(**{name: row}, **fixed, **said)

    return perform


def is_in(*states: str) -> Callable[[Any, dt.datetime], bool]:
    """For `available`: whether the row has one of these states."""
    return lambda row, at: row.status in states


def action_table(permission: str, *actions: RowAction) -> list[RowAction]:
    """The actions of a kind of row, the likeliest first; `permission` is for those that name none."""
    return [each if each.permission else replace(each, permission=permission) for each in actions]


def find_action(actions: Iterable[RowAction], name: str) -> RowAction:
    for action in actions:
        if action.name == name:
            return action
    raise Http404


def available_actions(
    actions: Iterable[RowAction], row: Any, at: dt.datetime, user: User | None = None
) -> list[RowAction]:
    """The actions possible with the row now, in the order of the table; with `user`, those they may do."""
    actions = list(actions)
    needed = {action.permission for action in actions} - {""}
    refused = {name for name in needed if user and not user.has_perm(name)}
    return [each for each in actions if each.permission not in refused and each.available(row, at)]


def form_of(request: HttpRequest, action: RowAction, row: Any) -> forms.Form:
    """With what was sent; files only where it asks for them."""
    form = action.form(request.POST if request.method == "POST" else None, row=row)
    if form.is_multipart():
        form.files = request.FILES
    return form


@answer_once
def ask_or_perform(
    request: HttpRequest,
    action: RowAction,
    row: Any,
    back: Any,
    *,
    done: Callable[[Any], Any] | None = None,
    refused: Callable[[forms.Form], None] | None = None,
    **page: Any,
) -> HttpResponse:
    """GET asks; POST acts and redirects to `back`.

    A refusal is shown on the page that asks, with everything typed; where nothing is asked, on the page
    before. `done` makes the message from the action's result, `refused` is called with a refused form.
    """
    is_sent = request.method == "POST"
    form = form_of(request, action, row)
    if is_sent and form.is_valid():
        try:
            outcome = action.perform(row, at=timezone.now(), by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if isinstance(outcome, dict):
                return render_confirmation(
                    request, action, row, back, **page | {"form": action.form(None, row=row)} | outcome
                )
            messages.success(request, done(outcome) if done else action.done or done_message(action))
            return redirect(back)
    if form.errors and refused:
        refused(form)
    if is_sent and not action.asks:
        for said in refusals_of(form):
            show_refusal(request, said)
        return redirect(back)
    return render_confirmation(request, action, row, back, form=form, **page)


def done_message(action: RowAction) -> str:
    return gettext("Done: %(verb)s.") % {"verb": action.label}


def refusals_of(form: forms.Form) -> list[ValidationError]:
    """The errors of the whole form: the action's refusals, with their codes."""
    return form.non_field_errors().as_data()


def record_refusals(request: HttpRequest, row: Any, verb: str, form: forms.Form) -> None:
    """For `refused`: record the attempt in the audit log of the row."""
    for refusal in refusals_of(form):
        record_refusal(
            verb=verb,
            code=refusal.code or "",
            subject=row,
            community=row.community,
            at=timezone.now(),
            actor=cast(User, request.user),
        )


def question_of(action: RowAction, back: Any, **more: Any) -> Question:
    more = {"sentences": action.sentences} | more
    return Question(str(action.label), str(action.button or action.label), str(back), **more)


def render_confirmation(
    request: HttpRequest,
    action: RowAction,
    row: Any,
    back: Any,
    *,
    form: forms.Form,
    url: str = "",
    hidden: Iterable[tuple[str, Any]] = (),
    about: str = "",
    **context: Any,
) -> HttpResponse:
    """The confirm page. `about` is the template that shows the row; without it its name is shown."""
    question = question_of(
        action,
        back,
        sentences=[*([str(row)] if row and not about else []), *action.sentences],
        hidden=list(hidden),
        url=url,
        refusal=next(iter(refusals_of(form)), None),
    )
    context |= {"form": form, "about": about}
    response = render_question(request, question, "admin/row_action.html", **context)
    if form.errors:
        response.status_code = 422
    return response


def card_actions(
    actions: Iterable[RowAction], key: Any, *, ask: str, do: str = "", back: str = "?back=card"
) -> list[CardAction]:
    """The actions as buttons of the resident card, to which they return.

    `ask` and `do` are URL names: of the page that asks first, and of the one that acts at once.
    """
    return [
        CardAction(action.label, f"{reverse(ask, args=[key, action.name])}{back}")
        if action.asks
        else CardAction(action.label, reverse(do, args=[key]), {"verb": action.name, "back": "card"})
        for action in actions
    ]
