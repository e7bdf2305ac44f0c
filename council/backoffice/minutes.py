"""Resolutions and minutes at the desk."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as, text_field
from council import actions
from council.actions.minutes import HEAD_LENGTH
from council.backoffice.public_texts import MinutesPublicForm
from council.backoffice.reasons import CouncilReasonForm
from council.models import (
    Amendment,
    AnnulledResolution,
    MinutesVersion,
    Resolution,
    roll_entries,
)
from council.models.amendments import TEXT_LENGTH as AMENDMENT_LENGTH
from council.models.minutes import OPEN

Status = MinutesVersion.Status
# Whoever may write minutes may not therefore approve them or send them back.
CHANGE, APPROVE = "council.change_minutesversion", "council.approve_minutesversion"


class AnnulmentForm(CouncilReasonForm):
    """Carries the revision of the count that it was filled in upon."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Resolution, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial={"seen": row.revision}, **kwargs)

    def clean_seen(self) -> int:
        seen: int | None = self.cleaned_data["seen"]
        return -1 if seen is None else seen


def annul_count(resolution: Resolution, **said: Any) -> AnnulledResolution:
    return actions.annul_resolution(item=resolution.item, **said)


ANNUL = RowAction(
    "annul",
    _("Annul this count"),
    annul_count,
    permission="council.change_meeting",
    form=AnnulmentForm,
    sentence=_("It stays on record with your reason, and its number is not given again."),
)


