"""What the portal knows of a matter, looked up again from the words in the address of the form.

home:<dimension>               a gap on the visitor's own ring
gap:<kind>:<moment>:<pace>     a norm that homes of the community lack
item:<code>                    an item of the catalogue
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circle.models import Coverage, CoverageGap, Dimension
from circle.proximity.nearby import Moment
from circle.views.circle import circle_for_visitor
from circle.walking.coverage import FLOOR
from circle.walking.limits import LIMIT_MINUTES
from circle.walking.marks import whole_minutes
from circle.web.middleware import PortalRequest
from council.actions import Facts
from council.models.topics import FACTS_LENGTH
from services.models import ServiceItem

NOTHING = Facts()
LACKING = gettext_lazy(
    "%(kind)s within %(minutes)s min, %(pace)s: %(people)s residents lack it; farthest %(worst)s."
)
LACKING_WITH_WAY = gettext_lazy(
    "%(kind)s within %(minutes)s min, %(pace)s: %(people)s residents lack it; "
    "farthest %(worst)s, %(far)s min."
)


def facts_of(request: PortalRequest, about: str) -> tuple[Facts, str]:
    """In both languages, with the dimension; nothing where the words name nothing (any more)."""
    kind, _sign, rest = about.partition(":")
    find = {"home": facts_of_home, "gap": facts_of_gap, "item": facts_of_item}.get(kind)
    found = find(request, rest) if find else None
    if found is None:
        return NOTHING, ""
    sentence, url, dimension = found
    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            texts.append(sentence()[:FACTS_LENGTH])
    return Facts(texts[0], texts[1], url[:200]), dimension


Found = tuple[Callable[[], str], str, str]


def facts_of_home(request: PortalRequest, dimension: str) -> Found | None:
    """Building, pace, and how far the nearest one is, as the visitor's circle shows it now."""
    if dimension not in Dimension.values:
        return None
    around = circle_for_visitor(request, Moment(timezone.localtime()))
    ways = [
        near
        for near in around.places
        if near.dimension == dimension and near.is_reachable and near.minutes is not None
    ]
    nearest = min(ways, key=lambda near: near.minutes or 0, default=None)
    origin, pace = around.origin, around.pace

    def sentence() -> str:
        words = {
            "home": origin.building.name if origin.building else request.community.gate,
            "dimension": Dimension(dimension).label,
            "limit": LIMIT_MINUTES,
            "pace": Coverage.Pace.ELDER.label if pace == "elder" else Coverage.Pace.PLANNING.label,
        }
        if nearest is None or nearest.minutes is None:
            return _("From %(home)s, %(pace)s: no %(dimension)s is known within reach.") % words
        words |= {"place": nearest.facility.name, "minutes": whole_minutes(nearest.minutes)}
        return _("From %(home)s, %(pace)s: nearest %(dimension)s %(place)s, about %(minutes)s min.") % words

    return sentence, reverse("circle"), dimension


def facts_of_gap(request: PortalRequest, words: str) -> Found | None:
    """Of the norm that most people lack, of this kind; never a number below ten."""
    parts = words.split(":")
    if len(parts) != 3 or parts[1] not in Coverage.Stamp.values or parts[2] not in Coverage.Pace.values:
        return None
    code, stamp, pace = parts
    coverage = Coverage.objects.at(request.community, stamp, pace)
    rows = CoverageGap.objects.filter(coverage=coverage, norm__kind__code=code, residents__gte=FLOOR)
    gap = rows.select_related("norm__kind", "worst").order_by("-residents").first()
    if coverage is None or gap is None:
        return None

    def sentence() -> str:
        said = {
            "kind": gap.norm.kind.name,
            "minutes": gap.norm.tier,
            "people": gap.residents,
            "worst": gap.worst.name,
            "pace": Coverage.Pace(pace).label,
        }
        if gap.minutes is None:
            return str(LACKING % said)
        return str(LACKING_WITH_WAY % (said | {"far": whole_minutes(gap.minutes)}))

    url = f"{reverse('coverage')}?{urlencode({'when': stamp, 'pace': pace})}"
    return sentence, url, gap.norm.kind.dimension


def facts_of_item(request: PortalRequest, code: str) -> Found | None:
    item = ServiceItem.objects.public(request.community).filter(code=code[:60]).first()
    if item is None:
        return None

    def sentence() -> str:
        return _("About the service: %(item)s") % {"item": item.name}

    return sentence, item.get_absolute_url(), ""
