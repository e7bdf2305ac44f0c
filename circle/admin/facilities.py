from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.actions import queue_walks
from circle.admin.places import POINT_FIELDSET, is_moved, warn_if_shifted
from circle.backoffice.affected import AsksBeforeStranding
from circle.backoffice.concurrent_edits import TellsOfOtherEdits
from circle.backoffice.confirmation import show_warning
from circle.backoffice.post_permissions import posts_with_permission
from circle.backoffice.site import CommunityAdmin
from circle.forms import FacilityForm
from circle.models import Closure, Facility, FacilityChange, FacilityKind, OpeningHours
from circle.models.roles import MANAGED_KIND, Role
from circle.signals import facility_closed, timetable_changed


class OwnPlaceAdmin(CommunityAdmin):
    """For facilities and their rows: a post limited to a kind (as the canteen) changes that kind only."""

    kind_path = "kind__code"

    def runs(self, request: HttpRequest, action: str) -> set[str] | None:
        """Codes of the kinds to which this user's posts are limited; None where one reaches all of them."""
        permission = self.permission(action)
        roles = {post.role for post in posts_with_permission(request, permission)}
        is_wide = request.user.has_global_permission(permission) or not roles <= set(MANAGED_KIND)
        return None if is_wide else {MANAGED_KIND[Role(role)] for role in roles}

    def rows(self, request: HttpRequest, action: str) -> QuerySet[Any]:
        found, kinds = super().rows(request, action), self.runs(request, action)
        return (
            found if action == "view" or kinds is None else found.filter(**{f"{self.kind_path}__in": kinds})
        )

    def covers(self, request: HttpRequest, action: str, row: Any) -> bool:
        may = super().covers(request, action, row)
        if not may or row is None or action == "view" or self.runs(request, action) is None:
            return may
        return self.rows(request, action).filter(pk=row.pk).exists()


@admin.register(FacilityKind)
class FacilityKindAdmin(TellsOfOtherEdits):
    list_display = ["name_zh", "name_en", "code", "dimension", "always_open"]
    list_filter = ["dimension", "always_open"]
    search_fields = ["name_zh", "name_en", "code"]


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    extra = 0


class ClosureInline(admin.TabularInline):
    model = Closure
    extra = 0


def send_facility_closed(request: HttpRequest, closures: Iterable[Closure]) -> None:
    """Let the upper apps handle what the closures affect, and show their messages."""
    for closure in closures:
        answers = facility_closed.send(sender=Closure, closure=closure, at=timezone.now())
        for _receiver, answer in answers:
            show_warning(request, answer, "closure_hits_bookings")


def send_timetable_changed(request: HttpRequest, facilities: Iterable[Facility | None]) -> None:
    """Have the slots of these places laid out now; None means every place (a holiday was changed)."""
    for facility in facilities:
        answers = timetable_changed.send(sender=Facility, facility=facility, at=timezone.now())
        for _receiver, answer in answers:
            show_warning(request, answer, "bookings_stranded")


def touch_facilities(facilities: Iterable[int]) -> None:
    """Mark the facilities as changed, so that the next tick already recomputes coverage."""
    Facility.objects.filter(pk__in=facilities).update(updated_at=timezone.now())


class FacilityChangeInline(admin.TabularInline):
    model = FacilityChange
    extra = 0


# What whoever runs a place changes of its page.
DAILY_FIELDS = {"notice_zh", "notice_en", "activities_zh", "activities_en"}


@admin.register(Facility)
class FacilityAdmin(AsksBeforeStranding, OwnPlaceAdmin):
    form = FacilityForm
    list_display = ["name_zh", "name_en", "kind", "phone", "is_published", "updated_at"]
    list_select_related = ["kind"]
    list_filter = ["kind__dimension", "is_published"]
    search_fields = ["name_zh", "name_en", "code", "synonyms"]
    autocomplete_fields = ["kind"]
    readonly_fields = ["short_code", "updated_at"]
    inlines = [OpeningHoursInline, ClosureInline, FacilityChangeInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "community",
                    "kind",
                    "code",
                    "short_code",
                    ("name_zh", "name_en"),
                    "is_published",
                ]
            },
        ),
        (_("Today"), {"fields": [("notice_zh", "notice_en")]}),
        (
            _("What is done there"),
            {"fields": ["activities_zh", "activities_en", "synonyms"]},
        ),
        (
            POINT_FIELDSET[0],
            {
                "fields": [
                    ("address_zh", "address_en"),
                    ("landmark_zh", "landmark_en"),
                    *POINT_FIELDSET[1]["fields"],
                    "step_free",
                ]
            },
        ),
        (_("Contact and size"), {"fields": ["phone", "area_m2", "follows_workdays"]}),
        (_("Photo"), {"fields": ["photo", ("photo_alt_zh", "photo_alt_en")]}),
        (None, {"fields": ["updated_at"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Location and kind are changed by the office; the rest also by whoever runs the facility."""
        if self.runs(request, "change") is None:
            return super().get_readonly_fields(request, obj)
        return [name for name in flatten_fieldsets(self.fieldsets) if name not in DAILY_FIELDS]

    def save_model(self, request: HttpRequest, obj: Facility, form: Any, change: bool) -> None:
        """Queue the walking times of the kind after a move, of both kinds after a change of kind."""
        super().save_model(request, obj, form, change)
        if is_moved(form, change) or "kind" in form.changed_data:
            kinds = {obj.kind_id, form.initial.get("kind") or obj.kind_id}
            queue_walks(community=obj.community, kinds=kinds, at=timezone.now())
            warn_if_shifted(request, obj.community, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if formset.model is Closure:
                send_facility_closed(
                    request, formset.new_objects + [row for row, _fields in formset.changed_objects]
                )
        if has_new_timetable(form, formsets):
            send_timetable_changed(request, [form.instance])


def has_new_timetable(form: Any, formsets: Any) -> bool:
    """Whether other slots follow from what was saved; what a new closure closes is seen to on its own."""
    hours = any(formset.has_changed() for formset in formsets if formset.model is OpeningHours)
    reopened = any(formset.deleted_objects for formset in formsets if formset.model is Closure)
    return hours or reopened or bool({"is_published", "follows_workdays"} & set(form.changed_data))


@admin.register(FacilityChange)
class FacilityChangeAdmin(CommunityAdmin):
    community_path = "facility__community"
    list_display = ["facility", "kind", "happened_on", "from_m2", "to_m2"]
    list_select_related = ["facility"]
    list_filter = ["kind"]
    search_fields = ["facility__name_zh", "facility__name_en"]
    autocomplete_fields = ["facility"]
