import datetime as dt
import re
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from circle.codes import typed_code
from circle.look import Look
from circle.models import (
    Building,
    Community,
    Dimension,
    Located,
    Mandate,
    Message,
    MessagePreference,
    OpeningHours,
    Resident,
)
from circle.nearby import Moment
from circle.phones import mobile
from circle.photos import safe_photo
from circle.walking.datum import from_wgs84, is_in_china, to_wgs84

# A path of this site: staff will click on it, so it must lead nowhere else.
own_page = RegexValidator(r"^/(?![/\\])", _("This is not a page of this site."), code="foreign_page")


PACE_LABELS = [
    ("adult", _("at an ordinary pace")),
    ("elder", _("slowly")),
    ("pram", _("with a pram")),
    ("wheelchair", _("in a wheelchair")),
]


class Renderer(TemplatesSetting):
    """Every public form field is drawn by our own template: label, hint, error, control."""

    field_template_name = "_field.html"


class LookForm(forms.Form):
    building = forms.ModelChoiceField(
        Building.objects.none(),
        label=_("My building"),
        required=False,
        to_field_name="short_code",
        empty_label=_("Not chosen: start at the gate"),
    )
    pace = forms.ChoiceField(
        label=_("How I walk"),
        required=False,
        choices=[("", _("as fits the size of the text")), *PACE_LABELS],
    )
    size = forms.ChoiceField(
        label=_("Size of the text"),
        widget=forms.RadioSelect,
        choices=[
            ("normal", _("Normal")),
            ("elder", _("Large, with big buttons (elder mode)")),
        ],
    )
    contrast = forms.ChoiceField(
        label=_("Contrast"),
        widget=forms.RadioSelect,
        choices=[("normal", _("Normal")), ("high", _("High: black, white and yellow"))],
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        widget=forms.RadioSelect,
        choices=[
            ("auto", _("As my device is set")),
            ("light", _("Light")),
            ("dark", _("Dark")),
        ],
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["building"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        choice.queryset = Building.objects.filter(community=community)

    @classmethod
    def showing(cls, look: Look, community: Community, building: str | None) -> Self:
        """The form as the cookie stands; `building` (a poster code from a link) is offered first."""
        return cls(
            community=community,
            initial={
                "building": building or look.building,
                "pace": look.pace,
                "size": look.size,
                "contrast": look.contrast,
                "theme": look.theme,
            },
        )

    def look(self) -> Look:
        said = self.cleaned_data
        building = said["building"]
        return Look(
            size=said["size"],
            contrast=said["contrast"],
            theme=said["theme"],
            pace=said["pace"],
            building=building.short_code if building else "",
        )


class CircleForm(forms.Form):
    """What to show of a circle: everything in it now, unless the address asks otherwise."""

    day = forms.TypedChoiceField(
        label=_("When"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("right now")), *OpeningHours.Day.choices[:7]],
    )
    hour = forms.TypedChoiceField(
        label=_("What time"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(hour, f"{hour}:00") for hour in range(24)],
    )
    open = forms.BooleanField(label=_("only what is open then"), required=False)
    step_free = forms.BooleanField(label=_("only without steps"), required=False)
    dimension = forms.ChoiceField(required=False, choices=Dimension, widget=forms.HiddenInput)

    @classmethod
    def asking(cls, address: QueryDict) -> Self:
        """Of an address; what makes no sense in it is left out."""
        form = cls({"hour": "10"} | address.dict())
        form.is_valid()
        return form

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) not in (None, False) for name in ("day", "open", "step_free"))

    def narrowed(self) -> dict[str, bool]:
        said = self.cleaned_data
        return {"step_free": said.get("step_free", False), "only_open": said.get("open", False)}

    def moment(self, now: dt.datetime) -> Moment:
        """The coming weekday and hour that were chosen, else now."""
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        if day is None or hour is None:
            return Moment(now)
        then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        then += dt.timedelta(days=(day - now.weekday()) % 7)
        return Moment(then if then >= now else then + dt.timedelta(days=7), is_chosen=True)


