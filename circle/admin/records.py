from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from circle.models import Record
from circle.staff import ReadOnlyAdmin

LATEST = 1000


class VerbFilter(admin.SimpleListFilter):
    """The verbs of the latest records: a list of all would read the whole table for each page."""

    title = _("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        latest = model_admin.get_queryset(request).order_by("-id").values_list("verb", flat=True)[:LATEST]
        return [(verb, verb) for verb in sorted({self.used_parameters.get("verb"), *latest} - {None})]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    """Who did what, as it was written down. The database refuses to change a row."""

    list_display = ["at", "actor", "verb", "subject_type", "subject_id", "from_state", "to_state"]
    list_select_related = ["actor"]
    list_filter = [VerbFilter]
    search_fields = ["=subject_id", "=verb"]
    search_help_text = _("The number of a row, or a verb such as booking_made")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
