"""Resolutions and minutes at the desk."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as
from council import actions
from council.backoffice.reasons import CouncilReasonForm, PublicForm
from council.backoffice.roll import TimeOfDay
from council.models import AnnulledResolution, MinutesVersion, Resolution
from council.models.minutes import OPEN
from council.models.topics import TEXT_LENGTH

Status = MinutesVersion.Status
# Whoever may write minutes may not therefore approve them or send them back.
CHANGE, APPROVE = "council.change_minutesversion", "council.approve_minutesversion"


class ResolutionForm(forms.Form):
    text_zh = forms.CharField(
        label=_("What was decided (Chinese)"),
        strip=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what was decided.")},
    )
    text_en = forms.CharField(
        label=_("What was decided (English)"),
        required=False,
        strip=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    yes = forms.IntegerField(label=_("Hands for it"), min_value=0, max_value=9999)
    no = forms.IntegerField(label=_("Hands against"), min_value=0, max_value=9999)
    abstain = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=9999)
    time = TimeOfDay(label=_("Counted at"), help_text=_("Empty: now, or after the session at its end."))


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
        max_length=actions.MINUTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    en = forms.CharField(
        label=_("Minutes (English)"),
        required=False,
        strip=False,
        max_length=actions.MINUTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ApprovalForm(RowForm):
    """Brings back the digest of the text that was shown."""

    def clean(self) -> dict[str, Any]:
        return {"digest": self.data.get("digest", "")}


def can_be_corrected(minutes: MinutesVersion, at: dt.datetime) -> bool:
    return minutes.is_public and not minutes.meeting.minutes.filter(status__in=OPEN).exists()


MINUTES_ACTIONS = action_table(
    CHANGE,
    RowAction(
        "submit_minutes",
        _("Give them to review"),
        pass_row_as("minutes", actions.submit_minutes),
        available=is_in(Status.DRAFT),
        form=PublicForm,
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
)
