import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from circle.actions import NAME_LENGTH
from circle.forms.dates import DayField
from circle.forms.progress import ProgressForm
from circle.models import Dimension, Facility, Resident
from services.models import Audience, Category, ResidenceRule, ServiceItem, ServiceItemQuerySet, Slot
from services.models.cases import WORDS_LENGTH
from services.models.repairs import PLACE_LENGTH, Repair


class CatalogueForm(forms.Form):
    """The filters of /services/. All of them are optional and combine with AND."""

    q = forms.CharField(label=_("Search the services"), required=False, max_length=60)
    theme = forms.ModelChoiceField(
        Category.objects.all(),
        label=_("Theme"),
        required=False,
        to_field_name="slug",
        empty_label=_("All themes"),
    )
    person = forms.ModelChoiceField(
        Audience.objects.all(),
        label=_("For whom"),
        required=False,
        to_field_name="slug",
        empty_label=_("Everyone"),
    )
    dimension = forms.ChoiceField(
        label=_("Part of life"),
        required=False,
        choices=[("", _("All parts of life")), *Dimension.choices],
    )
    residence = forms.ChoiceField(
        label=_("I am"),
        required=False,
        choices=[("", _("It does not matter")), *ResidenceRule.Status.choices],
    )
    bookable = forms.BooleanField(label=_("can be booked online"), required=False)
    spot = forms.BooleanField(label=_("done on the spot"), required=False)
    agency = forms.BooleanField(label=_("we do the errands for you"), required=False)
    on = DayField(label=_("The list as of"), required=False)

    def narrow(self, items: ServiceItemQuerySet, on: dt.date) -> ServiceItemQuerySet:
        """The rows that pass every filter but the words and the date, which the view sees to."""
        said = self.cleaned_data
        conditions: dict[str, Any] = {
            "category": said.get("theme"),
            "audiences": said.get("person"),
            "dimension": said.get("dimension"),
            "is_bookable": said.get("bookable"),
            "has_agency": said.get("agency"),
        }
        items = items.filter(**{name: value for name, value in conditions.items() if value})
        if said.get("residence"):
            here = ResidenceRule.objects.in_force(on).done_here().filter(status=said["residence"])
            items = items.filter(pk__in=here.values("item"))
        return items.on_the_spot() if said.get("spot") else items


YES_NO = [("true", "true"), ("false", "false")]


class HsdsForm(forms.Form):
    """The filters of the open catalogue, as the standard names them: optional, and combined with AND."""

    PER_PAGE, MOST_PER_PAGE = 100, 1000

    search = forms.CharField(required=False, max_length=60)
    page = forms.IntegerField(required=False, min_value=1)
    per_page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PER_PAGE)
    format = forms.ChoiceField(required=False, choices=[("json", "json"), ("ndjson", "ndjson")])
    taxonomy_term_id = forms.UUIDField(required=False)
    taxonomy_id = forms.UUIDField(required=False)
    organization_id = forms.UUIDField(required=False)
    modified_after = forms.DateTimeField(required=False)
    minimal = forms.ChoiceField(required=False, choices=YES_NO)
    full = forms.ChoiceField(required=False, choices=YES_NO)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        said["page"] = said.get("page") or 1
        said["per_page"] = said.get("per_page") or self.PER_PAGE
        for name in ("minimal", "full"):
            said[name] = said.get(name) == "true"
        return said


class BookingForm(forms.Form):
    """The last step of a booking: which time, for whom, and the key that makes a double click harmless."""

    slot = forms.UUIDField(widget=forms.HiddenInput)
    resident = forms.UUIDField(widget=forms.HiddenInput)
    once = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, item: ServiceItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item

    def clean_slot(self) -> Slot:
        slots = Slot.objects.serving(self.item).select_related("community", "counter__facility")
        found: Slot | None = slots.filter(code=self.cleaned_data["slot"]).first()
        if found is None:
            raise ValidationError(_("This time does not exist. Please choose another."), code="slot_unknown")
        return found

    def clean_resident(self) -> Resident:
        """Any resident of the community: whether this login may act for them is the action's question."""
        found = Resident.objects.filter(
            code=self.cleaned_data["resident"], community=self.item.community_id
        ).first()
        if found is None:
            raise ValidationError(_("You may not book for this person."), code="not_allowed")
        return found


