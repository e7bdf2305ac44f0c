from django.contrib import admin

from circle.models import Rule


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):
    """Legal limits and prices. A new value is a new row from its day on; the old one remains."""

    list_display = ["kind", "valid_from", "params", "source_zh", "is_verified"]
    list_filter = ["is_verified"]
    search_fields = ["kind", "source_zh", "source_en"]
    fields = ["kind", "valid_from", "params", ("source_zh", "source_en"), "is_verified"]
