import datetime as dt
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from circle import actions
from circle.images.qr_codes import qr_data_uri
from circle.models.facilities import timetable_rows
from circle.proximity.nearby import Moment, nearby_facilities
from circle.proximity.origins import origin_of
from circle.proximity.walk_times import WalkTimes
from circle.proximity.weeks import week_of
from circle.search.site_search import find_matching_ids, find_similar_ids, rows_in_order
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute
from services.forms import CatalogueForm
from services.models import CertificateMatter, Flow, FlowPage, ServiceItem, flow_pages
from services.models.residence import ages_of, answers_of, with_who_can

PER_PAGE = 60
SUGGESTIONS = 5


@require_safe
@cache_for_a_minute
@vary_on_headers("HX-Request")
def services(request: PortalRequest) -> HttpResponse:
    """/services/: the catalogue by theme, person, dimension or words; ?on= shows it as of any date."""
    form = CatalogueForm(request.GET)
    form.is_valid()  # a filter that makes no sense is shown with its error and otherwise left out
    said = form.cleaned_data
    public = ServiceItem.objects.public(request.community)
    on = said.get("on") or timezone.localdate()
    items = form.narrow(public.offered(on), on).listed()
    query = said.get("q", "")
    ids = find_matching_ids(items, query) if query else []
    page: Page[Any] = Paginator(ids if query else items, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "query": query,
        "page": page,
        "rows": rows_in_order(items, list(page)) if query else list(page),
        "on": on if said.get("on") else None,
        "suggestions": rows_in_order(items, find_similar_ids(items, query, SUGGESTIONS))
        if query and not ids
        else [],
    }
    if request.htmx:
        return render(request, "services/_results.html", context)
    context["is_narrowed"] = any(name != "q" for name in form.changed_data)
    context["checks"] = [form["bookable"], form["spot"], form["agency"]]
    context["growth"] = public.growth(on)
    if query and not find_matching_ids(public, query):
        actions.note_missed_search(community=request.community, words=query, at=timezone.now())
    return render(request, "services/services.html", context)


@require_safe
@cache_for_a_minute
def item(request: PortalRequest, code: str) -> HttpResponse:
    """/services/<item>/: can I, what to bring, how long, where; ?print=1 is the sheet for paper."""
    if code != code.upper():
        url = reverse("item", args=[code.upper()])
        return redirect(f"{url}?{request.GET.urlencode()}" if request.GET else url, permanent=True)
    at = timezone.localtime()
    found = get_object_or_404(
        with_who_can(ServiceItem.objects.public(request.community), at.date())
        .select_related("category", "facility__kind")
        .prefetch_related("materials", "steps", "audiences", *timetable_rows(at, "facility__")),
        code=code,
        introduced_on__lte=at.date(),
    )
    near, moment = None, Moment(at)
    origin = origin_of(request.community, request.building)
    if found.facility and found.facility.is_published:
        walk_times = WalkTimes.of(request.community, request.building)
        [near] = nearby_facilities(
            [found.facility], walk_times=walk_times, pace=request.preferences.walking_pace, moment=moment
        )
    context: dict[str, Any] = {
        "item": found,
        "near": near,
        "origin": origin,
        "related": found.related.exclude(status=ServiceItem.Status.DRAFT).offered(at.date()),
        "is_gone": found.withdrawn_on is not None and found.withdrawn_on <= at.date(),
        "residence": answers_of(found),
        "ages": ages_of(found, at.date()),
        "can_book": found.can_book(at.date()),
        "can_ask": found.flow == Flow.AGENCY and found.is_offered_on(at.date()),
        "pages": pages_of(found, at),
        **certificates_of(found),
        "now": at,
    }
    if not request.GET.get("print"):
        return render(request, "services/item.html", context)
    url = request.build_absolute_uri(found.get_absolute_url())
    context |= {
        "url": url,
        "qr": qr_data_uri(url),
        "week": week_of(near.facility, moment) if near else [],
    }
    return render(request, "services/item_print.html", context)


def pages_of(found: ServiceItem, at: dt.datetime) -> list[FlowPage]:
    """On which it is done; none while it is not offered, or where no app offers such a page now."""
    if found.flow != Flow.PAGE or not found.is_offered_on(at.date()):
        return []
    offered = flow_pages(found.community)
    return [offered[key] for key in found.flow_pages.split() if key in offered]


def certificates_of(found: ServiceItem) -> dict[str, list[CertificateMatter]]:
    """For the item of certificates: what is made out here, and what others do; one query."""
    if found.flow != Flow.CERTIFICATE:
        return {}
    rows = list(CertificateMatter.objects.filter(community=found.community_id))
    return {
        "certified": [row for row in rows if row.body_zh],
        "by_others": [row for row in rows if not row.body_zh],
    }
