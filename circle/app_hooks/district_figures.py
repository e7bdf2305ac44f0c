"""How complete the circle of each community is: the hook `district_figures`."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.coverage.district import Column
from circle.coverage.tables import percent_text
from circle.models import Coverage, Dimension
from circle.walking.limits import LIMIT_MINUTES


def district_figures(communities: Sequence[int], since: dt.date, until: dt.date) -> list[Column]:
    """On a working day, at planning pace."""
    usual = {"stamp": Coverage.Stamp.WORKDAY, "pace": Coverage.Pace.PLANNING}
    found = list(Coverage.objects.filter(community__in=communities, **usual))
    return [
        Column(_("residents"), {row.community_id: str(row.residents) for row in found}),
        Column(
            gettext("every required kind within %(limit)s minutes") % {"limit": LIMIT_MINUTES},
            {row.community_id: percent_text(row.full_residents, row.residents) for row in found},
        ),
        Column(_("mean of the ten"), {row.community_id: percent_text(row.mean) for row in found}),
        Column(_("weakest of the ten"), {row.community_id: weakest_dimension(row) for row in found}),
    ]


def weakest_dimension(row: Coverage) -> str:
    if not row.lowest_dimension:
        return "–"
    return f"{Dimension(row.lowest_dimension).label} {percent_text(row.lowest)}"