class NameForm(forms.Form):
    """Who signs in for the first time says how we may call them."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As it stands on your identity card. The clerk calls you by it."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=36)


class ChildForm(forms.Form):
    """A child of the person who is signed in, at the step “for whom?”."""

    child_name = forms.CharField(
        label=_("The child's name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the child's name.")},
    )
    born_on = DayField(
        label=_("The child's birthday"),
        error_messages={
            "required": _("Enter the child's birthday."),
            "invalid": _("Give year, month and day of the birthday in numbers."),
        },
    )
    once = forms.CharField(
        widget=forms.HiddenInput(attrs={"id": "id_child_once"}),
        max_length=36,
    )


class WaitForm(forms.Form):
    """Who waits, on which days, and at which hall."""

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
    first_day = forms.TypedChoiceField(label=_("From"), coerce=dt.date.fromisoformat)
    last_day = forms.TypedChoiceField(label=_("until"), coerce=dt.date.fromisoformat)
    facility = forms.ModelChoiceField(
        Facility.objects.none(),
        label=_("Place"),
        required=False,
        to_field_name="code",
        empty_label=_("any place"),
    )

    def __init__(
        self, *args: Any, item: ServiceItem, people: "QuerySet[Resident]", today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["resident"].queryset = people
        if len(people) == 1:
            fields["resident"].initial = people[0].code
        days = [today + dt.timedelta(days=number) for number in range(item.book_days_ahead + 1)]
        choices = [(day.isoformat(), date_format(day, "MONTH_DAY_FORMAT")) for day in days]
        for name, initial in (("first_day", days[0]), ("last_day", days[-1])):
            fields[name].choices = choices
            fields[name].initial = initial.isoformat()
        halls = Facility.objects.public().filter(counters__items=item, counters__is_active=True).distinct()
        fields["facility"].queryset = halls.order_by("code")
        if len(halls) < 2:
            del fields["facility"]


class AskForm(forms.Form):
    """The last step of asking us for errands."""

    words = forms.CharField(
        label=_("What should we know?"),
        help_text=_("You may leave it empty."),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FindCaseForm(ProgressForm):
    """Where a case stands, for who does not sign in."""

    field_order = ["code", "tail"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Case number")
        self.fields["code"].help_text = _("Eight letters and digits, in the message that we sent.")


def photo_field(label: Any, *, required: bool) -> forms.FileField:
    shown = {"accept": "image/jpeg, image/png, image/webp"}
    return forms.FileField(label=label, required=required, widget=forms.FileInput(attrs=shown))


class RepairForm(forms.Form):
    """What is broken, and where."""

    kind = forms.ChoiceField(label=_("What is broken?"), choices=Repair.Kind.choices)
    place = forms.CharField(
        label=_("Where?"),
        max_length=PLACE_LENGTH,
        help_text=_("Building and flat, or which stairwell, which street corner."),
    )
    words = forms.CharField(
        label=_("What happened, and since when?"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photo = photo_field(_("A photo of it"), required=False)
    gives_phone = forms.BooleanField(
        label=_("Whoever mends it may ring me"),
        required=False,
        help_text=_("Without it we ring you, and they never see your number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].help_text = _("Without people in it. You may leave it out.")


class RepairDoneForm(forms.Form):
    """What the firm did."""

    photo = photo_field(_("A photo of what was mended"), required=True)
    words = forms.CharField(
        label=_("What did you do?"),
        help_text=_("In a few words; what it cost, if it cost something."),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
