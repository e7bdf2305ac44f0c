"""The confirm pages for actions on a resident."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.backoffice.intake import SPELLINGS, person_label
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.row_actions import RowAction, RowForm, ask_or_perform, record_refusals
from circle.backoffice.site import CommunityAdmin
from circle.identifiers.phone_numbers import normalise_phone
from circle.models import Guardianship, Merge, Resident
from circle.search.resident_lookup import find_residents

RESULT = {"result": "admin/circle/resident/_result.html"}  # of actions that show something


class PersonForm(RowForm):
    """Another person of the community, by phone or name; of several matches one is chosen."""

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
        people = Resident.objects.living().filter(community=self.row.community_id)
        self.people = people.exclude(pk=self.row.pk)
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
    """Whether the whole name or phone was typed; else the match is shown for confirmation first."""
    return " ".join(typed.split()) == resident.name or normalise_phone(typed) == resident.phone


def is_alive(resident: Resident, at: dt.datetime) -> bool:
    return resident.died_on is None


def page_name(action: RowAction) -> str:
    return f"circle_resident_{action.name.replace('-', '_')}"


def page_address(action: RowAction, resident: Resident) -> str:
    return reverse(f"admin:{page_name(action)}", args=[resident.pk])


def find_resident(site: CommunityAdmin, request: HttpRequest, pk: int, action: RowAction) -> Resident:
    """404 for a resident this user may not see, 403 without the permission."""
    found = site.get_queryset(request).select_related("community", "building", "household", "login")
    resident = get_object_or_404(found, pk=pk)
    people = Resident.objects.filter(within_reach(request, action.permission))
    if not people.filter(pk=resident.pk).exists():
        raise PermissionDenied
    return resident


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def action_page(request: HttpRequest, pk: int, site: CommunityAdmin, action: RowAction) -> HttpResponse:
    """resident/<pk>/<action>/: asks, acts, and returns; refused attempts are recorded."""
    resident = find_resident(site, request, pk, action)
    refused = partial(record_refusals, request, resident, action.name.replace("-", "_"))

    def done(outcome: Any) -> Any:
        for sentence, url in outcome if isinstance(outcome, list) else []:  # what has to be looked at next
            messages.warning(request, format_html('{} <a href="{}">{}</a>', sentence, url, gettext("Open")))
        return action.done

    back = reverse("admin:circle_resident_change", args=[resident.pk])
    return ask_or_perform(request, action, resident, back, done=done, refused=refused)


def facts_of(resident: Resident) -> dict[str, Any]:
    """The facts that the change page shows beside the form."""
    return {
        "guardians": resident.guardianships.filter(ended_at=None).select_related("adult"),
        "wards": Guardianship.objects.current().filter(adult=resident).select_related("child"),
        "homes": resident.residences.select_related("building", "household"),
        "bans": resident.acting_bans.in_force().select_related("agent"),
        "merges": Merge.objects.filter(kept=resident).select_related("by"),
        "household": resident.household.members.living().exclude(pk=resident.pk)
        if resident.household
        else (),
    }
