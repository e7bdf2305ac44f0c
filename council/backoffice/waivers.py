"""Late items, and waivers of late notice, at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowForm, text_field
from council.actions.text_checks import ENGLISH_LENGTH, TITLE_LENGTH
from council.models import AgendaItem, Meeting, Waiver


class LateItemForm(RowForm):
    title_zh = text_field("title_zh", _("title (Chinese)"), TITLE_LENGTH)
    title_en = forms.CharField(label=_("title (English)"), required=False, max_length=ENGLISH_LENGTH)
    kind = forms.ChoiceField(label=_("kind"), choices=AgendaItem.Kind, initial=AgendaItem.Kind.REPORT)


def parts_without_waiver(meeting: Meeting) -> list[AgendaItem | None]:
    """Of what a waiver is needed and not given yet; None is the notice of the whole meeting."""
    given = set(Waiver.objects.filter(meeting=meeting).values_list("item", flat=True))
    late: list[AgendaItem | None] = [None] if meeting.late_notice_reason and None not in given else []
    items = AgendaItem.objects.filter(meeting=meeting, is_late=True).order_by("number")
    return late + [item for item in items if item.pk not in given]


class WaiverForm(RowForm):
    item = forms.TypedChoiceField(label=_("Of what"), required=False, empty_value=None)
    in_favour = forms.IntegerField(label=_("Hands for it"), min_value=1, max_value=9999)

    def __init__(self, *args: Any, row: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        late = parts_without_waiver(row)
        known = {item.pk: item for item in late if item}
        whole = [("", gettext("the notice of the whole meeting"))] if None in late else []
        field: Any = self.fields["item"]
        field.choices = [*whole, *((pk, str(item)) for pk, item in known.items())]
        field.coerce = lambda pk: known[int(pk)]
