from dataclasses import dataclass
from functools import lru_cache

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from circle.forms import PACE_LABELS, CircleForm
from circle.images.qr_codes import qr_data_uri
from circle.models import Building, Community, Dimension, Facility, FacilityChange, Notice, StreetNetwork
from circle.notifications import share_of_closure
from circle.proximity.nearby import (
    Moment,
    NearbyFacility,
    nearby_facilities,
    nearest_by_dimension,
    town_places,
)
from circle.proximity.origins import Origin, origin_of
from circle.proximity.place_list import PER_PAGE, PlaceList
from circle.proximity.place_offers import offers_at, with_offers
from circle.proximity.reach import facility_reach
from circle.proximity.sentences import circle_sentence, missing_dimensions
from circle.proximity.used_places import last_places, used_places
from circle.proximity.walk_times import WalkTimes
from circle.proximity.weeks import week_of
from circle.views.closures import next_closure
from circle.walking.limits import LIMIT_MINUTES
from circle.walking.ring import Place, Ring, draw_ring, whole_minutes
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute

CHANGES_SHOWN = 6
LONGEST_QUERY = 60
# Laying out a ring is a quarter of the work for its page, and it only changes as places open and close.
draw_ring_cached = lru_cache(maxsize=500)(draw_ring)


@dataclass(frozen=True)
class VisitorCircle:
    """The circle of one visitor: the list, the ring and the sentence above them."""

    origin: Origin
    pace: str
    places: list[NearbyFacility]
    nearest: list[NearbyFacility]  # of each of the ten dimensions, nearest first
    missing: list[Dimension]
    sentence: str
    ring: Ring

    @property
    def is_estimated(self) -> bool:
        return any(near.is_estimate for near in self.places)


def circle_for_visitor(request: PortalRequest, moment: Moment, **narrowed: bool) -> VisitorCircle:
    """The circle of this visitor; see `around_origin`."""
    return circle_from_origin(
        request.community, request.building, request.preferences.walking_pace, moment, **narrowed
    )


def circle_from_origin(
    community: Community,
    building: Building | None,
    pace: str,
    moment: Moment,
    *,
    step_free: bool = False,
    only_open: bool = False,
) -> VisitorCircle:
    """Seven queries, whatever the number of facilities; none for what is kept under the stamp."""
    origin = origin_of(community, building)
    facilities = town_places(community, moment)
    walk_times = WalkTimes.of(community, building)
    places = nearby_facilities(
        facilities, walk_times=walk_times, pace=pace, moment=moment, step_free=step_free
    )
    if only_open:
        places = [near for near in places if near.opening.is_open]
    nearest = nearest_by_dimension(places)
    missing = missing_dimensions(nearest)
    sentence = circle_sentence(origin, pace, missing)
    ring = ring_of(nearest, is_home=bool(building))
    return VisitorCircle(origin, pace, places, list(nearest.values()), missing, sentence, ring)


def ring_of(nearest: dict[str, NearbyFacility], *, is_home: bool) -> Ring:
    """The geometry of the ring; facilities too far to be drawn are named at the rim, in their direction.

    `is_home`: the walk begins at the visitor's building, else at the gate.
    """
    marks = tuple(
        Place(
            sign=Dimension(dimension).sign,
            minutes=near.minutes,
            bearing=near.bearing,
            is_open=near.opening.state != "shut",  # its label says where nobody knows
            anchor=near.anchor,
            hue=dimension,
            # begins with what the disc shows: who speaks to the phone says what is seen
            label=_("%(sign)s: %(name)s, %(minutes)s minutes on foot. %(opening)s")
            % {
                "sign": Dimension(dimension).sign,
                "name": near.facility.name,
                "minutes": whole_minutes(near.minutes),
                "opening": near.opening_text,
            },
        )
        for dimension, near in nearest.items()
        if near.is_within and near.minutes is not None
    )
    edges = tuple(
        (near.bearing, _("to %(place)s") % {"place": near.facility.name})
        for near in nearest.values()
        if not near.is_within
    )
    return draw_ring_cached(
        marks,
        edges=edges,
        limit=LIMIT_MINUTES,
        closed_word=_("shut"),
        home_word=_("You") if is_home else pgettext("in the middle of the ring", "Gate"),
        minutes_format=pgettext("under a disc of the ring", "{} min"),
        ring_format=_("{} min"),
    )


