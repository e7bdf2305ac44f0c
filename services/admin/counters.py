from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.admin.closures import CLOSED_PERIOD_FIELDS, lead_to_group_text
from circle.backoffice.affected import AsksBeforeStranding
from circle.backoffice.confirmation import show_warning
from circle.backoffice.shifts import ShiftFormSet
from circle.backoffice.site import CommunityAdmin
from services.actions import lay_out_slots
from services.backoffice.closure_texts import text_of_closure
from services.backoffice.days_ahead import limits_of_counter, show_limits
from services.backoffice.stranded import stranded_warning
from services.models import Booking, Counter, CounterClosure, CounterShift

NEW_SLOTS_ONLY = _("Counts for times that are laid out from now on; those that are there keep their places.")


def lay_out_at_once(request: HttpRequest, counter: Counter) -> None:
    """Lay out its times, and name the bookings that no longer take place."""
    at = timezone.now()
    lay_out_slots(community=counter.community, at=at)
    bookings = Booking.objects.filter(slot__counter=counter)
    show_warning(request, stranded_warning(bookings, at), "bookings_stranded")


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


class CounterShiftInline(admin.TabularInline):
    model = CounterShift
    formset = ShiftFormSet
    extra = 0
    verbose_name_plural = _("Hours of its own (without any: whenever the place is open)")


@admin.register(Counter)
class CounterAdmin(AsksBeforeStranding, CommunityAdmin):
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
    inlines = [CounterShiftInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "community",
                    "facility",
                    "code",
                    ("name_zh", "name_en"),
                    "is_active",
                    "ticket_prefix",
                ]
            },
        ),
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
        lay_out_at_once(request, form.instance)
        show_limits(request, limits_of_counter(form.instance))

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Boxes to tick, which need no script; the items by number."""
        items = db_field.remote_field.model.objects.order_by("code")
        kwargs |= {"form_class": ItemsField, "widget": forms.CheckboxSelectMultiple, "queryset": items}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(CounterClosure)
class CounterClosureAdmin(AsksBeforeStranding, CommunityAdmin):
    """One counter for some days or hours, while the place is open."""

    community_path = "counter__community"
    list_display = ["counter", "starts_on", "ends_on", "from_time", "until_time", "reason_zh"]
    list_select_related = ["counter"]
    search_fields = ["counter__name_zh", "counter__name_en", "reason_zh"]
    fields = ["counter", *CLOSED_PERIOD_FIELDS]
    readonly_fields = ["group_text"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*self.fields, "group_text"] if obj else list(self.fields)

    @admin.display(description=_("Proposed text for the residents' group, to copy"))
    def group_text(self, closure: CounterClosure) -> str:
        return linebreaksbr(text_of_closure(closure))

    def save_model(self, request: HttpRequest, obj: CounterClosure, form: Any, change: bool) -> None:
        before = form.initial.get("counter", obj.counter_id)
        super().save_model(request, obj, form, change)
        lead_to_group_text(request, reverse("admin:services_counterclosure_change", args=[obj.pk]))
        lay_out_at_once(request, obj.counter)
        if before != obj.counter_id:
            lay_out_at_once(request, Counter.objects.get(pk=before))

    def delete_model(self, request: HttpRequest, obj: CounterClosure) -> None:
        super().delete_model(request, obj)
        lay_out_at_once(request, obj.counter)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[CounterClosure]) -> None:
        counters = list(Counter.objects.filter(closures__in=queryset).distinct())
        super().delete_queryset(request, queryset)
        for counter in counters:
            lay_out_at_once(request, counter)
