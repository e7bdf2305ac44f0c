import re
import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.identifiers.masking import mask_address
from circle.models import Message, MessagePreference, Resident

CHANNEL_CHOICES = [
    (Message.Channel.SMS, _("by text message")),
    (Message.Channel.WECHAT, _("in WeChat")),
    (Message.Channel.EMAIL, _("by e-mail")),
    (Message.Channel.DESK, _("in person, at my door")),
]


class MessagePreferenceForm(forms.Form):
    """How a resident wants to be notified; at the counter the clerk fills it in for them."""

    first_channel = forms.ChoiceField(
        label=_("How shall we tell you?"),
        help_text=_("Where that fails we take the next way that reaches you."),
        widget=forms.RadioSelect,
    )
    night = forms.ChoiceField(
        label=_("At night"),
        widget=forms.RadioSelect,
        choices=[
            ("community", _("as the community does: nothing in its quiet hours")),
            ("own", _("nothing between the hours below")),
            ("any", _("send at any hour")),
        ],
    )
    quiet_from = forms.TimeField(
        label=_("Nothing from"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_to = forms.TimeField(
        label=_("until"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    email = forms.CharField(
        label=_("E-mail address for messages"),
        required=False,
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    wechat = forms.CharField(
        label=_("WeChat id for messages"),
        required=False,
        max_length=64,
        help_text=_("Under which the community's account knows them."),
    )
    take_off = forms.MultipleChoiceField(
        label=_("Take off what is on file"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        label=_("Language"), widget=forms.RadioSelect, choices=Resident.Language.choices
    )

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        preference = getattr(resident, "message_preference", None) or MessagePreference()
        own = "own" if preference.quiet_from else "community"
        initial = {
            "first_channel": preference.first_channel,
            "night": "any" if preference.at_any_hour else own,
            "quiet_from": preference.quiet_from,
            "quiet_to": preference.quiet_to,
            "language": resident.language,
        }
        super().__init__(*args, **kwargs | {"initial": initial})
        on_file = {name: getattr(preference, name) for name in ("email", "wechat")}
        if not (settings.WECHAT_URL or on_file["wechat"]):
            del self.fields["wechat"]
        self.set_channel_choices(has_wechat="wechat" in self.fields)
        self.show_masked_addresses(on_file)

    def set_channel_choices(self, *, has_wechat: bool) -> None:
        choices = [
            (channel, words)
            for channel, words in CHANNEL_CHOICES
            if has_wechat or channel != Message.Channel.WECHAT
        ]
        field = self.fields["first_channel"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = choices

    def show_masked_addresses(self, on_file: dict[str, str]) -> None:
        """Show addresses masked, since the page may be open at a counter or before an agent."""
        shown = {name: text for name, text in on_file.items() if text}
        for name, text in shown.items():
            words = {"address": mask_address(text)}
            self.fields[name].help_text = _("On file: %(address)s. Leave this empty to keep it.") % words
        field = self.fields["take_off"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(name, self.fields[name].label) for name in shown]
        if not shown:
            del self.fields["take_off"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("night") == "own" and not (said.get("quiet_from") and said.get("quiet_to")):
            raise ValidationError(_("Quiet hours need a beginning and an end."), code="quiet_needs_both")
        return said

    def action_values(self) -> dict[str, Any]:
        """The arguments of the action."""
        said = dict(self.cleaned_data)
        night, taken_off = said.pop("night"), said.pop("take_off", [])
        for name in ("email", "wechat"):
            typed = said.pop(name, "").strip()
            said[name] = typed or ("" if name in taken_off else None)
        if night != "own":
            said |= {"quiet_from": None, "quiet_to": None}
        return said | {"at_any_hour": night == "any"}


class AddressCodeForm(forms.Form):
    """The code that came back from an address."""

    code = forms.CharField(
        label=_("The code we sent"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Enter the six digits of the code.")},
    )

    def clean_code(self) -> str:
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", self.cleaned_data["code"]))


def masked_unconfirmed(preference: MessagePreference) -> list[str]:
    """The addresses that wait for their code, masked."""
    return [mask_address(getattr(preference, name)) for name in preference.unconfirmed]
