from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.actions import NAME_LENGTH
from circle.models import Community, Dimension, Resident, Scenario
from council.models.topics import TEXT_LENGTH


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class TopicForm(forms.Form):
    """What somebody wants the council to talk about. Who signs in for the first time also gives a name."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only the secretary and the director see it. It is never published."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    resident = PersonField(
        Resident.objects.none(),
        label=_("Who raises it?"),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who raises it."),
            "invalid_choice": _("You may not act for this person."),
        },
    )
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
    meeting = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[Resident], community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attached = self.fields["scenario"]
        assert isinstance(attached, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        attached.queryset = Scenario.objects.filter(community=community).select_related("kind")
        choice = self.fields["resident"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        choice.queryset = Resident.objects.filter(pk__in=[person.pk for person in people])
        self.fields.pop("resident" if not people else "name")
        if len(people) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = people[0].code

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
