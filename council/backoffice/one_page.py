"""A session on one page: seats and items, each saved by itself as it is typed."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council.actions.revisions import changed_meanwhile_error
from council.backoffice.roll import TimeOfDay, datetime_on_meeting_day, is_marked, time_of_day
from council.models import AgendaItem, Attendance, Meeting, Resolution, Waiver, roll_entries
from council.models.topics import TEXT_LENGTH

Kind, Result = AgendaItem.Kind, AgendaItem.Status
COUNTS = ("yes", "no", "abstain")


class LineForm(forms.Form):
    """One line of the page. `was` says what stood there when it was shown, so that nobody overwrites it."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, prefix: str, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        self.saved = text_of(initial, self.fields)
        self.initial["was"] = self.saved

    @property
    def is_shown(self) -> bool:
        """Whether the page had this line when it was sent."""
        return self.add_prefix("was") in self.data

    @property
    def is_touched(self) -> bool:
        """Whether another value was typed; a line that the page did not show was not."""
        typed = {name: self[name].value() for name in self.fields}
        return self.is_shown and text_of(typed, self.fields) != str(self["was"].value())

    @property
    def is_outdated(self) -> bool:
        """Whether something else stands there by now than what the page showed."""
        return self.is_shown and self["was"].value() != self.saved

    @property
    def now(self) -> str:
        """What stands there by now, in words."""
        fields = {name: field for name, field in self.fields.items() if name != "was"}
        words = [
            f"{field.label}: {text_of_value(field, self.initial[name])}"
            for name, field in fields.items()
            if self.initial.get(name) not in (None, "")
        ]
        return "; ".join(words) or "–"

    def refuse_changed(self) -> None:
        """Refuses: changed_meanwhile."""
        if self["was"].value() != self.saved:
            raise changed_meanwhile_error()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.refuse_changed()
        return said


def text_of_value(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(value, value))
    return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)


def text_of(values: Mapping[str, Any], names: Iterable[str]) -> str:
    def words(value: Any) -> str:
        if isinstance(value, dt.time):
            return f"{value:%H:%M}"
        return "" if value is None else str(value).replace("\r\n", "\n")

    return json.dumps([words(values.get(name)) for name in names if name != "was"])


class SeatForm(LineForm):
    """One seat: there or not, and the first time it came late or left."""

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
        super().__init__(data, prefix=f"seat-{entry.membership_id}", initial=initial)


class ItemForm(LineForm):
    """What came of one item: heard, put off, or hands counted. Other counts have a page of their own."""

    result = forms.ChoiceField(
        label=_("What came of it"),
        required=False,
        choices=[("", "–"), (Result.NOTED, _("noted")), (Result.DEFERRED, _("put off"))],
    )
    text_zh = forms.CharField(
        label=_("What was decided (Chinese)"), required=False, strip=False, max_length=TEXT_LENGTH
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

    def __init__(self, data: Any, *, item: AgendaItem) -> None:
        self.item, self.resolution = item, getattr(item, "resolution", None)
        super().__init__(data, prefix=f"item-{item.pk}", initial=self.saved_values())
        if item.kind != Kind.DECISION or not self.is_by_hands:
            for name in ("text_zh", *COUNTS, "time"):
                del self.fields[name]
            self.saved = self.initial["was"] = text_of(self.initial, self.fields)

    def saved_values(self) -> dict[str, Any]:
        found = self.resolution
        result = self.item.status if self.item.status in (Result.NOTED, Result.DEFERRED) else ""
        if found is None:
            return {"result": result}
        return {name: getattr(found, name) for name in ("text_zh", *COUNTS)} | {
            "result": result,
            "time": time_of_day(found.voted_at),
        }

    @property
    def is_by_hands(self) -> bool:
        """Slips, names and options are put down on the page of the item."""
        return self.resolution is None or (
            self.resolution.method == Resolution.Method.HANDS and self.resolution.second is None
        )

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

    in_favour = forms.IntegerField(label=_("Hands for it"), required=False, min_value=1, max_value=9999)
    given_at = TimeOfDay(label=_("Counted at"))

    def __init__(self, data: Any, *, item: AgendaItem | None, waiver: Waiver | None) -> None:
        self.item, self.waiver = item, waiver
        said = {"in_favour": waiver.in_favour, "given_at": time_of_day(waiver.given_at)} if waiver else {}
        super().__init__(data, prefix=f"waiver-{item.pk if item else 0}", initial=said)
        for field in self.fields.values():
            field.disabled = waiver is not None and not isinstance(field.widget, forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.is_touched and not said.get("in_favour") and not self.errors:
            raise ValidationError(_("Count the hands for the waiver."), code="hands_missing")
        return said


@dataclass
class SessionPage:
    """The forms of one page."""

    meeting: Meeting
    seats: list[SeatForm]
    items: list[ItemForm]
    waivers: list[WaiverForm]

    @property
    def lines(self) -> list["SeatForm | WaiverForm | ItemForm"]:
        """In the order in which they are saved: who is there, what they may decide, what they did."""
        return [*self.seats, *self.waivers, *self.items]


def session_page(meeting: Meeting, entries: list[Attendance], data: Any = None) -> SessionPage:
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("resolution").order_by("number")
    seats = [SeatForm(data, meeting=meeting, entry=entry) for entry in entries]
    items = [ItemForm(data, item=item) for item in rows]
    return SessionPage(meeting, seats, items, waiver_forms(meeting, [form.item for form in items], data))


def waiver_forms(meeting: Meeting, items: list[AgendaItem], data: Any) -> list[WaiverForm]:
    late: list[AgendaItem | None] = [None] if meeting.late_notice_reason else []
    late += [item for item in items if item.is_late]
    given = {row.item_id: row for row in Waiver.objects.filter(meeting=meeting)} if late else {}
    return [WaiverForm(data, item=item, waiver=given.get(item.pk if item else None)) for item in late]


def session_page_again(page: SessionPage) -> SessionPage:
    """After a refusal: what was typed, upon what stands there by now; lines left alone as they stand now."""
    data = page.seats[0].data if page.seats else None
    typed = session_page(page.meeting, roll_entries(page.meeting), data)
    fresh = session_page(page.meeting, roll_entries(page.meeting))

    def chosen(lines: list[Any], others: list[Any]) -> list[Any]:
        return [line if line.is_touched else other for line, other in zip(lines, others, strict=True)]

    seats, items = chosen(typed.seats, fresh.seats), chosen(typed.items, fresh.items)
    return SessionPage(page.meeting, seats, items, chosen(typed.waivers, fresh.waivers))


def typed_moment(meeting: Meeting, form: forms.Form, name: str) -> Any:
    return datetime_on_meeting_day(meeting, form.cleaned_data.get(name))
