"""Street networks put into use, and walking times queued for computation."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Community, FacilityKind, StreetNetwork, User, WalkRun
from circle.walking.network import Network, content_sha256


@transaction.atomic
def adopt_streets(
    *,
    community: Community,
    network: Network,
    source: str,
    at: dt.datetime,
    attribution: str = "",
    by: User | None = None,
) -> StreetNetwork:
    """Use these streets from now on and queue all walking times; the old ones are shown until then.

    The same streets again change nothing. Refuses: no_edges.
    """
    if not network.edges:
        raise ValidationError(_("These streets are empty."), code="no_edges")
    content = network.to_bytes()
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    networks = StreetNetwork.objects.light().filter(community=community)
    known = networks.filter(sha256=content_sha256(content)).first()
    if known and known.is_current:
        return known
    networks.filter(is_current=True).update(is_current=False)
    if known:
        networks.filter(pk=known.pk).update(is_current=True)
        known.is_current = True
    else:
        known = StreetNetwork.objects.create(
            community=community,
            source=source,
            attribution=attribution,
            source_on=network.about["source_on"],
            filter_version=network.about["filter_version"],
            has_cycleways=network.about["cycleways"],
            crossing_wait_s=network.about["crossing_wait_s"],
            sha256=content_sha256(content),
            figures=network.about["figures"],
            content=content,
            imported_at=at,
        )
    networks.filter(is_current=False, runs=None).delete()
    record(verb="streets_adopted", subject=known, community=community, at=at, actor=by)
    queue_walks(community=community, at=at)
    return known


def queue_walks(
    *, community: Community, at: dt.datetime, kinds: Iterable[FacilityKind | int] | None = None
) -> int:
    """Queue the walking times to these kinds of facility, or to all; returns the number of runs that wait.

    None without streets. A kind that waits already is queued once.
    """
    if not StreetNetwork.objects.current(community):
        return 0
    wanted = community.facilities.order_by("kind").values_list("kind", flat=True).distinct()
    if kinds is not None:
        wanted = wanted.filter(kind__in=[kind if isinstance(kind, int) else kind.pk for kind in kinds])
    runs = [WalkRun(community=community, kind_id=kind, queued_at=at) for kind in wanted]
    WalkRun.objects.bulk_create(runs, ignore_conflicts=True)
    return WalkRun.objects.filter(community=community, state=WalkRun.State.QUEUED).count()
