import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from childcare.actions.limits import places_today
from childcare.models import LineMove, NurseryClass, Paper, PassedOver, Round, VisitPlan
from circle.models import Facility
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute

PASSINGS_SHOWN = dt.timedelta(days=365)
MOST_PASSINGS = 20
MOST_ROUNDS = 5


@require_safe
@cache_for_a_minute
def childcare(request: PortalRequest) -> HttpResponse:
    """/childcare/[?nursery=]: the classes with ages, places left and fee, what to bring, how it goes.

    Where there are several nurseries one is chosen first.
    """
    today = timezone.localdate()
    rows = NurseryClass.objects.public(request.community).with_line().with_booked(today)
    classes = list(rows.prefetch_related("prices", "limits"))
    nurseries = list(dict.fromkeys(each.facility for each in classes))
    chosen = chosen_nursery(request.GET.get("nursery", ""), nurseries)
    if chosen:
        classes = [each for each in classes if each.facility_id == chosen.pk]
    since = timezone.now() - PASSINGS_SHOWN
    passings = PassedOver.objects.counted(request.community).filter(passed_at__gte=since)
    context = {
        "passings": named_passings(passings[:MOST_PASSINGS], classes),
        "classes": [
            (each, places_today(each, today), each.price_on(today), each.price_after(today))
            for each in classes
        ],
        "visit_plans": [
            plan
            for plan in VisitPlan.objects.public(request.community).filter(kind=VisitPlan.Kind.LOOK)
            if chosen in (None, plan.facility)
        ],
        "line_counts": line_counts(classes, since),
        "takes_children": any(each.is_open for each in classes),
        "nurseries": [chosen] if chosen else nurseries,
        "chosen": chosen,
        "is_to_choose": len(nurseries) > 1 and chosen is None,
        "rounds": Round.objects.public(request.community)[:MOST_ROUNDS],
        "papers": Paper.Kind.labels,
    }
    return render(request, "childcare/childcare.html", context)


def line_counts(classes: list[NurseryClass], since: dt.datetime) -> list[tuple[NurseryClass, Any, Any]]:
    """How many families left each line, and why; without names."""
    known = {each.pk: each for each in classes}
    counted: Iterable[Any] = LineMove.objects.filter(at__gte=since, nursery_class__in=list(known)).counted()
    return [
        (known[line["nursery_class"]], LineMove.Reason(line["reason"]).label, line["families"])
        for line in counted
    ]


def chosen_nursery(code: str, nurseries: list[Facility]) -> Facility | None:
    if not code:
        return None
    found = next((each for each in nurseries if each.code == code), None)
    if found is None:
        raise Http404
    return found


def named_passings(lines: Iterable[Any], classes: list[NurseryClass]) -> list[dict[str, Any]]:
    """With the class and the words of the reason; those of a nursery that is not shown are left out."""
    known = {each.pk: each for each in classes}
    return [
        line | {"class": known[line["nursery_class"]], "why": PassedOver.Reason(line["reason"]).label}
        for line in lines
        if line["nursery_class"] in known
    ]
