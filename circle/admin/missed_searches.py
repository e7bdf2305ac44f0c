from django.contrib import admin
from django.http import HttpRequest

from circle.backoffice.site import CommunityAdmin
from circle.models import MissedSearch


@admin.register(MissedSearch)
class MissedSearchAdmin(CommunityAdmin):
    list_display = ["words", "count", "last_at"]
    search_fields = ["words"]
    readonly_fields = ["community", "words", "count", "last_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
