"""What-if: try a new facility, find the best sites, save a proposal under a code."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.core.ratelimit import respond_429
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from circle import actions
from circle.actions.scenarios import figures_of
from circle.booking.form_keys import answer_once
from circle.coverage.comparison import comparison_lines, outcome_sentence
from circle.coverage.form import POINT, WhatIfForm
from circle.coverage.whatif import Sandbox, Trial
from circle.models import CandidateSite, Coverage, Scenario, StreetNetwork
from circle.walking.coverage import NOWHERE
from circle.walking.plan import Plan, Spot, draw_plan
from circle.web.middleware import PortalRequest, signed_in_user
from circle.web.rate_limits import is_rate_limited

TRIES_A_MINUTE = 60  # of one connection, behind which may be a whole hall; one takes a few tenths of a second


@dataclass(frozen=True)
class BestSite:
    """A site with the people it brings within reach."""

    site: CandidateSite
    residents: int
    homes: list[str]


@require_safe
@never_cache
def what_if(request: PortalRequest) -> HttpResponse:
    """/circle/what-if/?kind=&place=&when=&pace=: a form, and below it what the proposal changes."""
    form = WhatIfForm.from_query(request.GET, request.community)
    context = form_context(request, form)
    if not form.is_bound:
        return render(request, "circle/what_if.html", context)
    if is_rate_limited(request, "what_if", TRIES_A_MINUTE, seconds=60):
        return respond_429(request)
    if form.is_valid():
        try:
            context |= best_sites_context(request, form) if form.is_finding else trial_context(request, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return render(request, "circle/what_if.html", context, status=422 if form.errors else 200)


def form_context(request: PortalRequest, form: WhatIfForm) -> dict[str, Any]:
    """The form, and what its map shows."""
    marks = [[*place.point, place.name] for place in form.places.values()]
    return {
        "form": form,
        "streets": StreetNetwork.objects.current(request.community),
        "marks": json.dumps(marks, ensure_ascii=False, separators=(",", ":")),
    }


def set_up_sandbox(request: PortalRequest, form: WhatIfForm) -> Sandbox:
    said = form.cleaned_data
    return Sandbox.set_up(request.community, stamp=said["when"], pace=said["pace"], at=timezone.now())


def trial_context(request: PortalRequest, form: WhatIfForm) -> dict[str, Any]:
    said, stage = form.cleaned_data, set_up_sandbox(request, form)
    trial = stage.try_out(form.wanted_kind, form.point, said["moved"])
    return figures_context(figures_of(trial)) | {
        "trial": trial,
        "when": Coverage.Stamp(said["when"]).label,
        "pace": Coverage.Pace(said["pace"]).label,
        "won_homes": stage.named(trial.won_homes),
        "lost_homes": stage.named(trial.lost_homes),
        "plan": plan_of(stage, trial, form),
    }


def figures_context(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "figures": figures,
        "outcome": outcome_sentence(figures),
        "lines": comparison_lines(figures["compared"]),
    }


def plan_of(stage: Sandbox, trial: Trial, form: WhatIfForm) -> Plan:
    """The plan of the homes with the new facility."""
    reaches, code = trial.after.reaches, form.wanted_kind.code
    homes = [
        Spot(building.point, building.name, reaches.get((building.pk, code), NOWHERE).minutes)
        for building in stage.ground.buildings
    ]
    lines = stage.streets.lines if stage.streets else []
    return draw_plan(homes, proposed=[Spot(form.point, form.where, 0)], streets=lines)


def best_sites_context(request: PortalRequest, form: WhatIfForm) -> dict[str, Any]:
    sites = {site.code: site for site in form.sites}
    stage = set_up_sandbox(request, form)
    picks = stage.best_sites(form.wanted_kind, sites.values(), int(form.cleaned_data["find"]))
    return {"picks": [BestSite(sites[pick.site], pick.gain, stage.named(pick.homes)) for pick in picks]}


@require_POST
@login_required
@answer_once
def save_scenario(request: PortalRequest) -> HttpResponse:
    """/circle/what-if/save/: saves the proposal; its figures are computed here, not taken from the form."""
    form = WhatIfForm(request.POST, community=request.community)
    if form.is_valid():
        said = form.cleaned_data
        try:
            scenario = actions.save_scenario(
                community=request.community,
                kind=form.wanted_kind,
                point=form.point,
                site=form.site,
                moved=said["moved"],
                stamp=said["when"],
                pace=said["pace"],
                at=timezone.now(),
                by=signed_in_user(request),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(scenario)
    return render(request, "circle/what_if.html", form_context(request, form), status=422)


@require_safe
@never_cache
def scenario(request: PortalRequest, code: str) -> HttpResponse:
    """/circle/what-if/<code>/: a saved proposal, as computed on its day."""
    saved = get_object_or_404(
        Scenario.objects.select_related("kind", "moved", "site"), community=request.community, code=code
    )
    said: dict[str, Any] = {"kind": saved.kind.code, "when": saved.stamp, "pace": saved.pace}
    said |= {"place": POINT, "longitude": saved.longitude, "latitude": saved.latitude}
    said |= {"place": f"site:{saved.site.code}"} if saved.site else {}
    said |= {"moved": saved.moved.code} if saved.moved else {}
    context = {
        "scenario": saved,
        "again": f"{reverse('what_if')}?{urlencode(said)}",
        **figures_context(saved.figures),
    }
    return render(request, "circle/scenario.html", context)
