"""A drawn round for everybody: three plain steps, the list, and the two files that the checker reads."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from childcare.actions import line_after_draw
from childcare.actions.rounds import households_of, places_of
from childcare.models import NurseryClass, Round, drawing
from circle.web.middleware import PortalRequest


def public_round(request: PortalRequest, code: str) -> Round:
    return get_object_or_404(Round.objects.public(request.community), code=code)


@require_safe
def draw(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/draw/<round>/: what was fixed when, the list, and once published the result."""
    found = public_round(request, code)
    groups = NurseryClass.objects.filter(community=found.community_id)
    names = {group.code: group.name for group in groups}
    households = households_of(found) if found.is_listed else []
    context = {
        "round": found,
        "line": line_after_draw(found) if found.is_public else [],
        "voided": found.voided.all(),
        "places": found.places.select_related("nursery_class"),
        "households": [(each, named_choices(each.choices, names)) for each in households],
        "results": named_results(found, names) if found.is_public else [],
    }
    return render(request, "childcare/draw.html", context)


def named_choices(choices: tuple[tuple[str, ...], ...], names: dict[str, str]) -> list[str]:
    return [" + ".join(names.get(code, code) for code in choice) for choice in choices]


def named_results(found: Round, names: dict[str, str]) -> list[tuple[Any, list[str]]]:
    rows = found.results.select_related("entry")
    return [(row, [names.get(code, "") for code in row.classes.split("+")]) for row in rows]


@require_safe
def draw_json(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/draw/<round>/round.json: what the checker needs; 404 before the result is published."""
    found = public_round(request, code)
    if not found.is_public:
        raise Http404
    results = [
        {
            "position": row.position,
            "lot": row.entry.lot,
            "tier": row.entry.tier,
            "ticket": row.ticket,
            "outcome": row.outcome,
            "classes": row.classes.split("+"),
        }
        for row in found.results.select_related("entry")
    ]
    said = {
        "round": found.code,
        "commitment": found.commitment,
        "digest": found.digest,
        "secret": found.secret,
        "value": found.value,
        "seed": found.seed,
        "places": places_of(found),
        "results": results,
    }
    return JsonResponse(said, json_dumps_params={"indent": 1})


@require_safe
def draw_list(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/draw/<round>/list.csv: the list as it was closed, without names and codes."""
    found = public_round(request, code)
    if not found.is_listed:
        raise Http404
    return HttpResponse(drawing.list_of(households_of(found)), content_type="text/csv; charset=utf-8")
