"""What staff do to a resident, each verb on a page of its own that asks, calls the action and comes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.audit.log import record_refusal
from circle.backoffice.confirmation import Question, render_question
from circle.backoffice.intake import SPELLINGS, person_label
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.site import CommunityAdmin
from circle.identifiers.phone_numbers import normalise_phone
from circle.models import Guardianship, Merge, Resident
from circle.search.resident_lookup import find_residents

CHANGE = "circle.change_resident"


class VerbForm(forms.Form):
    """Knows whom it is about; a verb that asks for nothing but "yes" uses it as it is."""

    def __init__(self, *args: Any, resident: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resident = resident


class PersonForm(VerbForm):
    """Another person of the community: by phone or name, and of several the one who was chosen."""

    q = forms.CharField(label=_("Name or phone"), max_length=60, help_text=SPELLINGS)
    person = forms.ModelChoiceField(
        Resident.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.HiddenInput,
        label=_("Who"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Resident.objects.living().filter(community=self.resident.community_id)
        self.people = people.exclude(pk=self.resident.pk)
        self.fields["person"].queryset = self.people
        self.fields["person"].label_from_instance = person_label

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("person") or not said.get("q"):
            return said
        found = find_residents(self.people, said["q"])
        if len(found) == 1 and is_exact(found[0], said["q"]):
            said["person"] = found[0]
        elif found:
            self.fields["person"].widget = forms.RadioSelect()
            self.fields["person"].queryset = self.people.select_related("building").filter(
                pk__in=[row.pk for row in found]
            )
            self.add_error("person", ValidationError(_("Which of them?"), code="choose_person"))
        else:
            self.add_error("q", ValidationError(_("Nobody of that name or number."), code="nobody"))
        return said


def is_exact(resident: Resident, typed: str) -> bool:
    """Whether this was the whole name or phone: else one looks at who was found before one says yes."""
    return " ".join(typed.split()) == resident.name or normalise_phone(typed) == resident.phone


@dataclass(frozen=True)
class Verb:
    name: str
    title: Any
    button: Any
    act: Callable[[HttpRequest, Resident, dict[str, Any]], HttpResponse | None]
    form: type[VerbForm] = VerbForm
    permission: str = CHANGE
    # Whether it is offered for this person at all.
    suits: Callable[[Resident], bool] = lambda resident: not resident.died_on
    sentences: Callable[[Resident], Sequence[str]] = lambda resident: ()
    done: Any = ""

    @property
    def url_name(self) -> str:
        return f"circle_resident_{self.name.replace('-', '_')}"


def can_perform(request: HttpRequest, verb: Verb, resident: Resident) -> bool:
    people = Resident.objects.filter(within_reach(request, verb.permission))
    return people.filter(pk=resident.pk).exists()


def available_actions(
    request: HttpRequest, resident: Resident, verbs: Sequence[Verb]
) -> list[tuple[str, Any]]:
    """Addresses and names of the verbs for this person."""
    allowed = {name for name in {verb.permission for verb in verbs} if request.user.has_perm(name)}
    return [
        (reverse(f"admin:{verb.url_name}", args=[resident.pk]), verb.title)
        for verb in verbs
        if verb.permission in allowed and verb.suits(resident)
    ]


def action_page(site: CommunityAdmin, verb: Verb) -> Callable[..., HttpResponse]:
    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = site.get_queryset(request).select_related("community", "building", "household", "login")
        resident = get_object_or_404(found, pk=pk)
        if not can_perform(request, verb, resident):
            raise PermissionDenied
        form = verb.form(request.POST if request.method == "POST" else None, resident=resident)
        is_asked = request.method == "POST" and form.is_valid()
        if is_asked and (answer := perform_action(request, verb, resident, form)):
            return answer
        return ask_question(request, verb, resident, form)

    return view


def perform_action(
    request: HttpRequest, verb: Verb, resident: Resident, form: VerbForm
) -> HttpResponse | None:
    try:
        answer = verb.act(request, resident, form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        record_refusal(
            verb=verb.name.replace("-", "_"),
            code=refusal.code or "",
            subject=resident,
            community=resident.community,
            at=timezone.now(),
            actor=request.user,
        )
        return None
    if answer is None:
        messages.success(request, verb.done)
        answer = redirect("admin:circle_resident_change", resident.pk)
    return answer


def ask_question(
    request: HttpRequest, verb: Verb, resident: Resident, form: VerbForm, **more: Any
) -> HttpResponse:
    question = Question(
        title=verb.title,
        button=verb.button,
        back=reverse("admin:circle_resident_change", args=[resident.pk]),
        sentences=[str(resident), *verb.sentences(resident)],
    )
    response = render_question(request, question, "admin/circle/resident/verb.html", form=form, **more)
    if form.errors:
        response.status_code = 422
    return response


def facts_of(resident: Resident) -> dict[str, Any]:
    """What the change page shows beside the form."""
    return {
        "guardians": resident.guardianships.filter(ended_at=None).select_related("adult"),
        "wards": Guardianship.objects.current().filter(adult=resident).select_related("child"),
        "homes": resident.residences.select_related("building", "household"),
        "bans": resident.acting_bans.standing().select_related("agent"),
        "merges": Merge.objects.filter(kept=resident).select_related("by"),
        "household": resident.household.members.living().exclude(pk=resident.pk)
        if resident.household
        else (),
    }
