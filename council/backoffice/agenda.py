"""The agenda as one form with a line for each item, and blank lines for new ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council import actions
from council.actions.topics import plain_line, plain_text
from council.models import AgendaItem, Meeting, Topic

BLANK_LINES = 3
TEXTS = ("title_zh", "title_en", "text_zh", "text_en")


class AgendaLineForm(forms.ModelForm):
    """Carries the digest of the item that it was filled in upon; one that was left alone is not saved."""

    place = forms.IntegerField(
        label=_("number"), required=False, min_value=1, max_value=999, widget=forms.NumberInput
    )
    topics = forms.TypedMultipleChoiceField(
        label=_("from these topics"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    drop = forms.BooleanField(label=_("Take it off the agenda"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_untouched = False

    class Meta:
        model = AgendaItem
        fields = ["title_zh", "kind", "title_en", "text_zh", "text_en"]
        widgets = {
            "text_zh": forms.Textarea(attrs={"rows": 3}),
            "text_en": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(
        self, data: Any, *, prefix: str, item: AgendaItem, own: list[Topic], topics: list[Topic]
    ) -> None:
        digest = item.digest(own) if item.pk else ""
        initial = {"place": item.number, "topics": [topic.pk for topic in own], "seen": digest}
        super().__init__(data, prefix=prefix, instance=item, initial=initial, use_required_attribute=False)
        self.saved = {"title": item.title_zh, "text": item.text_zh}
        self.offered = {topic.pk: topic for topic in topics}
        self.chosen = own
        fields: dict[str, Any] = self.fields
        fields["topics"].choices = [(topic.pk, topic_label(topic)) for topic in topics]
        self.fields["title_en"].required = False
        self.fields["title_zh"].required = item.pk is not None
        for name in ("text_zh", "text_en"):
            fields[name].strip = False

    @property
    def is_blank(self) -> bool:
        return not self.instance.pk and not any(self.cleaned_data.get(name) for name in (*TEXTS, "topics"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        if not self.instance.pk:
            if not self.is_blank and not said["title_zh"]:
                self.add_error("title_zh", ValidationError(_("Give the item a title."), code="title_missing"))
            return said
        typed = AgendaItem(kind=said["kind"])
        for name in TEXTS:
            clean = plain_line if name.startswith("title") else plain_text
            setattr(typed, name, clean(said[name]))
        self.is_untouched = typed.digest([self.offered[pk] for pk in said["topics"]]) == said["seen"]
        if not self.is_untouched and said["seen"] != self.initial["seen"]:
            sentence = _("Somebody has changed it a moment ago: %(title)s. %(text)s")
            raise ValidationError(sentence, code="changed_meanwhile", params=self.saved)
        return said


def topic_label(topic: Topic) -> str:
    return f"{topic.receipt} · {topic.public_text}"


@dataclass(frozen=True)
class AgendaRow:
    item: AgendaItem
    form: AgendaLineForm


def agenda_rows(meeting: Meeting, data: Any = None) -> list[AgendaRow]:
    """A line for each item in its order, then blank ones."""
    accepted = Topic.objects.filter(meeting=meeting, status=Topic.Status.ACCEPTED)
    topics = list(accepted.order_by("receipt"))
    items = list(meeting.items.order_by("number").prefetch_related("topics"))
    known = {topic.pk for topic in topics}
    rows = []
    for item in items:
        own = sorted(item.topics.all(), key=lambda topic: topic.receipt)
        offered = [*(topic for topic in own if topic.pk not in known), *topics]
        form = AgendaLineForm(data, prefix=f"item-{item.pk}", item=item, own=own, topics=offered)
        rows.append(AgendaRow(item, form))
    for number in range(1, BLANK_LINES + 1):
        item = AgendaItem(meeting=meeting, kind=AgendaItem.Kind.DELIBERATION)
        form = AgendaLineForm(data, prefix=f"new-{number}", item=item, own=[], topics=topics)
        rows.append(AgendaRow(item, form))
    return rows


def agenda_lines(rows: Iterable[AgendaRow]) -> list[actions.AgendaLine]:
    return [agenda_line(row) for row in rows if not row.form.is_blank]


def agenda_line(row: AgendaRow) -> actions.AgendaLine:
    said = row.form.cleaned_data
    return actions.AgendaLine(
        item=row.form.instance,
        topics=[row.form.offered[pk] for pk in said["topics"]],
        place=said["place"],
        seen=said["seen"],
        is_dropped=said["drop"],
        is_untouched=row.form.is_untouched,
    )
