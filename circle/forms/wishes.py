from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import Message, MessagePreference, Resident

WAYS = [
    (Message.Channel.SMS, _("by text message")),
    (Message.Channel.WECHAT, _("in WeChat")),
    (Message.Channel.EMAIL, _("by e-mail")),
    (Message.Channel.DESK, _("in person, at my door")),
]


class MessageWishForm(forms.Form):
    """How somebody wants to be told; at the window the clerk fills it in for them."""

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
    language = forms.ChoiceField(
        label=_("Language"), widget=forms.RadioSelect, choices=Resident.Language.choices
    )

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        wish = getattr(resident, "message_preference", None) or MessagePreference()
        own = "own" if wish.quiet_from else "community"
        initial = {
            "first_channel": wish.first_channel,
            "night": "any" if wish.at_any_hour else own,
            "quiet_from": wish.quiet_from,
            "quiet_to": wish.quiet_to,
            "language": resident.language,
        }
        super().__init__(*args, **kwargs | {"initial": initial})
        possible = {Message.Channel.SMS, Message.Channel.DESK}
        possible |= {Message.Channel.WECHAT} if wish.wechat_sealed else set()
        possible |= {Message.Channel.EMAIL} if resident.login and resident.login.email else set()
        field = self.fields["first_channel"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(channel, words) for channel, words in WAYS if channel in possible]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("night") == "own" and not (said.get("quiet_from") and said.get("quiet_to")):
            raise ValidationError(_("Quiet hours need a beginning and an end."), code="quiet_needs_both")
        return said

    def wish(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        night = said.pop("night")
        if night != "own":
            said |= {"quiet_from": None, "quiet_to": None}
        return said | {"at_any_hour": night == "any"}
