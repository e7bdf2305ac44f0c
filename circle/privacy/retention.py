"""Deletes data older than their purpose needs, each night by `tick`; `run_retention --dry-run` lists them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from circle.audit.log import record
from circle.models import Community
from circle.privacy.purposes import Purpose, all_purposes, purposes_with_rules

HOUR = 3  # at night, when nobody waits for the database
AT_ONCE = 500


@dataclass(frozen=True)
class ExpiredRows:
    """The number of rows of a purpose in a community that are older than its days."""

    community: Community
    purpose: Purpose
    days: int
    count: int

    def __str__(self) -> str:
        return f"{self.community.slug}: {self.purpose.code}, older than {self.days} days: {self.count}"


def find_expired(at: dt.datetime) -> Iterator[ExpiredRows]:
    """What would be deleted now; changes nothing."""
    for community in Community.objects.order_by("pk"):
        for purpose, rule in purposes_with_rules(all_purposes(), localtime(at).date()):
            if purpose.stale and rule:
                before = at - dt.timedelta(days=rule.params["days"])
                yield ExpiredRows(
                    community, purpose, rule.params["days"], purpose.stale(community.pk, before).count()
                )


def run_retention(at: dt.datetime) -> Iterator[ExpiredRows]:
    """Delete at most 500 rows of a purpose and community; the next run continues."""
    for found in find_expired(at):
        if found.count:
            yield delete_expired(found, at)


@transaction.atomic
def delete_expired(found: ExpiredRows, at: dt.datetime) -> ExpiredRows:
    purpose, community = found.purpose, found.community
    assert purpose.stale  # noqa: S101 - `find_expired` yields no others
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
    return ExpiredRows(community, purpose, found.days, count)


def is_retention_hour(at: dt.datetime) -> bool:
    return localtime(at).hour == HOUR