class PointForm(forms.Form):
    """What was said on one item, in both languages."""

    zh = forms.CharField(
        label=_("Minutes (Chinese)"),
        required=False,
        strip=False,  # the first paragraph is indented as the others are
        widget=forms.Textarea(attrs={"rows": 7, "data-most": actions.MINUTES_LENGTH}),
    )
    en = forms.CharField(
        label=_("Minutes (English)"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-most": actions.MINUTES_LENGTH}),
    )


class HeadForm(forms.Form):
    """Who led the meeting and who wrote it down."""

    chaired_by = forms.CharField(label=_("In the chair"), required=False, max_length=HEAD_LENGTH)
    recorded_by = forms.CharField(label=_("Written down by"), required=False, max_length=HEAD_LENGTH)


class ApprovalForm(RowForm):
    """Brings back the digest of the text that was shown."""

    def clean(self) -> dict[str, Any]:
        return {"digest": self.data.get("digest", "")}


class AmendmentForm(RowForm):
    """For somebody who was there and says it at the desk."""

    membership = forms.TypedChoiceField(label=_("Who asks for it"))
    item = forms.TypedChoiceField(label=_("Item"))
    text = text_field("text", _("What should stand there, in public words"), AMENDMENT_LENGTH)

    def __init__(self, *args: Any, row: MinutesVersion, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        fields: dict[str, Any] = self.fields
        there = [entry for entry in roll_entries(row.meeting) if entry.spans]
        seats = {entry.membership_id: entry.membership for entry in there}
        items = {item.pk: item for item in row.meeting.items.order_by("number")}
        fields["membership"].choices = [(pk, seat.resident.name) for pk, seat in seats.items()]
        fields["membership"].coerce = lambda pk: seats[int(pk)]
        fields["item"].choices = [(pk, str(item)) for pk, item in items.items()]
        fields["item"].coerce = lambda pk: items[int(pk)]


class AmendmentAnswerForm(CouncilReasonForm):
    amendment = forms.ModelChoiceField(Amendment.objects.none(), label=_("Amendment"), empty_label=None)

    def __init__(self, *args: Any, row: MinutesVersion, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        choice = self.fields["amendment"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        open_ones = row.amendments.filter(status=Amendment.Status.OPEN)
        choice.queryset = open_ones.select_related("item")


def has_open_amendment(minutes: MinutesVersion, at: dt.datetime) -> bool:
    return minutes.amendments.filter(status=Amendment.Status.OPEN).exists()


def accept_amendment(minutes: MinutesVersion, **said: Any) -> Amendment:
    return actions.accept_amendment(**said)


def refuse_amendment(minutes: MinutesVersion, **said: Any) -> Amendment:
    return actions.refuse_amendment(**said)


def can_be_corrected(minutes: MinutesVersion, at: dt.datetime) -> bool:
    return minutes.is_public and not minutes.meeting.minutes.filter(status__in=OPEN).exists()


def is_redaction_asked(minutes: MinutesVersion, at: dt.datetime) -> bool:
    return minutes.is_public and minutes.redaction_asked_by_id is not None


MINUTES_ACTIONS = action_table(
    CHANGE,
    RowAction(
        "submit_minutes",
        _("Give them to review"),
        pass_row_as("minutes", actions.submit_minutes),
        available=is_in(Status.DRAFT),
        form=MinutesPublicForm,
        sentence=_(
            "Roll, results and text are fixed until they are returned. Somebody else must approve them."
        ),
    ),
    RowAction(
        "drop_correction",
        _("Drop this correction"),
        pass_row_as("minutes", actions.drop_correction),
        available=lambda minutes, at: minutes.status == Status.DRAFT and minutes.version > 1,
        sentence=_("What is written in it is lost. The published minutes stay as they are."),
    ),
    RowAction(
        "ask_amendment",
        _("Record an amendment"),
        pass_row_as("minutes", actions.ask_amendment),
        available=is_in(Status.IN_REVIEW),
        form=AmendmentForm,
        sentence=_(
            "Of somebody who was there, to an item they were there for. It is answered with a reason."
        ),
    ),
    RowAction(
        "accept_amendment",
        _("Accept an amendment"),
        accept_amendment,
        available=has_open_amendment,
        permission=APPROVE,
        form=AmendmentAnswerForm,
        sentence=_("Then return the minutes: they are approved only once their text is changed."),
    ),
    RowAction(
        "refuse_amendment",
        _("Refuse an amendment"),
        refuse_amendment,
        available=has_open_amendment,
        permission=APPROVE,
        form=AmendmentAnswerForm,
        sentence=_("The text stays. Whoever asked reads your reason."),
    ),
    RowAction(
        "approve_minutes",
        _("Approve the minutes"),
        pass_row_as("minutes", actions.approve_minutes),
        available=is_in(Status.IN_REVIEW),
        permission=APPROVE,
        form=ApprovalForm,
        sentence=_("You have read them and find them right. Whoever wrote in them cannot approve them."),
    ),
    RowAction(
        "publish_minutes",
        _("Publish the minutes"),
        pass_row_as("minutes", actions.publish_minutes),
        available=is_in(Status.APPROVED),
        sentence=_("They become public for good: nobody can change them. A correction is a new version."),
    ),
    RowAction(
        "return_minutes",
        _("Return them to be written again"),
        pass_row_as("minutes", actions.return_minutes),
        available=is_in(Status.IN_REVIEW, Status.APPROVED),
        permission=APPROVE,
        form=CouncilReasonForm,
        sentence=_("They become a draft again, with your reason."),
    ),
    RowAction(
        "correct_minutes",
        _("Begin a correction"),
        pass_row_as("published", actions.correct_minutes),
        available=can_be_corrected,
        form=CouncilReasonForm,
        sentence=_("A new version begins with the published text. Say what is wrong: everybody reads it."),
    ),
    RowAction(
        "ask_redaction",
        _("Ask to withdraw the text"),
        pass_row_as("minutes", actions.ask_redaction),
        available=lambda minutes, at: minutes.is_public and not minutes.redaction_asked_by_id,
        form=CouncilReasonForm,
        sentence=_("For a text that tells of a person. Somebody else withdraws it. Everybody reads why."),
    ),
    RowAction(
        "redact_minutes",
        _("Withdraw the text"),
        pass_row_as("minutes", actions.redact_minutes),
        available=is_redaction_asked,
        permission=APPROVE,
        sentence=_("It is gone for good. Its fingerprint and the reason stay public."),
    ),
    RowAction(
        "refuse_redaction",
        _("Leave the text public"),
        pass_row_as("minutes", actions.refuse_redaction),
        available=is_redaction_asked,
        permission=APPROVE,
        sentence=_("Nobody asks for its withdrawal any more."),
    ),
)
