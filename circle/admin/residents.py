"""The register of residents. Phones are entered in any spelling and shown masked."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.admin import phone_contacts, resident_card
from circle.admin.deaths import DEATH, DEATH_BACK
from circle.admin.guardians import ADD_GUARDIAN, END_GUARDIAN
from circle.admin.mandates import REFUSE_ACTING
from circle.admin.merges import MERGE
from circle.admin.moves import MOVE_IN, MOVE_OUT
from circle.admin.passes import SIGN_IN
from circle.admin.phone_numbers import CHANGE_PHONE, RELEASE_NUMBER
from circle.admin.resident_actions import action_page, facts_of, page_address, page_name
from circle.admin.reveals import REVEAL
from circle.audit.log import record, record_reading
from circle.backoffice.intake import SPELLINGS
from circle.backoffice.row_actions import action_table, available_actions
from circle.backoffice.site import CommunityAdmin
from circle.identifiers.encryption import indexes_of
from circle.identifiers.id_documents import parse_id_number
from circle.identifiers.phone_numbers import parse_phone
from circle.models import Mandate, Resident, User
from circle.search.resident_lookup import IN_LISTS, find_resident_ids

RESIDENT_ACTIONS = action_table(
    "circle.change_resident",
    CHANGE_PHONE,
    RELEASE_NUMBER,
    MOVE_IN,
    MOVE_OUT,
    ADD_GUARDIAN,
    END_GUARDIAN,
    REFUSE_ACTING,
    REVEAL,
    SIGN_IN,
    MERGE,
    DEATH,
    DEATH_BACK,
)


class ResidentForm(forms.ModelForm):
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "class": "vTextField"}),
        help_text=_("Mobile or landline with its area code. One phone may serve several people."),
    )
    is_region_known = True
    id_number = forms.CharField(
        label=_("ID number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # declared above, so that Django does not drop it where no page shows it
            self.fields.pop("phone", None)
        if "id_number" in self.fields:  # without the right to change, the form has no fields
            self.fields["id_number"].help_text = (
                _("A number is on file. Leave this empty to keep it.")
                if self.instance.id_number_sealed
                else _("Only where a matter asks for it. It is kept encrypted and shown masked.")
            )

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        self.instance.phone = parse_phone(typed) if typed else ""
        return self.instance.phone

    def clean(self) -> dict[str, Any]:
        """Repeats constraints, because a form skips those on columns that it does not show."""
        said = super().clean() or self.cleaned_data
        community = said.get("community")
        for name in ("building", "household"):
            row = said.get(name)
            if row and community and row.community_id != community.pk:
                self.add_error(
                    name, ValidationError(_("This belongs to another community."), code="other_community")
                )
        if (said.get("id_number") or self.instance.id_number_index) and not said.get("id_needed_for"):
            unneeded = _("Say what the number is needed for. Without a need we keep none.")
            self.add_error("id_needed_for", ValidationError(unneeded, code="id_not_needed"))
        elif said.get("id_number"):
            self.set_id_document(said, community)
        elif self.instance.id_number_index and not said.get("id_type"):
            self.add_error(
                "id_type",
                ValidationError(_("Say what kind of paper the number is from."), code="id_type_missing"),
            )
        return said

    def set_id_document(self, said: dict[str, Any], community: Any) -> None:
        """Set the number as it is stored, and the birthday from it where none was entered."""
        try:
            paper = parse_id_number(
                kind=said.get("id_type", ""),
                text=said["id_number"],
                born_on=said.get("born_on"),
                on=timezone.localdate(),
            )
        except ValidationError as refusal:
            self.add_error("id_type" if refusal.code == "id_type_missing" else "id_number", refusal)
            return
        same = Resident.objects.filter(community=community, id_number_index__in=indexes_of(paper.number))
        if same.exclude(pk=self.instance.pk).exists():
            known = ValidationError(_("There is already a resident with this ID number."), code="known")
            self.add_error("id_number", known)
            return
        self.instance.id_number, self.is_region_known = paper.number, paper.is_region_known
        said["born_on"] = said.get("born_on") or paper.born_on


class MandateInline(admin.TabularInline):
    """Mandates given by this resident; given and ended on pages of their own."""

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
    search_help_text = SPELLINGS
    autocomplete_fields = ["building", "household"]
    inlines = [MandateInline]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/circle/resident/change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        paper = ["id_type", "masked_id_number"] + (["id_number"] if may_write else []) + ["id_needed_for"]
        contact = ["masked_phone" if obj else "phone", "language", "login"]
        return [
            (None, {"fields": ["community", "name", "born_on"]}),
            (_("How to reach them"), {"fields": contact}),
            (_("Where they live"), {"fields": ["building", "household"]}),
            (_("Paper"), {"fields": [tuple(paper if obj else ["id_type", "id_number", "id_needed_for"])]}),
            *([(None, {"fields": ["died_on"]})] if obj and obj.died_on else []),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Numbers and homes are changed by actions that record their history.

        The household is read only without the permission to see households.
        """
        may_choose = request.user.has_perm("circle.view_household") and obj is None
        fixed = ["login", "masked_phone", "masked_id_number", "died_on"]
        return fixed + (["building"] if obj else []) + ([] if may_choose else ["household"])

    @admin.display(description=_("ID number"))
    def masked_id_number(self, resident: Resident) -> str:
        return resident.masked_id_number or "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resident]:
        """Without merged duplicates."""
        return super().get_queryset(request).filter(merged_into=None)

    def get_urls(self) -> list[URLPattern]:
        pages = [
            path(
                f"<int:pk>/{action.name}/",
                self.admin_site.admin_view(partial(action_page, site=self, action=action)),
                name=page_name(action),
            )
            for action in RESIDENT_ACTIONS
        ]
        own = [
            ("find/", resident_card.find, "find"),
            ("card/<uuid:code>/", resident_card.card, "card"),
            ("phone/<uuid:code>/", phone_contacts.phone, "phone"),
        ]
        pages += [
            path(
                route,
                self.admin_site.admin_view(partial(view, model_admin=self)),
                name=f"circle_resident_{name}",
            )
            for route, view, name in own
        ]
        return [*pages, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        resident = self.get_object(request, object_id)
        if resident and request.method == "GET" and self.has_view_permission(request, resident):
            record_reading(by=request.user, resident=resident, page="resident", at=timezone.now())
        shown: dict[str, Any] = {}
        if resident:
            offered = available_actions(RESIDENT_ACTIONS, resident, timezone.now(), request.user)
            verbs = [(page_address(action, resident), action.label) for action in offered]
            shown = {"facts": facts_of(resident), "verbs": verbs}
        return super().change_view(request, object_id, form_url, shown | (extra_context or {}))

    @admin.display(description=_("phone"))
    def masked_phone(self, resident: Resident) -> str:
        return resident.masked_phone

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Resident], search_term: str
    ) -> tuple[QuerySet[Resident], bool]:
        """Like the resident lookup elsewhere, and the dead as well, since a death may be taken back."""
        if not search_term.strip():
            return queryset, False
        known = queryset.filter(erased_at=None)
        found, may_repeat = super().get_search_results(request, known, search_term)
        ids = find_resident_ids(known, search_term, IN_LISTS, by=cast(User, request.user))
        return found | known.filter(pk__in=ids), may_repeat

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
        if not form.is_region_known:
            messages.warning(request, gettext("The number begins with a region that is not in our list."))
