"""The register of people. Phones are typed in any spelling and shown masked; ID numbers are never shown."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.models import Household, Mandate, Resident
from circle.phones import reachable
from circle.records import record
from circle.staff import CommunityAdmin


class ResidentForm(forms.ModelForm):
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "class": "vTextField"}),
        help_text=_("Mobile or landline with its area code. One phone may serve several people."),
    )
    id_number = forms.CharField(
        label=_("ID number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "phone" in self.fields:  # without the right to change, the form has no fields
            self.initial["phone"] = self.instance.phone
            self.fields["id_number"].help_text = (
                _("A number is on file and is not shown. Leave this empty to keep it.")
                if self.instance.id_number_sealed
                else _("Only where a matter asks for it. It is kept encrypted and never shown again.")
            )

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        self.instance.phone = reachable(typed) if typed else ""
        return self.instance.phone

    def clean_id_number(self) -> str:
        typed = "".join(self.cleaned_data["id_number"].split()).upper()
        if typed:
            self.instance.id_number = typed
        return typed

    def clean(self) -> dict[str, Any]:
        """The database promises these as well; a form passes over constraints on columns it does not show."""
        said = super().clean() or self.cleaned_data
        community = said.get("community")
        for name in ("building", "household"):
            row = said.get(name)
            if row and community and row.community_id != community.pk:
                self.add_error(
                    name, ValidationError(_("This belongs to another community."), code="other_community")
                )
        if self.instance.id_number_index and not said.get("id_type"):
            self.add_error(
                "id_type",
                ValidationError(_("Say what kind of paper the number is from."), code="id_type_missing"),
            )
        same = Resident.objects.filter(community=community, id_number_index=self.instance.id_number_index)
        if self.instance.id_number_index and same.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "id_number",
                ValidationError(_("There is already a resident with this ID number."), code="known"),
            )
        return said


class MandateInline(admin.TabularInline):
    """What others may do in this person's name; given and ended on pages of its own."""

    model = Mandate
    template = "admin/circle/resident/mandates.html"
    readonly_fields = ["agent", "basis", "scope", "valid_from", "valid_until", "revoked_at"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mandate]:
        return super().get_queryset(request).select_related("agent", "principal")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Resident)
class ResidentAdmin(CommunityAdmin):
    near_path = "building__"
    form = ResidentForm
    list_display = ["name", "masked_phone", "building", "born_on", "language"]
    list_select_related = ["building"]
    list_filter = ["language"]
    search_fields = ["name"]
    search_help_text = _("A name, or the whole phone number in any spelling")
    autocomplete_fields = ["building", "household"]
    inlines = [MandateInline]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/circle/resident/change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        paper = ["id_type", "id_number"] if may_write else ["id_type"]
        contact = ["phone" if may_write else "masked_phone", "language", "login"]
        return [
            (None, {"fields": ["community", "name", "born_on"]}),
            (_("How to reach them"), {"fields": contact}),
            (_("Where they live"), {"fields": ["building", "household"]}),
            (_("Paper"), {"fields": [tuple(paper)]}),
            (None, {"fields": ["died_on"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A household is chosen from a list that one must be allowed to see."""
        may_choose = request.user.has_perm("circle.view_household")
        return ["login", "masked_phone"] + ([] if may_choose else ["household"])

    @admin.display(description=_("phone"))
    def masked_phone(self, resident: Resident) -> str:
        return resident.masked_phone

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Resident], search_term: str
    ) -> tuple[QuerySet[Resident], bool]:
        """A phone is found only as a whole: nothing else of it can be searched for."""
        try:
            return queryset.with_phone(reachable(search_term)), False
        except ValidationError:
            return super().get_search_results(request, queryset, search_term)

    def save_model(self, request: HttpRequest, obj: Resident, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(
            verb="resident_changed" if change else "resident_registered",
            subject=obj,
            community=obj.community_id,
            at=timezone.now(),
            actor=request.user,
            columns=form.changed_data,
        )


class HouseholdForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        community, building = said.get("community"), said.get("building")
        if community and building and building.community_id != community.pk:
            self.add_error(
                "building", ValidationError(_("This belongs to another community."), code="other_community")
            )
        return said


@admin.register(Household)
class HouseholdAdmin(CommunityAdmin):
    form = HouseholdForm
    list_display = ["building", "door", "community"]
    list_display_links = ["door"]
    list_select_related = ["building", "community"]
    search_fields = ["door", "building__name_zh", "building__name_en"]
    autocomplete_fields = ["building"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