@require_safe
@cache_for_a_minute
def circle(request: PortalRequest) -> HttpResponse:
    """/circle/: what is within fifteen minutes, nearest first; ?day= &hour= &dimension= &kind= &q= narrow."""
    form = CircleForm.from_query(request.GET)
    moment = form.moment(timezone.localtime())
    around = circle_for_visitor(request, moment, **form.narrowed())
    dimension = form.cleaned_data.get("dimension", "")
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    places = PlaceList.of(around.places, dimension, request.GET.get("kind", ""), query)
    page = Paginator(places.chosen, PER_PAGE).get_page(request.GET.get("page"))
    elder = request.preferences.is_elder
    context = {
        "around": around,
        "used": used_places(around.places, last_places(request.user)) if elder else [],
        "form": form,
        "paces": PACE_LABELS,
        "moment": moment,
        "places": places,
        "chosen": places.chosen,
        "page": page,
        # Whose rows stand in the list of the ten, where the marks of the ring lead.
        "marked": [] if elder else [near.anchor for near in around.nearest if near.is_within],
        "within": [near for near in page if near.is_within],
        "beyond": [near for near in page if near.is_reachable and not near.is_within],
        "unreachable": [near for near in page if not near.is_reachable],
        "dimensions": Dimension,
        "dimension": dimension,
        "streets": StreetNetwork.objects.current(request.community),
        "changes": FacilityChange.objects.filter(
            facility__community=request.community, facility__is_published=True
        ).select_related("facility")[:CHANGES_SHOWN],
    }
    return render(request, "circle/circle.html", context)


@require_safe
@cache_for_a_minute
def facility(request: PortalRequest, code: str) -> HttpResponse:
    """/circle/<facility>/: open? where? phone? what is done there? from where is it near?"""
    moment = Moment(timezone.localtime())
    public = Facility.objects.public(request.community).select_related("community")
    found = get_object_or_404(with_offers(public.with_timetable(moment.at)), code=code)
    walk_times = WalkTimes.of(request.community, request.building)
    [near] = nearby_facilities(
        [found], walk_times=walk_times, pace=request.preferences.walking_pace, moment=moment
    )
    closure = next_closure(found)
    context = {
        "facility": found,
        "share": share_of_closure(closure, request.build_absolute_uri) if closure else None,
        "near": near,
        "origin": origin_of(request.community, request.building),
        "week": week_of(found, moment),
        "changes": found.changes.all(),
        "offers": offers_at(found, moment.at),
        "reach": None if near.is_estimate else facility_reach(found),
    }
    return render(request, "circle/facility.html", context)


@require_safe
@cache_for_a_minute
def poster(request: PortalRequest, code: str) -> HttpResponse:
    """/circle/<facility>/poster/: one A4 page with a QR code of the short link."""
    moment = Moment(timezone.localtime())
    public = Facility.objects.public(request.community)
    found = get_object_or_404(public.with_timetable(moment.at), code=code)
    url = request.build_absolute_uri(reverse("short_link", args=[found.short_code]))
    context = {
        "facility": found,
        "week": week_of(found, moment),
        "url": url,
        "qr": qr_data_uri(url),
    }
    return render(request, "circle/poster.html", context)


def own_building(request: PortalRequest, building: Building) -> HttpResponseRedirect:
    """Whoever scans it in the hallway is asked first how they read, and walks slowly until they say else."""
    if request.GET.get("from") == "list":
        response, chosen = redirect("circle"), {}
    else:
        response = redirect(f"{reverse('circle')}?from=hallway")
        chosen = {"pace": request.preferences.pace or "elder"}
    request.preferences.changed(building=building.short_code, **chosen).write(response, request)
    return response


@require_safe
def short_link(request: PortalRequest, code: str) -> HttpResponseRedirect:
    """/q/<code>: the link on a poster. A building's code also makes it the visitor's own building."""
    code = code.upper()
    building = Building.objects.filter(short_code=code).first()
    if building:
        return own_building(request, building)
    found = Facility.objects.public().filter(short_code=code).first()
    if found:
        return redirect(found)
    notice = get_object_or_404(Notice, short_code=code)
    visible = Notice.objects.visible(notice.community, timezone.now())
    return redirect(notice if visible.filter(pk=notice.pk).exists() else "notices")
