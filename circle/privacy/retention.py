"""What is older than its purpose needs goes, each night by `tick`. `run_retention --dry-run` shows it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from circle.audit.log import record
from circle.models import Community
from circle.privacy.purposes import Purpose, all_purposes, with_rules

HOUR = 3  # at night, when nobody waits for the database
AT_ONCE = 500


@dataclass(frozen=True)
class Spent:
    """So many rows of a purpose in a community that are older than its days."""

    community: Community
    purpose: Purpose
    days: int
    count: int

    def __str__(self) -> str:
        return f"{self.community.slug}: {self.purpose.code}, older than {self.days} days: {self.count}"


def spent(at: dt.datetime) -> Iterator[Spent]:
    """What would go now; nothing is changed."""
    for community in Community.objects.order_by("pk"):
        for purpose, rule in with_rules(all_purposes(), localtime(at).date()):
            if purpose.stale and rule:
                before = at - dt.timedelta(days=rule.params["days"])
                yield Spent(
                    community, purpose, rule.params["days"], purpose.stale(community.pk, before).count()
                )


def run(at: dt.datetime) -> Iterator[Spent]:
    """Let go of it, at most 500 rows of a purpose and community at once; the next run goes on."""
    for found in spent(at):
        if found.count:
            yield forgotten(found, at)


@transaction.atomic
def forgotten(found: Spent, at: dt.datetime) -> Spent:
    purpose, community = found.purpose, found.community
    assert purpose.stale  # noqa: S101 - `spent` yields no others
    assert purpose.forget  # noqa: S101
    rows = purpose.stale(community.pk, at - dt.timedelta(days=found.days)).order_by("pk")
    chosen = rows.model._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True)[:AT_ONCE]))
    count = purpose.forget(chosen, at)
    if count:
        record(
            verb="retention_run",
            subject=community,
            community=community,
            at=at,
            purpose=purpose.code,
            days=found.days,
            count=count,
        )
    return Spent(community, purpose, found.days, count)


def is_time(at: dt.datetime) -> bool:
    return localtime(at).hour == HOUR
