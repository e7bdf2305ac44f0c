from typing import Any

from django.contrib import admin
from django.utils.timezone import localdate

from circle.backoffice.post_permissions import within_reach
from circle.backoffice.site import CommunityAdmin
from circle.models import StaffPost, User
from eldercare.models import CareWorker
from eldercare.models.bookings import VISIT


@admin.register(CareWorker)
class CareWorkerAdmin(CommunityAdmin):
    """Of the care team; the number stands on the badge."""

    list_display = ["user", "number", "sex", "dialects"]
    list_select_related = ["user"]
    list_filter = ["sex"]
    search_fields = ["user__name", "=number", "dialects"]
    readonly_fields = ["number"]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "user":
            posts = StaffPost.objects.active(localdate()).giving(VISIT)
            near = posts.filter(within_reach(request, self.permission("add")))
            kwargs["queryset"] = User.objects.filter(posts__in=near, is_active=True).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
