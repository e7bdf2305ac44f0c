import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from circle.actions import consent_missing_error
from circle.forms.age_reason import AgeReasonForm
from circle.forms.dates import DayField
from circle.models import Building, Community, Resident, Via
from circle.privacy.purposes import purpose_of
from eldercare.actions import Answers, Rhythm
from eldercare.actions.answers import CONSENT, DOOR_LENGTH
from eldercare.actions.planned_looks import days_to_plan
from eldercare.models import Arrangement, CareKind, CareQuestion, SchoolClass, Visit
from eldercare.models.bookings import NOTE_LENGTH
from eldercare.models.rights import OLDEST, QUESTIONS, Ability, Facts, Living, Means
from eldercare.models.series import MOST_WEEKS

CONDITION = "condition_"


class NeedsForm(forms.Form):
    """What is asked before care is booked: conditions first, then address, day, needs and a note.

    The fields depend on the kind; where a condition does not hold, the form refers to the phone.
    """

    def __init__(self, *args: Any, kind: CareKind, today: dt.date, asks_consent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today = kind, today
        asked = [question for question in kind.questions.all() if question.is_active]
        conditions = [each for each in asked if each.sort == CareQuestion.Sort.CONDITION]
        self.conditions = [each for each in conditions if each.moment == CareQuestion.Moment.BOOKING]
        for question in self.conditions:
            self.fields[f"{CONDITION}{question.code}"] = yes_no_field(question)
        if kind.way == Arrangement.REQUEST:
            self.fields["day"] = wished_day_field()
        if kind.is_halved:
            self.fields["whole_day"] = forms.BooleanField(
                label=_("The other half of the day as well"), required=False
            )
        self.fields["every"] = rhythm_field()
        self.fields["until"] = DayField(
            label=_("Until which day?"),
            help_text=_("Only of what comes again; a year at most."),
            required=False,
        )
        self.asks_address = {each.code for each in asked if each.asks_address}
        if kind.is_at_home or self.asks_address:
            self.add_address(is_required=kind.is_at_home)
        needs = [(each.code, each.text) for each in asked if each.sort == CareQuestion.Sort.NEED]
        if needs:
            self.fields["needs"] = forms.MultipleChoiceField(
                label=_("What we should be ready for"),
                help_text=_("Tick what applies, or nothing."),
                choices=needs,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["note"] = forms.CharField(
            label=_("Anything else?"),
            help_text=_("May stay empty. Only who comes to you and who plans the care read it."),
            required=False,
            max_length=NOTE_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        if asks_consent:  # the elder has not agreed yet
            self.fields["consents"] = forms.BooleanField(label=purpose_of(CONSENT).consent, required=False)

    def add_address(self, *, is_required: bool) -> None:
        self.fields["building"] = forms.ModelChoiceField(
            Building.objects.filter(community=self.kind.community_id),
            label=_("Building"),
            to_field_name="short_code",
            required=is_required,
            empty_label=_("Choose the building"),
            error_messages={"required": _("Choose the building where we are to come.")},
        )
        self.fields["door"] = forms.CharField(
            label=_("Entrance and door"),
            help_text=_("Such as 2-501."),
            max_length=DOOR_LENGTH,
            required=is_required,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": _("Enter the door, such as 2-501.")},
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if any(said.get(f"{CONDITION}{each.code}") == "no" for each in self.conditions):
            phone = self.kind.community.phone
            raise ValidationError(
                _("It would not be safe like this. Please phone %(phone)s: together we find another way."),
                code="precondition",
                params={"phone": phone},
            )
        self.clean_address(said)
        self.clean_rhythm(said)
        is_health = self.kind.is_checked or self.conditions or said.get("needs") or said.get("note")
        if "consents" in self.fields and is_health and not said.get("consents"):
            self.add_error("consents", consent_missing_error())
        return said

    def clean_address(self, said: dict[str, Any]) -> None:
        """Of a need that asks for the address: required with it, and not used without it."""
        if self.kind.is_at_home or not self.asks_address:
            return
        if not self.asks_address & set(said.get("needs", [])):
            said |= {"building": None, "door": ""}
            return
        for name in ("building", "door"):
            if not said.get(name) and name not in self.errors:
                self.add_error(
                    name, ValidationError(self.fields[name].error_messages["required"], code="required")
                )

    def clean_rhythm(self, said: dict[str, Any]) -> None:
        """What comes again has a first and a last day."""
        if not said.get("every"):
            return
        if said.get("whole_day"):
            only_one = _("What comes again is one half of the day. Ask for the other half once more.")
            self.add_error("whole_day", ValidationError(only_one, code="one_half"))
        if not said.get("until") and "until" not in self.errors:
            self.add_error("until", ValidationError(_("Say until which day it is to come."), code="required"))
        if "day" in self.fields and not said.get("day") and "day" not in self.errors:
            self.add_error(
                "day", ValidationError(_("Choose the first day of the series."), code="day_missing")
            )

    @property
    def rhythm(self) -> Rhythm | None:
        """Of a form that is valid: how often it comes again; None for once."""
        said = self.cleaned_data
        return Rhythm(said["until"], int(said["every"])) if said.get("every") else None

    @property
    def rhythm_words(self) -> str:
        rhythm = self.rhythm
        return str(rhythm_label(rhythm.every)) if rhythm else ""

    def clean_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["day"]
        if day and not self.today <= day <= self.today + dt.timedelta(days=self.kind.days_ahead):
            raise ValidationError(
                _("Choose a day from today to %(days)s days from now."),
                code="day_impossible",
                params={"days": self.kind.days_ahead},
            )
        return day

    @property
    def chosen(self) -> list[str]:
        """The needs that were ticked, as sentences."""
        ticked = self.cleaned_data.get("needs", [])
        return [each.text for each in self.kind.questions.all() if each.code in ticked]

    def answers(self) -> Answers:
        """Of a form that is valid."""
        said = self.cleaned_data
        return Answers(
            needs=said.get("needs", []),
            conditions=[each.code for each in self.conditions],
            note=said["note"],
            building=said.get("building"),
            door=said.get("door", ""),
            consents=said.get("consents", False),
        )


class DeskCareForm(NeedsForm, AgeReasonForm):
    """The last step of a booking that staff make: with the time, and how the person asked for it."""

    channels = [Via.PHONE, Via.WINDOW]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.kind.way == Arrangement.BOOKING:
            self.fields["slot"] = forms.UUIDField(
                label=_("Time"),
                error_messages={"required": _("Choose a time."), "invalid": _("Choose a time.")},
            )
        self.fields["via"] = forms.ChoiceField(
            label=_("How they asked"),
            choices=[(channel, channel.label) for channel in self.channels],
            widget=forms.RadioSelect if len(self.channels) > 1 else forms.HiddenInput,
        )
        self.fields["once"] = forms.CharField(max_length=36, widget=forms.HiddenInput)
        if "consents" in self.fields:
            self.fields["consents"].help_text = _("Read it out, and tick it only after a yes.")


class HomeVisitCareForm(DeskCareForm):
    """Filled in by staff on a home visit."""

    channels = [Via.DOOR]


def yes_no_field(question: CareQuestion) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=question.text,
        choices=[("yes", _("Yes, that is so")), ("no", _("No, it is not"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext("Answer this: %(question)s") % {"question": question.text}},
    )


def rhythm_field() -> forms.ChoiceField:
    weeks = [(count, rhythm_label(count)) for count in range(1, MOST_WEEKS + 1)]
    return forms.ChoiceField(
        label=_("How often?"),
        choices=[("", _("Once")), *weeks],
        required=False,
        help_text=_("What comes again comes on the same weekday at the same time."),
    )


def rhythm_label(weeks: int) -> Any:
    if weeks == 1:
        return _("Every week")
    return ngettext_lazy("Every %(weeks)s week", "Every %(weeks)s weeks", weeks) % {"weeks": weeks}


def wished_day_field() -> DayField:
    return DayField(
        label=_("Which day would suit?"),
        help_text=_("Leave it empty, and we agree on a day by phone."),
        required=False,
    )


class CheckForm(forms.Form):
    """The last step: only the idempotency key, all else was chosen before."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=36)


class TapForm(forms.Form):
    """One look at one of these people."""

    resident = forms.ModelChoiceField(Resident.objects.none(), to_field_name="code")
    outcome = forms.ChoiceField(choices=Visit.Outcome.choices)
    note = forms.CharField(max_length=NOTE_LENGTH, required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["resident"]
        field.queryset = Resident.objects.filter(pk__in=[each.pk for each in people])


class PlanForm(forms.Form):
    """On which of the next days a volunteer looks in on one of their elders; none takes it back."""

    resident = forms.ModelChoiceField(Resident.objects.none(), to_field_name="code")
    day = forms.TypedChoiceField(coerce=dt.date.fromisoformat, empty_value=None, required=False)

    def __init__(self, *args: Any, people: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["resident"]
        person.queryset = Resident.objects.filter(pk__in=[each.pk for each in people])
        choices: Any = self.fields["day"]
        choices.choices = [("", ""), *((day.isoformat(), day) for day in days_to_plan(today))]


class EnrolForm(forms.Form):
    """Who would like to join the class."""

    resident = forms.ModelChoiceField(
        Resident.objects.none(),
        label=_("For whom"),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose for whom."),
            "invalid_choice": _("You may not book for this person."),
        },
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["resident"]
        field.queryset = people
        field.label_from_instance = lambda resident: resident.name
        self.has_people = bool(people)
        if len(people) == 1:
            field.initial = people[0].code


class EnrolPaperForm(EnrolForm):
    """The sheet: it names the courses, of which one is ticked."""

    school_class = forms.ModelChoiceField(SchoolClass.objects.none(), label=_("class"), empty_label=None)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, people=Resident.objects.none(), **kwargs)
        field: Any = self.fields["school_class"]
        classes = SchoolClass.objects.public(community).filter(last_join_day__gte=localdate())
        field.queryset = classes.shown().order_by("term", "weekday", "opens", "pk")


class RollForm(forms.Form):
    """Who of the pupils came, by name."""

    came = forms.MultipleChoiceField(
        label=_("Who came?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pupils: Any, came: list[int], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"came": [str(pk) for pk in came], "seen": seen}
        field: Any = self.fields["came"]
        field.choices = [(str(row.pk), row.resident.name) for row in pupils]

    @property
    def present(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["came"]]


UNSAID = "unsaid"


def asked_once(label: Any, choices: type[TextChoices]) -> forms.ChoiceField:
    """One of the four questions, which may stay open."""
    return forms.ChoiceField(
        label=label,
        choices=[*choices.choices, (UNSAID, _("I do not know, or would rather not say"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer."), "invalid_choice": _("Choose one answer.")},
    )


class EntitledForm(forms.Form):
    """The four questions; what is answered is used for one page and kept nowhere."""

    age = forms.IntegerField(
        label=_("How old is the person?"),
        help_text=_("In full years."),
        min_value=0,
        max_value=OLDEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Enter the age in years."), "invalid": _("Enter the age in years.")},
    )
    means = asked_once(_("How does the household get by?"), Means)
    abilities = asked_once(_("How much help does the person need?"), Ability)
    living = asked_once(_("With whom does the person live?"), Living)

    def facts(self) -> Facts:
        """Of a form that is valid."""
        said = {name: self.cleaned_data[name] for name in QUESTIONS}
        return Facts(
            self.cleaned_data["age"],
            frozenset(answer for answer in said.values() if answer != UNSAID),
            frozenset(name for name, answer in said.items() if answer == UNSAID),
        )
