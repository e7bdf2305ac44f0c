"""The result of an item at the desk: what was decided, and how it was counted."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from council import actions
from council.backoffice.roll import TimeOfDay, time_of_day
from council.models import Meeting, Resolution, Vote, roll_entries
from council.models.topics import TEXT_LENGTH

VOTE = "vote_"
OPTION = "option_"
OPTIONS = 6
OPTION_CHOICES = [
    (str(number), format_lazy(_("for option {number}"), number=number)) for number in range(1, OPTIONS + 1)
]


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
    # Which votes this page showed, signed: one of them that has no seat by now was typed in good faith.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

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
                choices = [("", "–"), *Vote.Choice.choices, *OPTION_CHOICES]
                fields[vote_name(entry.membership_id)] = forms.ChoiceField(
                    label=label, required=False, choices=choices
                )
        self.salt = f"votes of meeting {meeting.pk}"
        voting = [entry.membership_id for entry in entries if entry.is_voting]
        self.initial["shown"] = signing.dumps(voting, salt=self.salt)

    @property
    def common_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if not field.name.startswith((VOTE, OPTION))]

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
    def votes_without_seat(self) -> set[str]:
        """For observers, former members or seats of another body."""
        sent = {name for name in self.data if name.startswith(VOTE) and self.data[name]}
        return sent - self.fields.keys()

    @property
    def votes_of_nobody(self) -> set[str]:
        """In a request made by hand: no page has shown a field for them."""
        try:
            shown = signing.loads(self.data.get("shown", ""), salt=self.salt)
        except signing.BadSignature:
            shown = []
        return self.votes_without_seat - {vote_name(seat) for seat in shown}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said.pop("shown", None)
        if self.votes_without_seat:
            raise ValidationError(
                _("Somebody whose vote you put down has none any more. Look at the roll, and count again."),
                code="not_entitled",
            )
        said["method"] = said.get("method") or Resolution.Method.HANDS
        is_by_name = said["method"] == Resolution.Method.RECORDED
        numbers, said["options"] = self.pop_options(said)
        asked = ("abstain",) if said["options"] else ("yes", "no", "abstain")
        for name in asked:
            if said.get(name) is None and not is_by_name and not self.has_error(name):
                self.add_error(name, ValidationError(_("Count them; nobody is nought."), code="required"))
        votes = {pk: said.pop(vote_name(pk), "") for pk in self.seats}
        known = {choice: choice for choice in Vote.Choice.values} | numbers
        said["votes"] = {  # nought: an option without words, which the action refuses
            pk: known.get(choice, "0") for pk, choice in votes.items() if choice and is_by_name
        }
        for name in ("yes", "no", "abstain", "invalid"):
            said[name] = 0 if is_by_name else said.get(name) or 0
        return said

    def pop_options(self, said: dict[str, Any]) -> tuple[dict[str, str], list[actions.OptionCount]]:
        """Those of which anything is said, and which number each has among them.

        One without a number of votes has none; by name the votes are counted.
        """
        found: list[actions.OptionCount] = []
        numbers = {}
        for number in range(1, OPTIONS + 1):
            zh, en, votes = (said.pop(f"{OPTION}{name}_{number}", None) for name in ("zh", "en", "votes"))
            if zh or en or votes is not None:
                found.append(actions.OptionCount(zh or "", votes or 0, en or ""))
                numbers[str(number)] = str(len(found))
        return numbers, found


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
