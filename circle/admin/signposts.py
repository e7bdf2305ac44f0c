from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.backoffice.bilingual import BilingualForm
from circle.backoffice.site import CommunityAdmin
from circle.models import Signpost, SignpostHours


class HoursFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        """Refuses: hours_missing (neither by weekday nor in words)."""
        super().clean()
        rows = [form for form in self.forms if form.has_changed() or form.instance.pk]
        stays = [form for form in rows if not form.cleaned_data.get("DELETE")]
        if not stays and not self.instance.hours_zh:
            raise ValidationError(_("Give the hours by weekday, or at least in words."), code="hours_missing")


class SignpostHoursInline(admin.TabularInline):
    model = SignpostHours
    formset = HoursFormSet
    extra = 0


@admin.register(Signpost)
class SignpostAdmin(CommunityAdmin):
    """Who does what the community does not do; found by the search."""

    form = BilingualForm
    list_display = ["name_zh", "name_en", "office_zh", "phone", "is_published", "checked_on"]
    list_filter = ["is_published"]
    search_fields = ["name_zh", "name_en", "synonyms", "office_zh", "office_en"]
    inlines = [SignpostHoursInline]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": ["community", ("name_zh", "name_en"), "slug", "synonyms"]}),
        (_("Who and where"), {"fields": [("office_zh", "office_en"), ("address_zh", "address_en")]}),
        (
            _("When and what to know"),
            {"fields": ["follows_workdays", ("hours_zh", "hours_en"), "phone", ("advice_zh", "advice_en")]},
        ),
        (
            _("Are these facts right?"),
            {"fields": ["is_published", "checked_on", "other_language_checked"]},
        ),
    ]

    def save_model(self, request: HttpRequest, obj: Signpost, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(
            verb="signpost_changed" if change else "signpost_written",
            subject=obj,
            community=obj.community_id,
            at=timezone.now(),
            actor=request.user,
            columns=form.changed_data,
        )

    def view_on_site(self, obj: Signpost) -> str | None:
        return obj.get_absolute_url() if obj.is_published else None
