"""Posted resolutions and what they make somebody do, at the desk."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as, text_field
from circle.models import Firm, StaffPost, User
from council import actions
from council.actions.replies import AT_THE_DESK
from council.models import ActionItem, Body, Objection, Posting
from council.models.action_items import REASON_LENGTH
from council.models.postings import TEXT_LENGTH

CHANGE_POSTING, CHANGE_ACTION = "council.change_posting", "council.change_actionitem"
VERIFY = "council.verify_actionitem"
Status = ActionItem.Status
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ObjectionForm(RowForm):
    text = text_field("text", _("Objection in public words"), TEXT_LENGTH)
    received_on = forms.DateField(label=_("received on"), required=False, initial=localdate, widget=DATE)


class ObjectionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.received_on:%Y-%m-%d} {obj.text}"


class ObjectionAnswerForm(RowForm):
    objection = ObjectionField(Objection.objects.none(), label=_("Objection"), empty_label=None)
    answer_zh = text_field("answer_zh", _("Answer (Chinese)"), TEXT_LENGTH)
    answer_en = forms.CharField(label=_("Answer (English)"), max_length=TEXT_LENGTH, required=False)

    def __init__(self, *args: Any, row: Posting, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        choice = self.fields["objection"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        choice.queryset = row.objections.filter(status=Objection.Status.OPEN)


class ActionForm(RowForm):
    """One list of owners: colleagues, firms and bodies of the community."""

    title_zh = text_field("title_zh", _("What is to be done (Chinese)"), 120)
    title_en = forms.CharField(label=_("What is to be done (English)"), max_length=180, required=False)
    owner = forms.ChoiceField(
        label=_("Who does it"), error_messages={"required": _("One colleague, one firm or one body does it.")}
    )
    due_on = forms.DateField(label=_("Due on"), widget=DATE)

    def __init__(self, *args: Any, row: Posting, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        choice = self.fields["owner"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - tells the type checker
        choice.choices = [("", "–"), *owner_groups(row.community_id)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kind, _sign, number = said.pop("owner", "").partition("-")
        models: dict[str, QuerySet[Any]] = {
            "person": User.objects.all(),
            "firm": Firm.objects.all(),
            "body": Body.objects.all(),
        }
        return said | ({kind: models[kind].get(pk=number)} if kind else {})


def owner_groups(community: int) -> list[tuple[Any, list[tuple[str, str]]]]:
    posts = StaffPost.objects.active(localdate()).giving(AT_THE_DESK).filter(community=community)
    people = posts.filter(user__is_active=True).select_related("user").order_by("user__name", "pk")
    rows: dict[str, QuerySet[Any]] = {
        "firm": Firm.objects.filter(community=community),
        "body": Body.objects.filter(community=community),
    }
    return [
        (_("Colleagues"), [(f"person-{post.user_id}", str(post)) for post in people]),
        (_("Firms"), [(f"firm-{row.pk}", row.name) for row in rows["firm"]]),
        (_("Bodies"), [(f"body-{row.pk}", row.name) for row in rows["body"]]),
    ]


def has_open_objection(posting: Posting, at: dt.datetime) -> bool:
    return posting.objections.filter(status=Objection.Status.OPEN).exists()


def add_action(posting: Posting, **said: Any) -> ActionItem:
    return actions.add_action(resolution=posting.resolution, **said)


def answer_objection(posting: Posting, **said: Any) -> Objection:
    return actions.answer_objection(**said)


def uphold_objection(posting: Posting, **said: Any) -> Objection:
    return actions.uphold_objection(**said)


POSTING_ACTIONS = action_table(
    CHANGE_POSTING,
    RowAction(
        "add_action",
        _("Say who does what"),
        add_action,
        available=is_in(Posting.Status.POSTED, Posting.Status.IN_FORCE),
        permission=CHANGE_ACTION,
        form=ActionForm,
        sentence=_("It stands on every agenda until another person has verified that it is done."),
    ),
    RowAction(
        "object",
        _("Take down an objection"),
        pass_row_as("posting", actions.record_objection),
        available=is_in(Posting.Status.POSTED),
        form=ObjectionForm,
        sentence=_("In public words, without a name. Until it is answered the resolution is not in force."),
    ),
    RowAction(
        "answer",
        _("Answer an objection"),
        answer_objection,
        available=has_open_objection,
        form=ObjectionAnswerForm,
        sentence=_("The resolution stands, and everybody reads why."),
    ),
    RowAction(
        "uphold",
        _("Send it back to the meeting"),
        uphold_objection,
        available=has_open_objection,
        form=ObjectionAnswerForm,
        sentence=_("The objection is right: the item proposes itself for the next agenda."),
    ),
)


class BeginForm(RowForm):
    urgent_reason = forms.CharField(
        label=_("Why it is urgent"),
        help_text=_("Only where the resolution is not in force yet."),
        required=False,
        max_length=REASON_LENGTH,
    )


class StepForm(RowForm):
    text = text_field("text", _("In public words"), TEXT_LENGTH)
    evidence = forms.CharField(
        label=_("Evidence"),
        help_text=_("Such as the number of an invoice, a notice or a photograph in the files."),
        required=False,
        max_length=REASON_LENGTH,
    )


class ReturnForm(RowForm):
    reason = text_field("reason", _("What is missing"), TEXT_LENGTH)


OWN_STEPS = ("begin", "progress", "report")

ACTION_ITEM_ACTIONS = action_table(
    CHANGE_ACTION,
    RowAction(
        "begin",
        pgettext_lazy("an action of a resolution", "Begin"),
        pass_row_as("action_item", actions.begin_action),
        available=is_in(Status.OPEN),
        form=BeginForm,
    ),
    RowAction(
        "progress",
        _("Note how far it is"),
        pass_row_as("action_item", actions.note_progress),
        available=is_in(Status.DOING),
        form=StepForm,
        sentence=_("Everybody reads it."),
    ),
    RowAction(
        "report",
        _("Say that it is done"),
        pass_row_as("action_item", actions.report_action),
        available=is_in(Status.DOING),
        form=StepForm,
        sentence=_("Everybody reads it. Another person then verifies it."),
    ),
    RowAction(
        "verify",
        _("Verify that it is done"),
        pass_row_as("action_item", actions.verify_action),
        available=is_in(Status.REPORTED),
        permission=VERIFY,
        sentence=_("You have seen it. Whoever did or reported it cannot verify it."),
    ),
    RowAction(
        "return",
        _("It is not done yet"),
        pass_row_as("action_item", actions.return_action),
        available=is_in(Status.REPORTED),
        permission=VERIFY,
        form=ReturnForm,
        sentence=_("It is under way again, and everybody reads why."),
    ),
)

# What whoever has to carry it out says of their own, whatever else they may do. That something is urgent and
# may begin before its resolution is in force, the desk says and not who gains by it.
OWN_ACTIONS = [
    replace(each, form=RowForm) if each.name == "begin" else each
    for each in ACTION_ITEM_ACTIONS
    if each.name in OWN_STEPS
]
