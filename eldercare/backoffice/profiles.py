"""What staff do with an elder's profile: the table of actions, and their forms."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.backoffice.row_actions import RowAction, RowForm, action_table, pass_row_as, text_field
from circle.models import Consent, Mandate, Resident, StaffPost, User, Via
from eldercare import actions
from eldercare.actions import Festival, Found
from eldercare.actions.holidays import spring_festival
from eldercare.actions.visit_news import news_of
from eldercare.models import CareProfile, HolidayStay, Pairing, RiskTag, Visit
from eldercare.models.duties import DUTY_CHANGE
from eldercare.models.profiles import PROFILE_CHANGE
from eldercare.models.visits import NOTE_LENGTH

TOLD = [(each.value, each.label) for each in (Via.PHONE, Via.WINDOW, Via.DOOR)]


def date_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class ParticularsForm(RowForm):
    grade = forms.TypedChoiceField(
        label=_("ability grade"),
        choices=[("", "–"), *CareProfile.Grade.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    graded_on = date_field(_("graded on"), required=False)
    contacts = forms.CharField(label=_("whom to tell, in order"), max_length=200, required=False)
    key = forms.CharField(label=_("who holds a key"), max_length=80, required=False)
    diet = forms.CharField(label=_("diet and allergies"), max_length=200, required=False)
    hearing = forms.ChoiceField(
        label=_("hearing"), choices=[("", "–"), *CareProfile.Hearing.choices], required=False
    )
    dialect = forms.CharField(label=_("dialect"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profile = CareProfile.objects.filter(resident=self.row).first()
        if profile:
            self.initial.update({name: getattr(profile, name) for name in self.fields})
            if profile.graded_on:
                self.initial["graded_on"] = profile.graded_on.isoformat()

    def clean(self) -> dict[str, Any]:
        return {"facts": dict(self.cleaned_data)}


class TagForm(RowForm):
    kind = forms.ChoiceField(label=_("reason"), choices=RiskTag.Kind.choices)
    evidence = text_field("evidence", _("What proves it, such as: household register seen on 3 March"))
    since = date_field(_("from"), required=False)


class EndTagForm(RowForm):
    tag = forms.ModelChoiceField(RiskTag.objects.none(), label=_("reason"))
    until = date_field(_("last day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["tag"]
        field.queryset = self.row.risk_tags.filter(until=None)
        field.label_from_instance = lambda tag: tag.get_kind_display()


class RestForm(RowForm):
    starts_on = date_field(_("first day"))
    ends_on = date_field(_("last day"))
    reason = text_field("reason", _("Reason"))
    said_by = forms.CharField(label=_("said by"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["starts_on"] = localdate().isoformat()


class EventForm(RowForm):
    event = text_field("event", _("What happened, such as: home from hospital"))


class FestivalForm(RowForm):
    """Who may look in on this elder: their volunteers, and the posts that reach them."""

    where = forms.ChoiceField(label=_("over the festival"), choices=HolidayStay.Where.choices)
    said_by = forms.CharField(label=_("said by"), max_length=60)
    user = forms.ModelChoiceField(User.objects.none(), label=_("who looks in"), required=False)
    days = forms.MultipleChoiceField(
        label=_("On which days"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days: Any = self.fields["days"]
        ahead = spring_festival(localdate())
        days.choices = [(day.isoformat(), date_format(day, "MONTH_DAY_FORMAT")) for day in ahead]
        field: Any = self.fields["user"]
        field.queryset = people_for(self.row)
        if ahead and (stay := HolidayStay.objects.of_festival(ahead).filter(resident=self.row).last()):
            self.initial.update(where=stay.where, said_by=stay.said_by)

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        said = dict(self.cleaned_data)
        said["days"] = [dt.date.fromisoformat(day) for day in said["days"]]
        return {"festival": Festival(**said)}


def people_for(resident: Resident) -> QuerySet[User]:
    """Of whom one is chosen to look in; the action asks once more."""
    volunteers = Pairing.objects.introduced().filter(resident=resident).values("volunteer__user")
    posts = StaffPost.objects.active(localdate()).giving(DUTY_CHANGE).filter(community=resident.community_id)
    near = posts.filter(Q(grid=None) | Q(grid__buildings=resident.building_id)).values("user")
    return User.objects.filter(Q(pk__in=volunteers) | Q(pk__in=near), is_active=True).order_by("name", "pk")


class LookForm(RowForm):
    outcome = forms.ChoiceField(label=_("what was found"), choices=Visit.Outcome.choices)
    method = forms.ChoiceField(label=_("how"), choices=Visit.Method.choices)
    note = forms.CharField(label=_("note"), max_length=NOTE_LENGTH, required=False)

    def clean(self) -> dict[str, Any]:
        return {"found": Found(**self.cleaned_data)} if not self.errors else self.cleaned_data


class NewsForm(RowForm):
    """Who acts for the elder and gets no line yet."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("relative"))
    via = forms.ChoiceField(label=_("How the elder agreed"), choices=TOLD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["mandate"]
        told = [int(consent.matter) for consent in news_of(self.row)]
        field.queryset = self.row.mandates_given.active().exclude(agent__in=told).select_related("agent")
        field.label_from_instance = lambda mandate: f"{mandate.agent} · {mandate.get_basis_display()}"


class EndNewsForm(RowForm):
    consent = forms.ModelChoiceField(Consent.objects.none(), label=_("relative"))
    via = forms.ChoiceField(label=_("How this was said"), choices=TOLD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["consent"]
        field.queryset = news_of(self.row)
        names = User.objects.in_bulk([int(consent.matter) for consent in field.queryset])
        field.label_from_instance = lambda consent: str(names.get(int(consent.matter), "–"))


def end_of_row(resident: Resident, *, tag: RiskTag, **said: Any) -> Any:
    return actions.end_tag(tag=tag, **said)


def end_news_of_row(resident: Resident, *, consent: Consent, **said: Any) -> Any:
    return actions.end_visit_news(consent=consent, **said)


def has_agent(resident: Resident, at: Any) -> bool:
    return resident.mandates_given.active().exists()


def has_news(resident: Resident, at: Any) -> bool:
    return news_of(resident).exists()


def has_reason(resident: Resident, at: Any) -> bool:
    return RiskTag.objects.filter(resident=resident, until=None).exists()


on_resident = partial(pass_row_as, "resident")
PROFILE_ACTIONS = action_table(
    PROFILE_CHANGE,
    RowAction(
        "look",
        _("Enter a visit"),
        on_resident(actions.record_visit),
        permission=DUTY_CHANGE,
        form=LookForm,
        sentence=_("Who was met, also by phone, is looked after for this period. 120 first if in doubt."),
    ),
    RowAction(
        "particulars", _("Change the particulars"), on_resident(actions.write_profile), form=ParticularsForm
    ),
    RowAction(
        "tag",
        _("Give a reason to look in"),
        on_resident(actions.tag_resident),
        form=TagForm,
        sentence=_("Somebody has to look in from this period on, as often as the rule says."),
    ),
    RowAction("untag", _("End a reason"), end_of_row, has_reason, form=EndTagForm),
    RowAction(
        "rest",
        pgettext_lazy("of visits", "Let the visits rest"),
        on_resident(actions.rest_visits),
        has_reason,
        form=RestForm,
        sentence=_("After the last day they come back by themselves."),
    ),
    RowAction(
        "festival",
        _("Over the Spring Festival"),
        on_resident(actions.plan_festival),
        has_reason,
        permission=DUTY_CHANGE,
        form=FestivalForm,
        sentence=_("Ask the elder or the family. Who is alone is looked in on by somebody, day by day."),
    ),
    RowAction(
        "event",
        _("Something happened"),
        on_resident(actions.note_event),
        form=EventForm,
        sentence=_("Somebody looks in within the hours that the rule says."),
    ),
    RowAction(
        "news",
        _("A relative gets a line after each visit"),
        on_resident(actions.begin_visit_news),
        has_agent,
        form=NewsForm,
        sentence=_("Ask the elder first: their word counts. The line says that somebody came, no value."),
    ),
    RowAction(
        "unnews",
        _("End the lines to a relative"),
        end_news_of_row,
        has_news,
        form=EndNewsForm,
        sentence=_("A word on the phone is enough, of the elder or of the relative."),
    ),
)
