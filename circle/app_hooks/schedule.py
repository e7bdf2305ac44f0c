"""What circle does each minute, and the invariants it checks: the hooks `tick` and `invariants`."""

import datetime as dt
from collections.abc import Iterator

from django.contrib.sessions.models import Session
from django.db import connection

from circle import notifications
from circle.actions import (
    ask_for_ratings,
    escalate_alarms,
    expire_notices,
    open_surveys,
    refresh_coverage,
    sweep_after_deaths,
    sweep_passes,
    sweep_unverified,
)
from circle.audit import append_only
from circle.audit.anchors import anchor_chain, extend_anchor_file
from circle.audit.seals import seal_records
from circle.booking import idempotency
from circle.booking.busy import forget_past_times
from circle.models import Community, WalkRun, WalkTime
from circle.notifications.watch import is_watched
from circle.privacy import retention


def tick(at: dt.datetime) -> Iterator[str]:
    for community in Community.objects.all():
        sealed = seal_records(community)
        anchor_chain(community, at=at)
        yield f"{sealed} records sealed in {community.slug}"
        if line := extend_anchor_file(community, at=at, sealed=sealed):
            yield f"the chain: {line}"
    yield f"{sweep_after_deaths(at)} recent deaths followed up"
    yield f"{escalate_alarms(at=at)} steps of alarms that nobody sees to"
    yield f"{ask_for_ratings(at=at)} people asked how it was"
    yield f"{open_surveys(at=at)} surveys opened"
    yield f"{notifications.drop_untrue_in_person_messages(at)} in-person messages no longer true"
    if is_watched():  # a channel that says nothing would hold up everything below
        yield "messages are left to the sender"
    else:
        yield f"{notifications.send_messages(at=at)} messages sent"
    yield f"{notifications.wipe_old_secrets(at)} old secrets wiped"
    yield f"{idempotency.delete_old_keys(at)} submission keys deleted"
    yield f"{forget_past_times(at)} quarter hours of the past forgotten"
    yield f"{expire_notices(at=at)} notices expired"
    yield f"{sweep_passes(at)} sign-in passes deleted"
    yield f"{sweep_unverified(at)} unverified logins removed"
    yield f"walking times to {compute_walks(at)} kinds of facility computed"
    yield f"the coverage of {refresh_coverage(at=at)} communities computed anew"
    if retention.is_retention_hour(at):
        yield from (f"deleted: {line}" for line in retention.run_retention(at))
    yield f"{Session.objects.filter(expire_date__lt=at).delete()[0]} sessions removed"


def compute_walks(at: dt.datetime) -> int:
    """Compute the walking times that an edit of places or an import of streets has queued."""
    waiting = Community.objects.filter(pk__in=WalkRun.objects.waiting(at).values("community"))
    communities = [community for community in waiting if community.buildings.exists()]
    if not communities:
        return 0
    from circle.proximity.compute import compute_waiting

    return sum(1 for community in communities for _computed in compute_waiting(community, at))


def find_violations() -> Iterator[str]:
    for name in sorted(append_only.missing_triggers(connection)):
        yield f"the trigger {name} is missing"
    left = WalkTime.objects.filter(run__state=WalkRun.State.SUPERSEDED).count()
    if left:
        yield f"{left} walking times of replaced runs are still there"
