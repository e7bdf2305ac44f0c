import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from circle.caching import kept_for_a_minute
from circle.calendar import opening_sentence
from circle.middleware import Visit
from circle.models import Building, Dimension, Facility, FacilityChange
from circle.nearby import (
    LIMIT_MINUTES,
    Near,
    Origin,
    circle_sentence,
    missing_within,
    nearby,
    nearest_of_each,
    origin_of,
    week_of,
)
from circle.qr import qr_of
from circle.walking.ring import Place, Ring, draw, whole_minutes

CHANGES_SHOWN = 6


@dataclass(frozen=True)
class Around:
    """The circle as one visitor sees it: the list, the ring and the sentence above them."""

    origin: Origin
    pace: str
    places: list[Near]
    nearest: list[Near]  # of each of the ten dimensions, nearest first
    missing: list[Dimension]
    sentence: str
    ring: Ring

    @property
    def open_now(self) -> list[Near]:
        return [near for near in self.places if near.opening.is_open and near.is_within]


def circle_around(request: Visit, at: dt.datetime) -> Around:
    """Five queries, whatever the number of facilities."""
    origin = origin_of(request.community, request.building)
    pace = request.look.walking_pace
    facilities = Facility.objects.public(request.community).with_timetable(at)
    places = nearby(facilities, origin=origin, pace=pace, at=at)
    nearest = nearest_of_each(places)
    missing = missing_within(nearest)
    sentence = circle_sentence(origin, pace, missing)
    return Around(
        origin,
        pace,
        places,
        list(nearest.values()),
        missing,
        sentence,
        ring_of(nearest, at),
    )


def ring_of(nearest: dict[str, Near], at: dt.datetime) -> Ring:
    """The picture's geometry; what lies too far to be drawn is named at the rim, in its direction."""
    marks = [
        Place(
            sign=Dimension(dimension).sign,
            minutes=near.minutes,
            bearing=near.bearing,
            is_open=near.opening.is_open,
            anchor=near.anchor,
            hue=dimension,
            # begins with what the disc shows: who speaks to the phone says what is seen
            label=_("%(sign)s: %(name)s, %(minutes)s minutes on foot. %(opening)s")
            % {
                "sign": Dimension(dimension).sign,
                "name": near.facility.name,
                "minutes": whole_minutes(near.minutes),
                "opening": opening_sentence(near.opening, at),
            },
        )
        for dimension, near in nearest.items()
    ]
    edges = [
        (near.bearing, _("to %(place)s") % {"place": near.facility.name})
        for near in nearest.values()
        if not near.is_within
    ]
    return draw(
        marks,
        edges=edges,
        limit=LIMIT_MINUTES,
        closed_word=_("shut"),
        home_word=_("You"),
        minutes_format=pgettext("under a disc of the ring", "{} min"),
        ring_format=_("{} min"),
    )


@require_safe
@kept_for_a_minute
def circle(request: Visit) -> HttpResponse:
    """/circle/: what is within fifteen minutes, nearest first; ?dimension= keeps one of the ten."""
    at = timezone.localtime()
    around = circle_around(request, at)
    dimension = request.GET.get("dimension", "")
    if dimension not in Dimension.values:
        dimension = ""
    chosen = [near for near in around.places if dimension in ("", near.dimension)]
    context = {
        "around": around,
        "chosen": chosen,
        "within": [near for near in chosen if near.is_within],
        "beyond": [near for near in chosen if not near.is_within],
        "dimensions": Dimension,
        "dimension": dimension,
        "changes": FacilityChange.objects.filter(
            facility__community=request.community, facility__is_published=True
        ).select_related("facility")[:CHANGES_SHOWN],
        "now": at,
    }
    return render(request, "circle/circle.html", context)


@require_safe
@kept_for_a_minute
def facility(request: Visit, code: str) -> HttpResponse:
    """/circle/<facility>/: open? where? phone? what is done there?"""
    at = timezone.localtime()
    found = get_object_or_404(Facility.objects.public(request.community).with_timetable(at), code=code)
    origin = origin_of(request.community, request.building)
    [near] = nearby([found], origin=origin, pace=request.look.walking_pace, at=at)
    context = {
        "facility": found,
        "near": near,
        "origin": origin,
        "week": week_of(found, at),
        "changes": found.changes.all(),
        "now": at,
    }
    return render(request, "circle/facility.html", context)


@require_safe
@kept_for_a_minute
def poster(request: Visit, code: str) -> HttpResponse:
    """/circle/<facility>/poster/: one A4 page with a QR code of the short link."""
    at = timezone.localtime()
    found = get_object_or_404(Facility.objects.public(request.community).with_timetable(at), code=code)
    url = request.build_absolute_uri(reverse("short_link", args=[found.short_code]))
    context = {
        "facility": found,
        "week": week_of(found, at),
        "url": url,
        "qr": qr_of(url),
        "now": at,
    }
    return render(request, "circle/poster.html", context)


@require_safe
def short_link(request: Visit, code: str) -> HttpResponseRedirect:
    """/q/<code>: where a poster leads. A building's code also makes it the visitor's own building."""
    code = code.upper()
    building = Building.objects.filter(short_code=code).first()
    if building:
        response = redirect("circle")
        request.look.changed(building=building.short_code).write(response, request)
        return response
    found = Facility.objects.public().filter(short_code=code).first()
    if found is None:
        raise Http404
    return redirect(found)
