"""The question before a change is saved that takes the time of appointments: stay, move all, or call off."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.confirmation import Question, render_question
from circle.backoffice.group_texts import Row, text_about
from circle.backoffice.rearranging import Decision, Task, forget_messages, go_on, rows_of
from circle.backoffice.row_actions import text_field
from circle.booking.affected import all_appointments, stranded_keys
from circle.booking.form_keys import FORM_KEY, first_answer
from circle.booking.transitions import checked_reason
from circle.identifiers.public_codes import parse_uuids

PREFIX = "affected"
SHOWN = f"{PREFIX}-shown"  # the appointments that the question named
MOST_LINES = 200


class DecisionForm(forms.Form):
    prefix = PREFIX
    decision = forms.ChoiceField(label=_("What happens to them?"), widget=forms.RadioSelect)
    reason = text_field("affected-reason", _("Reason, for all of them"))

    def __init__(self, *args: Any, choices: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision: Any = self.fields["decision"]
        decision.choices = [(each, each.label) for each in choices]
        del self.fields["reason"].widget.attrs["required"]  # where they stay it needs none
        if len(choices) == 1:
            decision.widget, decision.initial = forms.HiddenInput(), choices[0]
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("decision") in (Decision.MOVE, Decision.CALL_OFF):
            try:
                said["reason"] = checked_reason(said.get("reason", ""))
            except ValidationError as refusal:
                self.add_error("reason", refusal)
        return said


class AsksBeforeStranding:
    """For a ModelAdmin whose rows decide when there are times: what is saved, deleted or done to a list and
    takes the time of appointments is asked about first."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view: Any = super()
        return save_asking_first(request, partial(view.changeform_view, request, *args, **kwargs))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view: Any = super()
        return save_asking_first(request, partial(view.delete_view, request, *args, **kwargs))

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view: Any = super()
        return save_asking_first(request, partial(view.changelist_view, request, *args, **kwargs))


def confirm_at_once(request: HttpRequest) -> None:
    """For a bulk action that strands appointments: the question about these is the only one."""
    sent = request.POST.copy()
    sent["confirmed"] = "yes"
    request.POST = sent  # type: ignore[assignment]


def save_asking_first(request: HttpRequest, save: Callable[[], HttpResponse]) -> HttpResponse:
    """The change is made, what it strands is read, and it is rolled back; the answer makes it again.

    Uploaded files would outlast that: the first attempt is made without them.
    """
    if request.method != "POST":
        return save()
    at, kinds, files = timezone.now(), all_appointments(), put_files_aside(request)
    with transaction.atomic():
        before = set(stranded_keys(kinds, at))
        response = save_once(request, save)
        hit = [key for key in stranded_keys(kinds, at) if key not in before]
        if not hit and not files:
            return response
        rows = list(rows_of(request, hit))
        form = decision_form(request, rows)
        is_decided = set(hit) <= shown_keys(request) and form.is_valid()
        if not (hit and is_decided):
            transaction.set_rollback(True)
            forget_messages(request)
    if not hit:
        request._files = files  # type: ignore[attr-defined]  # noqa: SLF001
        return save()
    return carry_out(request, rows, form, response) if is_decided else ask_about(request, hit, rows, form)


def put_files_aside(request: HttpRequest) -> Any:
    files = request.FILES
    request._files = MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001
    return files


def save_once(request: HttpRequest, save: Callable[[], HttpResponse]) -> HttpResponse:
    """An answer to the question that is sent twice saves once."""
    keys = parse_uuids(request.POST.get(FORM_KEY, "")) if SHOWN in request.POST else []
    return first_answer(request, str(keys[0]), save) if keys else save()


def shown_keys(request: HttpRequest) -> set[str]:
    return set(request.POST.get(SHOWN, "").split())


def decision_form(request: HttpRequest, rows: Sequence[Row]) -> DecisionForm:
    """With what this user may decide about these rows: without any of theirs they stay in others' list."""
    choices = [Decision.MOVE, Decision.STAY, Decision.CALL_OFF] if rows else [Decision.STAY]
    return DecisionForm(request.POST if SHOWN in request.POST else None, choices=choices)


def carry_out(
    request: HttpRequest, rows: Sequence[Row], form: DecisionForm, response: HttpResponse
) -> HttpResponse:
    """Each in a transaction of its own, so that nobody who changes one of them waits for the rest."""
    said = form.cleaned_data
    if said["decision"] == Decision.STAY:
        return response
    keys = [f"{kind.name}:{row.pk}" for kind, row in rows]
    back = response.get("Location", request.get_full_path())
    return go_on(request, Task(said["decision"], said["reason"], keys, back, len(keys)))


def ask_about(
    request: HttpRequest, hit: Sequence[str], rows: Sequence[Row], form: DecisionForm
) -> HttpResponse:
    refusal = None
    if SHOWN in request.POST and form.is_valid():
        refusal = ValidationError(
            gettext("Others have been booked meanwhile. Please look at the list again."),
            code="changed_meanwhile",
        )
    question = Question(
        title=gettext("Bookings that lose their time or their carer"),
        button=gettext("Save"),
        back=request.get_full_path(),
        sentences=list(sentences_about(len(hit), len(rows))),
        rows=[kind.describe(row) for kind, row in rows[:MOST_LINES]],
        hidden=[*sent_values(request), (SHOWN, " ".join(hit))],
        refusal=refusal,
    )
    response = render_question(
        request, question, "admin/affected.html", form=form, group_text=text_about(rows)
    )
    if form.errors:
        response.status_code = 422
    return response


def sentences_about(count: int, own: int) -> Iterator[str]:
    yield ngettext(
        "%(count)s booking loses its time or its carer by this change. Nothing is saved yet.",
        "%(count)s bookings lose their time or their carer by this change. Nothing is saved yet.",
        count,
    ) % {"count": count}
    if count > own:
        yield ngettext(
            "%(count)s of them is in the list of others, who see to it.",
            "%(count)s of them are in the list of others, who see to them.",
            count - own,
        ) % {"count": count - own}
    if own > MOST_LINES:
        yield gettext("The first %(count)s of yours are shown.") % {"count": MOST_LINES}


def sent_values(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What was sent, but for the answer to an earlier question and what each form has of its own."""
    for name, values in request.POST.lists():
        if name not in (FORM_KEY, "csrfmiddlewaretoken") and not name.startswith(f"{PREFIX}-"):
            yield from ((name, str(value)) for value in values)
