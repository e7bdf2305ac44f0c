"""Resolutions and minutes at the desk."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as, text_field
from council import actions
from council.actions.minutes import HEAD_LENGTH
from council.backoffice.public_texts import MinutesPublicForm
from council.backoffice.reasons import CouncilReasonForm
from council.backoffice.roll import TimeOfDay, time_of_day
from council.models import (
    Amendment,
    AnnulledResolution,
    Meeting,
    MinutesVersion,
    Resolution,
    Vote,
    roll_entries,
)
from council.models.amendments import TEXT_LENGTH as AMENDMENT_LENGTH
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
    method = forms.ChoiceField(
        label=_("How it was counted"),
        required=False,
        choices=Resolution.Method,
        help_text=_("Where all slips are alike, or one member votes, everybody knows who voted how."),
    )
    yes, no, abstain = (
        forms.IntegerField(label=label, required=False, min_value=0, max_value=9999)
        for label in (_("Hands for it"), _("Hands against"), _("Abstained"))
    )
    invalid = forms.IntegerField(label=_("Invalid slips"), required=False, min_value=0, max_value=9999)
    counted_by = forms.TypedChoiceField(label=_("Who counted the slips"), required=False, empty_value=None)
    watched_by = forms.TypedChoiceField(label=_("Who watched"), required=False, empty_value=None)
    time = TimeOfDay(label=_("Counted at"), help_text=_("Empty: now, or after the session at its end."))

    def __init__(self, data: Any, *, meeting: Meeting, resolution: Resolution | None) -> None:
        super().__init__(data, initial=resolution_initial(resolution))
        fields: dict[str, Any] = self.fields
        for number in range(1, OPTIONS + 1):
            fields |= option_fields(number)
        entries = roll_entries(meeting)
        self.seats = {entry.membership_id: entry.membership for entry in entries}
        people = [(entry.membership_id, entry.membership.resident.name) for entry in entries]
        for name in ("counted_by", "watched_by"):
            fields[name].choices = [("", "–"), *people]
            fields[name].coerce = lambda pk: self.seats[int(pk)]
        for entry in entries:
            if entry.is_voting:
                label = entry.membership.resident.name
                choices = [("", "–"), *Vote.Choice.choices]
                fields[vote_name(entry.membership_id)] = forms.ChoiceField(
                    label=label, required=False, choices=choices
                )

    @property
    def common_fields(self) -> list[Any]:
        return [field for field in self if not field.name.startswith((VOTE, OPTION))]

    @property
    def option_fields(self) -> list[Any]:
        return [field for field in self if field.name.startswith(OPTION)]

    @property
    def has_options(self) -> bool:
        return any(field.value() for field in self.option_fields)

    @property
    def vote_fields(self) -> list[Any]:
        return [field for field in self if field.name.startswith(VOTE)]

    @property
    def votes_of_nobody(self) -> list[str]:
        """Votes in a request made by hand, for observers, former members or seats of another body."""
        sent = [name for name in self.data if name.startswith(VOTE) and self.data[name]]
        return [name for name in sent if name not in self.fields]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["method"] = said.get("method") or Resolution.Method.HANDS
        is_by_name = said["method"] == Resolution.Method.RECORDED
        said["options"] = self.pop_options(said)
        asked = ("abstain",) if said["options"] else ("yes", "no", "abstain")
        for name in asked:
            if said.get(name) is None and not is_by_name and not self.has_error(name):
                self.add_error(name, ValidationError(_("Count them; nobody is nought."), code="required"))
        votes = {pk: said.pop(vote_name(pk), "") for pk in self.seats}
        said["votes"] = {pk: choice for pk, choice in votes.items() if choice and is_by_name}
        for name in ("yes", "no", "abstain", "invalid"):
            said[name] = 0 if is_by_name else said.get(name) or 0
        return said

    def pop_options(self, said: dict[str, Any]) -> list[actions.OptionCount]:
        """Those of which anything is said; one without a number of votes has none."""
        found = []
        for number in range(1, OPTIONS + 1):
            zh, en, votes = (said.pop(f"{OPTION}{name}_{number}", None) for name in ("zh", "en", "votes"))
            if zh or en or votes is not None:
                found.append(actions.OptionCount(zh or "", votes or 0, en or ""))
        return found


VOTE = "vote_"
OPTION = "option_"
OPTIONS = 6


def option_fields(number: int) -> dict[str, forms.Field]:
    words = {"number": number}
    return {
        f"{OPTION}zh_{number}": forms.CharField(
            label=_("Option %(number)s (Chinese)") % words, required=False, max_length=120
        ),
        f"{OPTION}en_{number}": forms.CharField(
            label=_("Option %(number)s (English)") % words, required=False, max_length=180
        ),
        f"{OPTION}votes_{number}": forms.IntegerField(
            label=_("Votes for option %(number)s") % words, required=False, min_value=0, max_value=9999
        ),
    }


def options_initial(resolution: Resolution) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for option in resolution.options.all():
        said = {"zh": option.text_zh, "en": option.text_en, "votes": option.votes}
        values |= {f"{OPTION}{name}_{option.number}": value for name, value in said.items()}
    return values | ({"yes": None, "no": None} if values else {})


def vote_name(membership: int) -> str:
    return f"{VOTE}{membership}"


def resolution_initial(resolution: Resolution | None) -> dict[str, Any]:
    if resolution is None:
        return {}
    same = ("text_zh", "text_en", "yes", "no", "abstain", "invalid", "method")
    tellers = {"counted_by": resolution.counted_by_id, "watched_by": resolution.watched_by_id}
    votes = {vote_name(vote.membership_id): vote.choice for vote in resolution.votes.all()}
    return (
        {name: getattr(resolution, name) for name in same}
        | tellers
        | votes
        | options_initial(resolution)
        | {"time": time_of_day(resolution.voted_at)}
    )


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
