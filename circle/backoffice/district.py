"""The overview of a district: one line for each community, one column for each figure that an app offers."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import cast

from django.http import HttpRequest

from circle.backoffice.post_permissions import communities_with_permission
from circle.coverage.district import Column
from circle.hooks import hook_functions
from circle.models import Community, User

PERMISSION = "circle.view_norm"  # of planners and directors
DAYS = 30


def district_communities(request: HttpRequest) -> list[Community]:
    """Those whose figures this user may compare."""
    reached = communities_with_permission(request, PERMISSION)
    found = Community.objects.all()
    return list(found if reached is None else found.filter(pk__in=reached))


def has_district(request: HttpRequest) -> bool:
    """Whether there is something to compare."""
    return cast(User, request.user).has_perm(PERMISSION) and len(district_communities(request)) > 1


def district_columns(communities: Iterable[Community], today: dt.date) -> Iterator[Column]:
    """Of the `DAYS` before today, where a figure is about a time."""
    ids = [community.pk for community in communities]
    for offered in hook_functions("district_figures"):
        yield from offered(ids, today - dt.timedelta(days=DAYS), today)
