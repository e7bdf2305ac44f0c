from django.contrib import admin

from circle.models import StaffPost
from circle.staff import CommunityAdmin


@admin.register(StaffPost)
class StaffPostAdmin(CommunityAdmin):
    list_display = ["user", "role", "community", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "community"]
    search_fields = ["user__email", "user__name"]
    autocomplete_fields = ["user"]
