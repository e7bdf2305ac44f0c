"""Agency cases in the back office: boards, one case with all that happened, and what is done with it."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record_reading
from circle.backoffice.row_actions import available_actions
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.models import User
from services.admin import case_pages
from services.backoffice.case_boards import BOARDS, cases_on_board
from services.backoffice.cases import CASE_ACTIONS, PAPER_ACTIONS
from services.models import AgencyCase
from services.models.case_clock import Clock, clock_of, clocks_of
from services.models.case_papers import photo_days


class BoardFilter(admin.SimpleListFilter):
    title = _("board")
    parameter_name = "board"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return BOARDS

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in dict(BOARDS):
            return queryset
        user, board = cast(User, request.user), str(self.value())
        found: QuerySet[Any] = cases_on_board(queryset, board, user, timezone.localdate())
        return found


@admin.register(AgencyCase)
class AgencyCaseAdmin(ReadOnlyAdmin):
    code_length = 8
    list_display = ["code", "item", "resident", "status", "clock_with", "due", "handler"]
    list_select_related = ["item", "resident", "handler"]
    list_filter = [BoardFilter, "status", ("item", admin.RelatedOnlyFieldListFilter)]
    person_path = "resident"
    search_fields = ["resident__name", "receipt"]
    fields = [
        ("code", "status", "status_at", "supplied_at"),
        ("clock_with", "due"),
        "item",
        ("resident", "identity"),
        ("handler", "substitute"),
        "words",
        ("via", "requested_at", "requested_by"),
        ("authorisation", "authorised_until"),
        ("receipt", "submitted_at"),
        ("reason", "remedy"),
        ("delivery", "handed_to", "tracking"),
        "visits",
    ]
    readonly_fields = ["clock_with", "due", "identity", "authorised_until", "visits"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    list_per_page = 50
    change_form_template = "admin/services/agencycase/change_form.html"

    def pages(self) -> Pages:
        return [
            ("request/", case_pages.request_errand, "request"),
            ("identity/", case_pages.note_identity, "identity"),
            ("<int:pk>/act/<slug:name>/", case_pages.act, "act"),
            ("stop/<int:pk>/correct/", case_pages.correct, "correct"),
            ("paper/<int:pk>/<slug:name>/", case_pages.act_on_paper, "paper"),
            ("photo/<int:pk>/", case_pages.photo, "photo"),
        ]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The clocks of a page of the list, read at once."""
        found = super().get_changelist_instance(request)
        clocks = clocks_of(found.result_list, timezone.localdate())
        for row in found.result_list:
            row.clock = clocks[row.pk]
        return found

    def clock(self, case: AgencyCase) -> Clock:
        if not hasattr(case, "clock"):
            case.clock = clock_of(case, timezone.localdate())  # type: ignore[attr-defined]
        found: Clock = case.clock  # type: ignore[attr-defined]
        return found

    @admin.display(description=_("with whom the clock stands"))
    def clock_with(self, case: AgencyCase) -> str:
        return str(self.clock(case).holder.label)

    @admin.display(description=_("until when"))
    def due(self, case: AgencyCase) -> str:
        clock = self.clock(case)
        if clock.due is None:
            return "–"
        day = date_format(clock.due.on, "SHORT_DATE_FORMAT")
        return _("%(day)s: late") % {"day": day} if clock.is_late(timezone.localdate()) else day

    @admin.display(description=_("identity seen"))
    def identity(self, case: AgencyCase) -> str:
        seen = case.resident.identities_seen.first()
        return (
            f"{seen.get_paper_display()} · {date_format(seen.seen_at, 'SHORT_DATE_FORMAT')}" if seen else "–"
        )

    @admin.display(description=_("valid until"))
    def authorised_until(self, case: AgencyCase) -> str:
        given = case.authorisation
        if given is None or given.valid_until is None:
            return "–"
        day = date_format(given.valid_until, "SHORT_DATE_FORMAT")
        return _("%(day)s, ended") % {"day": day} if given.revoked_at else day

    @admin.display(description=_("visits of the resident"))
    def visits(self, case: AgencyCase) -> int:
        return case.steps.filter(is_visit=True).count()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        case = self.get_object(request, object_id)
        more: dict[str, Any] = {"verbs": []}
        if case is not None:
            user, at = cast(User, request.user), timezone.now()
            record_reading(by=user, resident=case.resident, page="agency_case", row=case.pk, at=at)
            may_act = self.may_act(request, case)
            more = {
                "verbs": available_actions(CASE_ACTIONS, case, at) if may_act else [],
                "act_url": "admin:services_agencycase_act",
                "act_key": case.pk,
                "subtitle": f"{case.resident.name} · {case.item.name}",
                "steps": case.steps.select_related("by"),
                "stops": case.stops.select_related("by", "replaces").prefetch_related("corrected_by"),
                "papers": [
                    (paper, available_actions(PAPER_ACTIONS, paper, at) if may_act else [])
                    for paper in case.papers.select_related("held_by")
                ],
                "photos": case.photos.defer("image_sealed").select_related("by")
                if case_pages.may_read_photos(request, case)
                else None,
                "photo_days": photo_days(timezone.localdate()),
                "may_act": may_act,
            }
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))
