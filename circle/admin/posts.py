from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from circle.admin import post_changes
from circle.admin.handover import handover
from circle.backoffice.affected import AsksBeforeStranding
from circle.backoffice.choices import RowSelects
from circle.backoffice.site import CommunityAdmin
from circle.models import Absence, StaffPost


class PostForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        community = said.get("community")
        for name in ("grid", "building", "firm", "facility"):
            place = said.get(name)
            if place and community and place.community_id != community.pk:
                self.add_error(
                    name, ValidationError(_("This belongs to another community."), code="other_community")
                )
        return said


class AbsenceForm(forms.ModelForm):
    def clean_substitute(self) -> StaffPost:
        found: StaffPost = self.cleaned_data["substitute"]
        if found.community_id != self.instance.post.community_id:
            raise ValidationError(_("This belongs to another community."), code="other_community")
        return found


class AbsenceInline(RowSelects, admin.TabularInline):
    model = Absence
    form = AbsenceForm
    fk_name = "post"
    extra = 0
    autocomplete_fields = ["substitute"]


@admin.register(StaffPost)
class StaffPostAdmin(AsksBeforeStranding, CommunityAdmin):
    form = PostForm
    list_display = ["user", "role", "community", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "community"]
    search_fields = ["user__email", "user__name"]
    autocomplete_fields = ["user", "grid", "building", "firm", "facility"]
    inlines = [AbsenceInline]
    change_list_template = "admin/circle/staffpost/change_list.html"
    change_form_template = "admin/circle/staffpost/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(handover)
        return [
            path("hand-over/", page, name="circle_staffpost_hand_over"),
            *post_changes.urls(self),
            *super().get_urls(),
        ]
