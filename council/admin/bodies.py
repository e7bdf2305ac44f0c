from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from circle.backoffice.site import CommunityAdmin
from council.models import Body, Membership


@admin.register(Body)
class BodyAdmin(CommunityAdmin):
    """The rule counts from the next meeting on: each resolution keeps the rule by which it was decided."""

    list_display = ["name_zh", "name_en", "kind", "seats", "quorum_in_words", "pass_in_words", "is_verified"]
    list_filter = ["kind", "is_verified"]
    search_fields = ["name_zh", "name_en", "code"]
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["community", "kind", "code", ("name_zh", "name_en"), "sign", "seats"]}),
        (
            _("How many must be there"),
            {"fields": [("quorum_num", "quorum_den"), "quorum_base", "quorum_is_strict"]},
        ),
        (_("How many must be for it"), {"fields": [("pass_num", "pass_den"), "pass_base", "pass_is_strict"]}),
        (_("Where the rule comes from"), {"fields": [("source_zh", "source_en"), "is_verified"]}),
    ]

    @admin.display(description=_("to open"))
    def quorum_in_words(self, body: Body) -> str:
        return share(body.quorum)

    @admin.display(description=_("to pass"))
    def pass_in_words(self, body: Body) -> str:
        return share(body.to_pass)


def share(quota: Any) -> str:
    return f"{'>' if quota.is_strict else '≥'} {quota.num}/{quota.den}"


class MembershipForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        body, resident = said.get("body"), said.get("resident")
        if body and resident and body.community_id != resident.community_id:
            error = ValidationError(_("This belongs to another community."), code="other_community")
            self.add_error("resident", error)
        return said


@admin.register(Membership)
class MembershipAdmin(CommunityAdmin):
    """Who sits where. A seat is ended by its last day, never deleted: past rolls stand on it."""

    community_path = "body__community"
    form = MembershipForm
    list_display = ["resident", "body", "seat", "is_voting", "starts_on", "ends_on"]
    list_select_related = ["resident", "body"]
    list_filter = ["seat", "is_voting", ("ends_on", admin.EmptyFieldListFilter)]
    person_path = "resident"
    search_fields = ["resident__name"]
    raw_id_fields = ["resident"]
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["body", "resident"] if obj else []