class ReportForm(forms.Form):
    page = forms.CharField(widget=forms.HiddenInput, max_length=300, validators=[own_page])
    message = forms.CharField(
        label=_("What is wrong on this page?"),
        help_text=_("Please give no names, phone numbers or ID numbers: we cannot write back from here."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1000,
        error_messages={"required": _("Write what is wrong, one sentence is enough.")},
    )
    website = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # people leave it empty, robots do not

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Please leave the hidden field empty."), code="robot")
        return ""


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


class RealForm(forms.Form):
    """The code that every message of ours carries."""

    code = forms.CharField(
        label=_("The code in the message"),
        help_text=_("Six letters and digits, after “Check”."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Enter the code that stands in the message.")},
    )

    def clean_code(self) -> str:
        return typed_code(self.cleaned_data["code"])


class LocatedForm(forms.ModelForm):
    """Staff type a point in the datum of the map that they read it from; WGS-84 is stored."""

    instance: Located

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # show what was typed, in the datum it was typed in
            self.initial["longitude"] = self.instance.longitude_entered
            self.initial["latitude"] = self.instance.latitude_entered

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        longitude, latitude, datum = (
            said.get("longitude"),
            said.get("latitude"),
            said.get("datum_entered"),
        )
        if longitude is None or latitude is None or not datum:
            return said
        if not is_in_china((float(longitude), float(latitude))):
            raise ValidationError(
                _("This point lies outside China. Are longitude and latitude swapped?"),
                code="outside_china",
            )
        self.instance.longitude_entered, self.instance.latitude_entered = (
            longitude,
            latitude,
        )
        east, north = to_wgs84((float(longitude), float(latitude)), datum)
        said["longitude"], said["latitude"] = (Decimal(f"{degrees:.6f}") for degrees in (east, north))
        return said


class BuildingForm(LocatedForm):
    own_path = forms.CharField(
        label=_("own path to the street"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "From the entrance to the gate, a point on each line: longitude, latitude, as on the same map."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self.instance, Building)  # noqa: S101 - tells the type checker
        points = [
            from_wgs84((east, north), self.instance.datum_entered) for east, north in self.instance.own_path
        ]
        self.initial["own_path"] = "\n".join(f"{east:.6f}, {north:.6f}" for east, north in points)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        lines = [line for line in said.get("own_path", "").splitlines() if line.strip()]
        try:
            typed = [tuple(float(part) for part in re.split(r"[,，\s]+", line.strip())) for line in lines]
            points = [(longitude, latitude) for longitude, latitude in typed]
        except ValueError as error:
            raise ValidationError(
                _("Write one point on each line: longitude, latitude."), code="not_a_path"
            ) from error
        if not all(is_in_china(point) for point in points):
            raise ValidationError(
                _("A point of the path lies outside China. Are longitude and latitude swapped?"),
                code="outside_china",
            )
        said["own_path"] = [
            rounded(to_wgs84(point, said.get("datum_entered") or "wgs84")) for point in points
        ]
        return said


def rounded(point: tuple[float, float]) -> list[float]:
    return [round(degrees, 6) for degrees in point]


class FacilityForm(LocatedForm):
    photo = forms.FileField(
        label=_("photo"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, at most 5 MB. Place and camera data are removed."),
    )

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        return safe_photo(photo) if isinstance(photo, UploadedFile) else photo


class PeopleSelect(forms.Select):
    """Names stand in the language in which they are written."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        return option | {
            "attrs": option["attrs"] | {"lang": "en" if value.instance.language == "en" else "zh-Hans"}
        }


class MandateForm(forms.Form):
    """Asking a relative to act for oneself, or for somebody else whom this phone serves."""

    principal = forms.ModelChoiceField(
        Resident.objects.none(),
        label=_("For whom shall they act?"),
        to_field_name="code",
        empty_label=None,
        widget=PeopleSelect,
    )
    phone = forms.CharField(
        label=_("Their mobile number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("They get a message, sign in with this number and agree."),
    )
    scope = forms.ChoiceField(label=_("What may they do for you?"), choices=Mandate.Scope.choices)
    valid_until = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty if it shall hold until you end it."),
    )
    default_renderer = Renderer

    def __init__(self, *args: Any, people: "QuerySet[Resident]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["principal"].queryset = people  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        return mobile(self.cleaned_data["phone"])


class NumberForm(forms.Form):
    """What only the person behind a number knows."""

    building = forms.ModelChoiceField(
        Building.objects.none(), label=_("In which building do you live?"), to_field_name="short_code"
    )
    birth_year = forms.IntegerField(
        label=_("In which year were you born?"),
        min_value=1890,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
        error_messages={"required": _("Enter four digits, such as 1951.")},
    )
    default_renderer = Renderer

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["building"].queryset = Building.objects.filter(  # type: ignore[attr-defined]
            community=community
        )
