import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.coverage.tables import publishable_count
from circle.coverage.whatif import Sandbox, Trial
from circle.models import CandidateSite, Community, Facility, FacilityKind, Scenario, User
from circle.walking.minutes import Point

SCENARIOS_PER_DAY = 30


@transaction.atomic
def save_scenario(
    *,
    community: Community,
    kind: FacilityKind,
    point: Point,
    stamp: str,
    pace: str,
    at: dt.datetime,
    by: User,
    site: CandidateSite | None = None,
    moved: Facility | None = None,
) -> Scenario:
    """Compute a proposal and save it under a random code; the same proposal is saved once a day.

    Refuses: no_homes, other_kind, too_far, off_street, too_many_scenarios (30 a day of one login).
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Scenario.objects.filter(saved_by=by, saved_at__gte=midnight)
    longitude, latitude = (Decimal(f"{degrees:.6f}") for degrees in point)
    wanted: dict[str, Any] = {"community": community, "kind": kind, "moved": moved}
    wanted |= {"stamp": stamp, "pace": pace, "longitude": longitude, "latitude": latitude}
    same = today.filter(**wanted).first()
    if same:
        return same
    if today.count() >= SCENARIOS_PER_DAY:
        raise ValidationError(
            _("At most %(count)s scenarios can be saved on one day."),
            code="too_many_scenarios",
            params={"count": SCENARIOS_PER_DAY},
        )
    trial = Sandbox.set_up(community, stamp=stamp, pace=pace, at=at).try_out(kind, point, moved)
    scenario = Scenario.objects.create(
        **wanted, site=site, figures=figures_of(trial), saved_at=at, saved_by=by
    )
    record(verb="scenario_saved", subject=scenario, community=community, at=at, actor=by, kind=kind.code)
    return scenario


def figures_of(trial: Trial) -> dict[str, Any]:
    """The figures as they may be published: shares to a thousandth, no count of a few people."""
    total, elders = trial.before.everybody.residents, trial.before.everybody.elders
    return {
        "won": [publishable_count(trial.won.residents, total), publishable_count(trial.won.elders, elders)],
        "lost": [
            publishable_count(trial.lost.residents, total),
            publishable_count(trial.lost.elders, elders),
        ],
        "won_homes": trial.won.homes,
        "lost_homes": trial.lost.homes,
        "loses_more": trial.loses_more,
        "is_estimate": trial.is_estimate,
        "compared": [
            [each.name, round_figure(each.before), round_figure(each.after)] for each in trial.figures()
        ],
        "streets": trial.before.ground.source,
    }


def round_figure(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)
