from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.backoffice.post_permissions import within_reach
from circle.backoffice.shifts import ShiftFormSet
from circle.backoffice.site import CommunityAdmin
from circle.models import StaffPost, User
from eldercare.backoffice.worker_photos import photo_field, photo_tag, read_photo
from eldercare.models import CareWorker, WorkerShift
from eldercare.models.bookings import VISIT


class CareWorkerForm(forms.ModelForm):
    new_photo = photo_field()
    remove_photo = forms.BooleanField(label=_("remove the photo"), required=False)

    def clean_new_photo(self) -> Any:
        return read_photo(self.cleaned_data["new_photo"])

    def save(self, commit: bool = True) -> Any:
        if photo := self.cleaned_data["new_photo"]:
            self.instance.photo = photo
        elif self.cleaned_data["remove_photo"]:
            self.instance.photo = b""
        return super().save(commit)


class WorkerShiftInline(admin.TabularInline):
    """Working hours belong to the worker's own form, and need no permission of their own."""

    model = WorkerShift
    formset = ShiftFormSet
    extra = 0
    verbose_name_plural = _("Working hours (without any: whenever care is given; leave stands at the post)")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("eldercare.view_careworker")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("eldercare.change_careworker")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("eldercare.change_careworker")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("eldercare.change_careworker")


@admin.register(CareWorker)
class CareWorkerAdmin(CommunityAdmin):
    """Of the care team; the number stands on the badge."""

    form = CareWorkerForm
    list_display = ["user", "number", "sex", "dialects"]
    list_select_related = ["user"]
    list_filter = ["sex"]
    search_fields = ["user__name", "=number", "dialects"]
    fields = ["community", "user", "number", "sex", "dialects", "shown_photo", "new_photo", "remove_photo"]
    readonly_fields = ["number", "shown_photo"]
    inlines = [WorkerShiftInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).without_photos()

    @admin.display(description=_("photo"))
    def shown_photo(self, worker: CareWorker) -> str:
        return photo_tag(worker.photo)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "user":
            posts = StaffPost.objects.active(localdate()).giving(VISIT)
            near = posts.filter(within_reach(request, self.permission("add")))
            kwargs["queryset"] = User.objects.filter(posts__in=near, is_active=True).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
