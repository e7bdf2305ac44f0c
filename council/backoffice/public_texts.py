"""What is asked before a text becomes public: a reason for each phone, flat and name in it."""

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowForm
from council.actions.agenda import agenda_texts
from council.actions.private_parts import known_names, unconfirmed_parts
from council.actions.sheets import public_texts, sheet_now
from council.actions.text_scan import PrivatePart
from council.actions.waivers import is_notice_late
from council.models import ConfirmedPart, Meeting, MinutesVersion, Topic, rule_of
from council.models.confirmations import REASON_LENGTH


class PublicForm(RowForm):
    """Of an action that makes a text public: once it is sent, asks a reason for each private part in it.

    All names of office holders, and those that are public already, are one group with one reason.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, list[str]] = {}  # field → the parts that its reason is for
        if self.is_bound:
            self.ask_reasons()

    @property
    def about(self) -> Meeting | Topic:
        raise NotImplementedError

    def texts(self) -> list[str]:
        """What becomes public with this."""
        raise NotImplementedError

    def ask_reasons(self) -> None:
        parts = unconfirmed_parts(self.about, self.texts())
        known = known_names(self.about, parts)
        for part in parts:
            if part.text not in known:
                name = f"reason_{part.index[:12]}"
                self.asked[name] = [part.text]
                self.fields[name] = reason_field(part)
        if known:
            self.asked["reason_known"] = sorted(known)
            names = "、".join(sorted(known))
            label = _("Why everybody may read these names, of officers or public already: %(names)s")
            self.fields["reason_known"] = short_text(label % {"names": names})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        reasons = {part: said.get(name, "") for name, parts in self.asked.items() for part in parts}
        others = {name: value for name, value in said.items() if name not in self.asked}
        return others | {"reasons": reasons}


def short_text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=REASON_LENGTH)


def reason_field(part: PrivatePart) -> forms.CharField:
    """Shows the part among its words, marked."""
    kind = ConfirmedPart.Kind(part.kind).label
    label = _("Why everybody may read this %(kind)s: %(text)s") % {"kind": kind, "text": part.text}
    return short_text(label, format_html("… {}<mark>{}</mark>{} …", part.before, part.text, part.after))


class AgendaPublicForm(PublicForm):
    """Inside the days of notice it asks why it is late as well."""

    row: Meeting

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_notice_late(self.row, rule_of(self.row), now()):
            label = _("Why the notice is late: decisions then wait for a waiver of those present")
            self.fields["late_reason"] = short_text(label)

    @property
    def about(self) -> Meeting | Topic:
        return self.row

    def texts(self) -> list[str]:
        return agenda_texts(self.row)


class MinutesPublicForm(PublicForm):
    row: MinutesVersion

    @property
    def about(self) -> Meeting | Topic:
        return self.row.meeting

    def texts(self) -> list[str]:
        return public_texts(sheet_now(self.row))


class TopicPublicForm(PublicForm):
    """Of what is typed in this very form, in the fields named."""

    row: Topic
    public_fields: ClassVar[tuple[str, ...]] = ()

    @property
    def about(self) -> Meeting | Topic:
        return self.row.meeting or self.row

    def texts(self) -> list[str]:
        return [str(self.data.get(name, "")) for name in self.public_fields]
