from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.actions import NAME_LENGTH
from circle.models import Community, Dimension, Resident, Scenario
from circle.permissions.age_bands import Choice
from council.models import Evaluation
from council.models.stations import WORDS_LENGTH
from council.models.topics import TEXT_LENGTH

ABOUT_LENGTH = 120


class PersonSelect(forms.RadioSelect):
    """Those who are too young stand last and cannot be chosen; `obstacles` says why, by public code."""

    obstacles: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.obstacles:
            option["attrs"]["disabled"] = True
        return option


def person_label(choice: Choice) -> str:
    return f"{choice.person.name} · {choice.obstacle}" if choice.obstacle else choice.person.name


class RaiserForm(forms.Form):
    """In whose name one speaks. Who signs in for the first time gives a name instead."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only the secretary and the director see it. It is never published."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    resident = forms.ModelChoiceField(
        Resident.objects.none(),
        label=_("Who raises it?"),
        to_field_name="code",
        empty_label=None,
        widget=PersonSelect,
        error_messages={
            "required": _("Choose who raises it."),
            "invalid_choice": _("You may not act for this person."),
        },
    )

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choices:
            del self.fields["name"]
            self.offer(choices)
        else:
            del self.fields["resident"]

    def offer(self, choices: list[Choice]) -> None:
        field = self.fields["resident"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = Resident.objects.filter(pk__in=[choice.person.pk for choice in choices])
        self.obstacles = {str(choice.person.code): choice.obstacle for choice in choices if choice.obstacle}
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0].person.code
        else:
            field.choices = [(str(choice.person.code), person_label(choice)) for choice in choices]
            field.widget.obstacles = self.obstacles

    def clean_resident(self) -> Resident:
        """Refuses: not_for_age."""
        found: Resident = self.cleaned_data["resident"]
        if obstacle := self.obstacles.get(str(found.code)):
            raise ValidationError(obstacle, code="not_for_age")
        return found


class TopicForm(RaiserForm):
    """What somebody wants the council to talk about."""

    text = forms.CharField(
        label=_("What should the council talk about?"),
        help_text=_(
            "One matter, in your own words: what is missing or wrong, where, and what would help. Only the "
            "secretary and the director read this; for the public it is put into neutral words without names."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=TEXT_LENGTH,
        error_messages={"required": _("Write what it is about, one sentence is enough.")},
    )
    dimension = forms.ChoiceField(
        label=_("Part of life"),
        required=False,
        choices=[("", _("I am not sure")), *Dimension.choices],
    )
    scenario = forms.ModelChoiceField(
        Scenario.objects.none(),
        required=False,
        to_field_name="code",
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("The what-if that was attached is not there any more.")},
    )
    # Which gap of the circle it is about: a kind of place, a building, a pace; the facts are looked up again.
    about = forms.CharField(max_length=ABOUT_LENGTH, required=False, widget=forms.HiddenInput)
    meeting = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attached = self.fields["scenario"]
        assert isinstance(attached, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        attached.queryset = Scenario.objects.filter(community=community).select_related("kind")

    @property
    def attached(self) -> Scenario | None:
        """The what-if that goes with the topic; one that is not there is left out of the form shown again."""
        code = self["scenario"].value()
        found = self.fields["scenario"].queryset.filter(code=code)  # type: ignore[attr-defined]
        return found.first() if code else None

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        if not text:
            raise ValidationError(_("Write what it is about, one sentence is enough."), code="required")
        return text


class SupportForm(RaiserForm):
    """“That is mine too.”"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "resident" in self.fields:
            self.fields["resident"].label = _("Whose matter is it as well?")


class SolvedForm(forms.Form):
    """Whether it is solved, and how satisfied one is with the answer."""

    is_solved = forms.TypedChoiceField(
        label=_("Is it solved?"),
        choices=[("yes", _("Yes, it is solved")), ("no", _("No, not solved"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is solved.")},
    )
    level = forms.TypedChoiceField(
        label=_("How satisfied are you with the answer?"),
        choices=[(level.value, level.label) for level in reversed(Evaluation.Level)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Do you want to add something?"),
        help_text=_("May stay empty. Only the secretary and the director read it."),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
