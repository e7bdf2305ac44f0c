"""The pages of an agency case that staff act on: each asks, then calls the action."""

from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import RowAction, ask_or_perform, find_action
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident, User
from services.backoffice.cases import CASE_ACTIONS, CORRECT, IDENTITY, PAPER_ACTIONS, REQUEST
from services.models import AgencyCase, CasePaper, CasePhoto, CaseStop
from services.models.cases import ADD, CHANGE, VIEW

READ_PHOTOS = "services.read_casephoto"


def cases_to_change(request: HttpRequest) -> QuerySet[AgencyCase]:
    require_permissions(request, CHANGE)
    return AgencyCase.objects.filter(within_reach(request, CHANGE)).shown()


def page_of(case: AgencyCase) -> str:
    return reverse("admin:services_agencycase_change", args=[case.pk])


def of_resident(request: HttpRequest, action: RowAction, **more: Any) -> HttpResponse:
    """For a resident of the posts of this login, or of its grid; back to the resident's card."""
    require_permissions(request, ADD)
    people = Resident.objects.filter(within_reach(request, ADD, near="building__"))
    person = get_object_or_404(
        people.select_related("community"), code__in=parse_uuids(request.GET.get("resident", ""))
    )
    return ask_or_perform(
        request, action, person, reverse("admin:circle_resident_card", args=[person.code]), **more
    )


@require_http_methods(["GET", "HEAD", "POST"])
def request_errand(request: HttpRequest) -> HttpResponse:
    """agencycase/request/?resident=: asked for by phone, at the window or at the door."""
    return of_resident(request, REQUEST, done=say_number)


def say_number(case: AgencyCase) -> str:
    return gettext("Case number %(code)s: tell it to the person.") % {"code": case.code}


@require_http_methods(["GET", "HEAD", "POST"])
def note_identity(request: HttpRequest) -> HttpResponse:
    """agencycase/identity/?resident=: staff have seen who this is."""
    return of_resident(request, IDENTITY)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """agencycase/<pk>/act/<name>/: asks, then does it."""
    case = get_object_or_404(cases_to_change(request), pk=pk)
    return ask_or_perform(
        request, find_action(CASE_ACTIONS, name), case, page_of(case), about=ABOUT, case=case
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """agencycase/stop/<pk>/correct/: other days for a stop of the clock."""
    stop = get_object_or_404(CaseStop.objects.filter(case__in=cases_to_change(request).values("pk")), pk=pk)
    return ask_or_perform(request, CORRECT, stop, page_of(stop.case), about=ABOUT, case=stop.case)


@require_http_methods(["GET", "HEAD", "POST"])
def act_on_paper(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """agencycase/paper/<pk>/<name>/: given back, taken to the office, back from it."""
    papers = CasePaper.objects.filter(case__in=cases_to_change(request).values("pk"))
    paper = get_object_or_404(papers.select_related("case"), pk=pk)
    return ask_or_perform(request, find_action(PAPER_ACTIONS, name), paper, page_of(paper.case))


ABOUT = "admin/services/agencycase/_about.html"


def with_readable_photos(request: HttpRequest) -> QuerySet[AgencyCase]:
    """Those that this login handles or stands in for, and all of the posts that may read every photograph."""
    own = Q(handler=request.user.pk) | Q(substitute=request.user.pk)
    return AgencyCase.objects.filter(own | within_reach(request, READ_PHOTOS), within_reach(request, VIEW))


def may_read_photos(request: HttpRequest, case: AgencyCase) -> bool:
    return with_readable_photos(request).filter(pk=case.pk).exists()


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """agencycase/photo/<pk>/: one photographed paper; each look is recorded."""
    user = cast(User, request.user)
    cases = with_readable_photos(request).values("pk")
    rows = CasePhoto.objects.filter(case__in=cases).select_related("case__resident")
    found = get_object_or_404(rows, pk=pk)
    record_reading(by=user, resident=found.case.resident, page="case_photo", row=found.pk, at=timezone.now())
    return photo_response(found)


def photo_response(found: CasePhoto) -> HttpResponse:
    """Shown in the page and stored nowhere on the way."""
    return HttpResponse(
        found.image,
        content_type="image/webp",
        headers={"Cache-Control": "no-store, private", "X-Content-Type-Options": "nosniff"},
    )
