from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.backoffice.site import CommunityAdmin
from council.models import Body, BodyRule, Membership
from council.models.rules import VOTING_SEATS


class RuleForm(forms.ModelForm):
    seats_represented = forms.MultipleChoiceField(
        label=_("seats that must be represented"),
        required=False,
        choices=[choice for choice in Membership.Seat.choices if choice[0] in VOTING_SEATS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("While one of them is missing nothing is decided, however many members are there."),
    )


class RuleInline(admin.StackedInline):
    """Rules are added, never changed: a meeting stands by the one of its day."""

    model = BodyRule
    form = RuleForm
    extra = 0
    fields = [
        "valid_from",
        "seats",
        ("quorum_num", "quorum_den"),
        "quorum_base",
        "quorum_is_strict",
        ("pass_num", "pass_den"),
        "pass_base",
        "pass_is_strict",
        "seats_represented",
        ("notice_days", "posting_days", "objection_days", "minutes_days", "review_days"),
        ("source_zh", "source_en"),
        "is_verified",
    ]

    def get_min_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("council.change_body")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("council.view_body")


@admin.register(Body)
class BodyAdmin(CommunityAdmin):
    """Each meeting is counted by the rule of its day, taken when its agenda is published."""

    list_display = ["name_zh", "name_en", "kind", "seats", "quorum_in_words", "pass_in_words", "is_verified"]
    list_filter = ["kind"]
    search_fields = ["name_zh", "name_en", "code"]
    show_full_result_count = False
    fields = ["community", "kind", "code", ("name_zh", "name_en"), "sign", "visibility", "names_residents"]
    inlines = [RuleInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Body]:
        return super().get_queryset(request).prefetch_related("rules")

    @admin.display(description=_("voting seats by the statutes"))
    def seats(self, body: Body) -> int | None:
        rule = current_rule(body)
        return rule.seats if rule else None

    @admin.display(description=_("to open"))
    def quorum_in_words(self, body: Body) -> str:
        rule = current_rule(body)
        return share(rule.quorum) if rule else "–"

    @admin.display(description=_("to pass"))
    def pass_in_words(self, body: Body) -> str:
        rule = current_rule(body)
        return share(rule.to_pass) if rule else "–"

    @admin.display(description=_("rule verified"), boolean=True)
    def is_verified(self, body: Body) -> bool:
        rule = current_rule(body)
        return bool(rule and rule.is_verified)


def current_rule(body: Body) -> BodyRule | None:
    """Of the rules at hand, without a query for each row of a list."""
    today = localdate()
    rules = [rule for rule in body.rules.all() if rule.valid_from <= today]
    return max(rules, key=lambda rule: (rule.valid_from, rule.pk), default=None)


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
