"""Ids and terms of the open catalogue: our own taxonomies in the shape of the standard."""

import uuid
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from circle.models import Community, Dimension
from services.models import Audience, Category, ServiceItem

Document = dict[str, Any]

THEMES, AUDIENCES, DIMENSIONS, FACTS = "themes", "audiences", "dimensions", "facts"
TAXONOMIES = {
    THEMES: gettext_lazy("Themes of the catalogue"),
    AUDIENCES: gettext_lazy("For whom a service is meant"),
    DIMENSIONS: gettext_lazy("The ten dimensions of a quarter-hour circle, and desk matters"),
    FACTS: gettext_lazy("How a service is done"),
}
YES_OR_NO = {
    "full-agency": (gettext_lazy("We do the errands"), Q(has_agency=True)),
    "booked-online": (gettext_lazy("A time can be booked online"), Q(is_bookable=True)),
    "on-the-spot": (gettext_lazy("Done on the spot"), Q(promised_days=0)),
    "unverified": (gettext_lazy("Limits and fees are not verified yet"), Q(is_verified=False)),
}
NUMBERS = {
    "promised-days": gettext_lazy("Promised limit in working days"),
    "statutory-days": gettext_lazy("Legal limit in working days"),
    "visits": gettext_lazy("Visits in person"),
}


@lru_cache(maxsize=4)
def namespace(site: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site}/api/hsds/")


def hsds_id(*parts: str) -> str:
    """The same for the same thing, on every day and in every process; another on another site."""
    return str(uuid.uuid5(namespace(settings.SITE_URL), "/".join(parts)))


def service_id(community: Community, code: str) -> str:
    return hsds_id(community.slug, "service", code)


def organization_id(community: Community, provider_zh: str) -> str:
    return hsds_id(community.slug, "organization", provider_zh)


def term(taxonomy: str, code: str, name: Any) -> Document:
    title = str(TAXONOMIES[taxonomy])
    return {
        "id": hsds_id(taxonomy, code),
        "code": code,
        "name": str(name),
        "description": _("%(name)s (%(taxonomy)s)") % {"name": name, "taxonomy": title},
        "taxonomy": title,
        "taxonomy_id": hsds_id(taxonomy),
        "taxonomy_detail": {"id": hsds_id(taxonomy), "name": title, "description": title},
        "language": get_language() or "zh-hans",
    }


def terms_of(item: ServiceItem) -> Iterator[tuple[Document, str]]:
    """Each term with its value, which is empty where the term alone says it."""
    yield term(THEMES, item.category.slug, item.category.name), ""
    yield term(DIMENSIONS, item.dimension, item.get_dimension_display()), ""
    for audience in item.audiences.all():
        yield term(AUDIENCES, audience.slug, audience.name), ""
    is_so = {
        "full-agency": item.has_agency,
        "booked-online": item.is_bookable,
        "on-the-spot": item.is_on_the_spot,
        "unverified": not item.is_verified,
    }
    for code, (label, _condition) in YES_OR_NO.items():
        if is_so[code]:
            yield term(FACTS, code, label), ""
    values = {
        "promised-days": item.promised_days,
        "statutory-days": item.statutory_days,
        "visits": item.visits,
    }
    for code, label in NUMBERS.items():
        if values[code] is not None:
            yield term(FACTS, code, label), str(values[code])


def with_term(wanted: uuid.UUID) -> Q:
    """Which items wear this term; none where nobody knows it. Two small queries."""
    found = {hsds_id(THEMES, row.slug): Q(category=row) for row in Category.objects.all()}
    found |= {hsds_id(AUDIENCES, row.slug): Q(audiences=row) for row in Audience.objects.all()}
    found |= {hsds_id(DIMENSIONS, value): Q(dimension=value) for value in Dimension.values}
    found |= {hsds_id(FACTS, code): condition for code, (_label, condition) in YES_OR_NO.items()}
    found |= {hsds_id(FACTS, code): Q() for code in NUMBERS}
    found[hsds_id(FACTS, "statutory-days")] = Q(statutory_days__isnull=False)
    return found.get(str(wanted), Q(pk__in=[]))


def with_taxonomy(wanted: uuid.UUID) -> Q:
    """Which items wear a term of this taxonomy: of three of them every item does."""
    found = {hsds_id(name): Q() for name in (THEMES, DIMENSIONS, FACTS)}
    found[hsds_id(AUDIENCES)] = Q(pk__in=Audience.items.through.objects.values("serviceitem"))
    return found.get(str(wanted), Q(pk__in=[]))


def of_organization(community: Community, wanted: uuid.UUID) -> Q:
    """Which items this provider offers; one query."""
    names = ServiceItem.objects.public(community).order_by().values_list("provider_zh", flat=True).distinct()
    mine = [name for name in names if organization_id(community, name) == str(wanted)]
    return Q(provider_zh__in=mine)
