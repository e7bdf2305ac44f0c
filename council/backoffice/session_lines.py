"""The lines of the page of a session: a seat, an item, a waiver of late notice."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council.actions.revisions import changed_meanwhile_error
from council.backoffice.line_forms import LineForm, text_of, text_of_value
from council.backoffice.roll import (
    BACK,
    TimeOfDay,
    is_marked,
    return_fields,
    returns_initial,
    time_of_day,
)
from council.models import AgendaItem, Attendance, Meeting, Membership, Resolution, Waiver
from council.models.topics import TEXT_LENGTH

Kind, Result, Method = AgendaItem.Kind, AgendaItem.Status, Resolution.Method
COUNTS = ("yes", "no", "abstain")
SLIPS = ("method", "invalid", "counted_by", "watched_by")
RETURNS_TO_FILL_IN = 2  # by a page that saves each line by itself and is not loaded anew


class SeatForm(LineForm):
    """One seat: there or not, when it came late or left, and each time it came back."""

    verb = "roll_recorded"
    status = forms.ChoiceField(label=_("There?"), choices=[("", "–"), *Attendance.Status.choices])
    arrived_at = TimeOfDay(label=_("Came later, at"))
    left_at = TimeOfDay(label=_("Left earlier, at"))

    def __init__(self, data: Any, *, meeting: Meeting, entry: Attendance) -> None:
        initial = {
            "status": entry.status if is_marked(meeting, entry) else "",
            "arrived_at": time_of_day(entry.arrived_at),
            "left_at": time_of_day(entry.left_at),
        }
        self.entry = entry
        prefix = f"seat-{entry.membership_id}"
        offered = max(len(entry.returns) + RETURNS_TO_FILL_IN, count_returns(data or {}, prefix))
        initial |= returns_initial(entry)
        super().__init__(data, prefix=prefix, initial=initial, more=return_fields(offered))

    @property
    def first_stay(self) -> list[Any]:
        return self.visible_fields()[:3]

    @property
    def further(self) -> list[Any]:
        """The fields of the stays after the first one."""
        return self.visible_fields()[3:]

    @property
    def has_returned(self) -> bool:
        return any(field.value() for field in self.further)


class ItemForm(LineForm):
    """What came of one item: heard, put off, or hands or slips counted.

    Votes by name and options have a page of their own.
    """

    verb = "resolution_recorded"
    result = forms.ChoiceField(
        label=_("What came of it"),
        required=False,
        choices=[("", "–"), (Result.NOTED, _("noted")), (Result.DEFERRED, _("put off"))],
    )
    text_zh = forms.CharField(
        label=_("What was decided (Chinese)"),
        required=False,
        strip=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),  # a text input would join its lines
    )
    yes, no, abstain = (
        forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            max_value=9999,
            widget=forms.NumberInput(attrs={"data-count": ""}),
        )
        for label in (_("Hands for it"), _("Hands against"), _("Abstained"))
    )
    time = TimeOfDay(label=_("Counted at"))
    method = forms.ChoiceField(
        label=_("How it was counted"),
        required=False,
        choices=[(each, each.label) for each in (Method.HANDS, Method.SECRET)],
        help_text=_("Where all slips are alike, or one member votes, everybody knows who voted how."),
    )
    invalid = forms.IntegerField(label=_("Invalid slips"), required=False, min_value=0, max_value=9999)
    counted_by = forms.TypedChoiceField(label=_("Who counted the slips"), required=False, empty_value=None)
    watched_by = forms.TypedChoiceField(label=_("Who watched"), required=False, empty_value=None)

    def __init__(self, data: Any, *, item: AgendaItem, seats: Mapping[int, Membership]) -> None:
        self.item, self.resolution = item, getattr(item, "resolution", None)
        super().__init__(data, prefix=f"item-{item.pk}", initial=self.saved_values())
        if item.kind != Kind.DECISION or not self.is_counted_here:
            for name in ("text_zh", *COUNTS, "time", *SLIPS):
                del self.fields[name]
            self.saved = self.initial["was"] = text_of(self.initial, self.fields)
            return
        fields: dict[str, Any] = self.fields
        for name in ("counted_by", "watched_by"):
            fields[name].choices = [("", "–"), *((pk, seat.resident.name) for pk, seat in seats.items())]
            fields[name].coerce = lambda pk: seats[int(pk)]

    def saved_values(self) -> dict[str, Any]:
        found = self.resolution
        result = self.item.status if self.item.status in (Result.NOTED, Result.DEFERRED) else ""
        if found is None:
            return {"result": result, "method": Method.HANDS.value}
        return {name: getattr(found, name) for name in ("text_zh", *COUNTS, "method")} | {
            "result": result,
            "time": time_of_day(found.voted_at),
            "invalid": found.invalid or None,
            "counted_by": found.counted_by_id,
            "watched_by": found.watched_by_id,
        }

    @property
    def is_counted_here(self) -> bool:
        """Names and options are put down on the page of the item."""
        return self.resolution is None or (
            self.resolution.method != Method.RECORDED and self.resolution.second is None
        )

    @property
    def plain_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in SLIPS]

    @property
    def slip_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in SLIPS]

    @property
    def has_slips(self) -> bool:
        return "method" in self.fields and self["method"].value() == Method.SECRET

    @property
    def has_hands(self) -> bool:
        return any(self.cleaned_data.get(name) is not None for name in COUNTS)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        has_words = bool(said.get("text_zh") or said.get("time"))
        if said.get("result") and (self.has_hands or has_words):
            raise ValidationError(_("Either hands, or noted or put off."), code="hands_or_result")
        if self.has_hands and not all(said.get(name) is not None for name in COUNTS):
            raise ValidationError(_("Count them; nobody is nought."), code="hands_missing")
        if self.is_touched and not (self.has_hands or said.get("result") or self.errors):
            raise ValidationError(
                _("Nothing would be saved. Fill in the hands, or choose what came of it."),
                code="hands_missing",
            )
        return said


class WaiverForm(LineForm):
    """Hands for a waiver of late notice: of the whole meeting, or of one late item. Once given it stands."""

    verb = "notice_waived"
    in_favour = forms.IntegerField(label=_("Hands for it"), required=False, min_value=1, max_value=9999)
    given_at = TimeOfDay(label=_("Counted at"))

    def __init__(self, data: Any, *, item: AgendaItem | None, waiver: Waiver | None) -> None:
        self.item, self.waiver = item, waiver
        said = {"in_favour": waiver.in_favour, "given_at": time_of_day(waiver.given_at)} if waiver else {}
        super().__init__(data, prefix=f"waiver-{item.pk if item else 0}", initial=said)
        for field in self.fields.values():
            field.disabled = waiver is not None and not isinstance(field.widget, forms.HiddenInput)

    @property
    def is_touched(self) -> bool:
        return super().is_touched or self.says_otherwise

    @property
    def says_otherwise(self) -> bool:
        """Whether a page that still had the fields sends other hands or another time than stand."""
        sent = {name: self.data.get(self.add_prefix(name)) for name in ("in_favour", "given_at")}
        stands = {name: text_of_value(self.fields[name], self.initial.get(name)) for name in sent}
        return bool(self.waiver) and any(sent[name] not in (None, "", stands[name]) for name in sent)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.says_otherwise:
            raise changed_meanwhile_error()
        if self.is_touched and not said.get("in_favour") and not self.errors:
            raise ValidationError(_("Count the hands for the waiver."), code="hands_missing")
        return said


def count_returns(data: Mapping[str, Any], prefix: str) -> int:
    """How many the page had that was sent."""
    return next(number for number in count() if f"{prefix}-{BACK}{number + 1}" not in data)
