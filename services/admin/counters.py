from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.backoffice.confirmation import show_warning
from circle.backoffice.site import CommunityAdmin
from services.actions import lay_out_slots
from services.backoffice.stranded import stranded_warning
from services.models import Booking, Counter

NEW_SLOTS_ONLY = _("Counts for times that are laid out from now on; those that are there keep their places.")


class ItemsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.name}"


class CounterForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        community, items = said.get("community"), said.get("items") or []
        if community and any(item.community_id != community.pk for item in items):
            self.add_error(
                "items", ValidationError(_("This belongs to another community."), code="other_community")
            )
        return said


@admin.register(Counter)
class CounterAdmin(CommunityAdmin):
    form = CounterForm
    list_display = [
        "name_zh",
        "name_en",
        "facility",
        "slot_minutes",
        "online_places",
        "counter_places",
        "is_active",
    ]
    list_select_related = ["facility"]
    list_filter = ["is_active"]
    search_fields = ["name_zh", "name_en", "code", "facility__name_zh", "facility__name_en"]
    autocomplete_fields = ["facility"]
    fieldsets = [
        (None, {"fields": ["community", "facility", "code", ("name_zh", "name_en"), "is_active"]}),
        (
            _("Times and places"),
            {
                "fields": ["slot_minutes", ("online_places", "counter_places"), "days_ahead"],
                "description": NEW_SLOTS_ONLY,
            },
        ),
        (_("What is served here"), {"fields": ["items"]}),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        at = timezone.now()
        lay_out_slots(community=form.instance.community, at=at)
        bookings = Booking.objects.filter(slot__counter=form.instance)
        show_warning(request, stranded_warning(bookings, at), "bookings_stranded")

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Boxes to tick, which need no script; the items by number."""
        items = db_field.remote_field.model.objects.order_by("code")
        kwargs |= {"form_class": ItemsField, "widget": forms.CheckboxSelectMultiple, "queryset": items}
        return super().formfield_for_manytomany(db_field, request, **kwargs)
