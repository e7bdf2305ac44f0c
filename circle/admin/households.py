from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.backoffice.site import CommunityAdmin
from circle.models import Household


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
