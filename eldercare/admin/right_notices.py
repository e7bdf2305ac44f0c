"""Before you ask: who was told of a right, what they said, and who was not reached."""

from dataclasses import replace
from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, find_action
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident, User
from eldercare.admin.pages import page
from eldercare.admin.school import links_of
from eldercare.backoffice.rights import NOTE_CARD, RIGHT_ACTIONS, AnswerForm, unreached_by_grid
from eldercare.models import RightNotice
from eldercare.models.right_notices import NEAR, NOTICE_CHANGE, NOTICE_VIEW

ALWAYS = ["GET", "HEAD", "POST"]


@require_http_methods(ALWAYS)
def ask(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """rightnotice/ask/<code>/<name>/[?back=card]: asks how the answer came, then enters it."""
    require_permissions(request, NOTICE_CHANGE)
    rows = RightNotice.objects.filter(within_reach(request, NOTICE_CHANGE, near=NEAR)).shown()
    row = get_object_or_404(rows.select_related("resident__login"), code=code)
    action = find_action(RIGHT_ACTIONS, name)
    back = reverse("admin:eldercare_rightnotice_change", args=[row.pk])
    if request.GET.get("back") == "card":
        back = reverse("admin:circle_resident_card", args=[row.resident.code])
    elif request.GET.get("back") == "unreached":
        back = reverse("admin:eldercare_rightnotice_unreached")
    form = partial(AnswerForm, user=cast(User, request.user))
    about = {"about": "admin/eldercare/_right_about.html", "notice": row}
    return ask_or_perform(request, replace(action, form=form), row, back, **about)


@require_http_methods(ALWAYS)
def note_card(request: HttpRequest) -> HttpResponse:
    """rightnotice/card/?resident=: which card somebody holds, and its last day."""
    require_permissions(request, NOTICE_CHANGE)
    people = Resident.objects.filter(within_reach(request, NOTICE_CHANGE, near="building__")).living()
    found = get_object_or_404(
        people.select_related("community"), code__in=parse_uuids(request.GET.get("resident", ""))
    )
    return ask_or_perform(request, NOTE_CARD, found, reverse("admin:circle_resident_card", args=[found.code]))


@require_safe
def unreached(request: HttpRequest) -> HttpResponse:
    """rightnotice/unreached/[?slips=1]: who was told and not reached, by grid; or their slips to sign."""
    require_permissions(request, NOTICE_VIEW)
    grids = unreached_by_grid(request)
    if request.GET.get("slips"):
        context = {"grids": grids, "printed_at": timezone.now()}
        return render(request, "admin/eldercare/right_slips.html", context)
    may_answer = cast(User, request.user).has_perm(NOTICE_CHANGE)
    title = gettext("Not reached before a right begins or a card ends")
    return page(request, "unreached.html", title, grids=grids, may_answer=may_answer)


@admin.register(RightNotice)
class RightNoticeAdmin(ReadOnlyAdmin):
    near_path = NEAR
    list_display = ["resident", "right", "cause", "day", "status", "via"]
    list_select_related = ["resident", "right"]
    list_filter = ["status", "cause", "via"]
    person_path = "resident"
    search_fields = ["resident__name", "=code"]
    fields = [
        "code", "resident", "right", "cause", "day", "told_at", ("status", "status_at"), "via",
        "is_on_paper", "answered_by", "case", "verbs", "history",
    ]  # fmt: skip
    readonly_fields = ["verbs", "history"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def pages(self) -> Pages:
        return [
            ("unreached/", unreached, "unreached"),
            ("card/", note_card, "card"),
            ("ask/<slug:code>/<slug:name>/", ask, "ask"),
        ]

    @admin.display(description=_("what can be done"))
    def verbs(self, row: Any) -> str:
        return links_of(RIGHT_ACTIONS, row, "rightnotice")
