"""Further steps with a topic at the desk: read, referred, joined, extended, answered for now, called back."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as, text_field
from circle.models import User
from council import actions
from council.actions.answers import offices_in_charge
from council.backoffice.public_texts import TopicPublicForm
from council.models import Evaluation, Office, Topic
from council.models.stations import NOTE_LENGTH, WORDS_LENGTH
from council.models.topics import TEXT_LENGTH

Status = Topic.Status
OPEN = is_in(Status.RECEIVED, Status.ACCEPTED)


def long_text(label: Any, *, required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=TEXT_LENGTH,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Write the answer.")},
    )


class OfficeAnswerForm(TopicPublicForm):
    """An answer is signed by an office that holds the topic."""

    public_fields = ("answer_zh", "answer_en")

    answer_zh = long_text(_("Answer (Chinese)"))
    answer_en = long_text(_("Answer (English)"), required=False, rows=3)
    office = forms.ChoiceField(label=_("Signed by"), required=False)

    def __init__(self, *args: Any, row: Topic, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(office, Office(office).label) for office in offices_in_charge(row)]


class PublicReasonForm(RowForm):
    """Everybody reads it."""

    reason_zh = text_field("reason_zh", _("Reason, for everybody to read (Chinese)"), NOTE_LENGTH)
    reason_en = forms.CharField(
        label=_("Reason, for everybody to read (English)"), required=False, max_length=NOTE_LENGTH
    )


class ReferForm(PublicReasonForm):
    office = forms.ChoiceField(
        label=_("To which office"),
        choices=Office.choices,
        error_messages={"required": _("Choose an office.")},
    )
    due_on = forms.DateField(
        label=_("By when"),
        help_text=_("Empty: as many working days as for an answer."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ["office", "due_on", "reason_zh", "reason_en"]


class MergeForm(RowForm):
    """The other one by its number; the likest are named, so that none has to be looked up."""

    target = forms.CharField(
        label=_("Number of the other topic"),
        max_length=16,
        error_messages={"required": _("Enter the number of the other topic.")},
    )

    def __init__(self, *args: Any, row: Topic, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.rows = Topic.objects.filter(community=row.community_id).exclude(pk=row.pk)
        words = f"{row.public_text_zh} {row.public_text_en} {row.text}"
        likest = self.rows.public().unanswered().like(words)[:5]
        named = [f"{each.receipt} {each.public_text}" for each in likest]
        if named:
            self.fields["target"].help_text = " · ".join(named)

    def clean_target(self) -> Topic:
        found = Topic.objects.filter(
            community=self.row.community_id, receipt=self.cleaned_data["target"].strip().upper()
        ).first()
        if found is None:
            raise ValidationError(_("There is no topic with this number."), code="no_such_topic")
        return found


class HideForm(RowForm):
    reason = text_field("reason", _("Reason"), 200)


class CallBackForm(RowForm):
    """What was said on the phone after the final answer."""

    SAID = [("yes", _("solved")), ("no", _("not solved")), ("gone", _("not reached"))]

    said = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=SAID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is solved.")},
    )
    level = forms.TypedChoiceField(
        label=_("How satisfied with the answer"),
        choices=[("", "–"), *Evaluation.Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    words = forms.CharField(label=_("in their words"), required=False, max_length=WORDS_LENGTH)


def call_back(
    *, topic: Topic, said: str, level: int | None, words: str, at: dt.datetime, by: User
) -> Evaluation:
    """Refuses: nothing_asked (no final answer waits for this), and as evaluate_topic does."""
    asked = topic.evaluations.filter(given_at=None).order_by("-pk").first()
    if asked is None:
        raise ValidationError(
            _("Nothing is to be asked: it was told already, or came without a name."), code="nothing_asked"
        )
    is_reached = said != "gone"
    return actions.evaluate_topic(
        evaluation=asked,
        is_solved=said == "yes" if is_reached else None,
        level=level,
        words=words,
        is_reached=is_reached,
        at=at,
        by=by,
    )


HANDLING = action_table(
    "council.change_topic",
    RowAction(
        "acknowledge",
        _("Read it: the date of the answer counts"),
        pass_row_as("topic", actions.acknowledge_topic),
        available=is_in(Status.RECEIVED),
        done=_("Who raised it is told that the office has read it."),
    ),
    RowAction(
        "interim",
        _("Answer it for now"),
        pass_row_as("topic", actions.answer_for_now),
        available=is_in(Status.ACCEPTED),
        form=OfficeAnswerForm,
        done=_("The interim answer is public; the topic stays open."),
    ),
    RowAction(
        "refer",
        _("Refer it to another office"),
        pass_row_as("topic", actions.refer_topic),
        available=OPEN,
        form=ReferForm,
        done=_("It is referred; the first office stays responsible."),
    ),
    RowAction(
        "return",
        _("Given back: not theirs"),
        pass_row_as("topic", actions.return_topic),
        available=OPEN,
        form=PublicReasonForm,
        done=_("It is back with the first office."),
    ),
    RowAction(
        "merge",
        _("Join it with another one"),
        pass_row_as("topic", actions.merge_topics),
        available=OPEN,
        form=MergeForm,
        done=_("It goes on with the other one; who raised it gets that answer."),
    ),
    RowAction(
        "extend",
        _("Extend its date, once"),
        pass_row_as("topic", actions.extend_topic),
        available=lambda row, at: OPEN(row, at) and not row.is_extended,
        form=PublicReasonForm,
        done=_("It has a later date; everybody reads why."),
    ),
    RowAction(
        "signing",
        _("Let households ask for a meeting"),
        pass_row_as("topic", actions.begin_signing),
        available=lambda row, at: row.status == Status.ACCEPTED and not row.households,
        done=_("Whoever stands behind it now signs for a meeting; one fifth of the households is enough."),
    ),
    RowAction(
        "correct",
        _("Correct the answer"),
        pass_row_as("topic", actions.correct_answer),
        available=is_in(Status.ANSWERED),
        form=OfficeAnswerForm,
        done=_("The correction is public; the answer before it stays on the page."),
    ),
    RowAction(
        "call_back",
        _("Called back: is it solved?"),
        pass_row_as("topic", call_back),
        available=is_in(Status.ANSWERED),
        form=CallBackForm,
        done=_("What was said is taken down."),
    ),
    RowAction(
        "hide",
        _("Take its words off the page"),
        pass_row_as("topic", actions.hide_topic),
        available=lambda row, at: row.shows_words,
        form=HideForm,
        done=_("Its page shows the stations without words."),
    ),
)
