from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from circle.models import Notice
from circle.staff import CommunityAdmin


@admin.register(Notice)
class NoticeAdmin(CommunityAdmin):
    list_display = ["title_zh", "title_en", "publish_at", "expires_at", "is_pinned"]
    list_filter = ["is_pinned"]
    search_fields = ["title_zh", "title_en", "body_zh", "body_en"]
    prepopulated_fields = {"slug": ["title_en"]}
    fieldsets = [
        (None, {"fields": ["community", ("title_zh", "title_en"), "slug"]}),
        (_("Text"), {"fields": ["body_zh", "body_en"]}),
        (_("When"), {"fields": [("publish_at", "expires_at"), "is_pinned"]}),
    ]
