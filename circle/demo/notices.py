"""Notices of the demo, published as staff publish them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from circle import actions
from circle.demo.source import pick_columns
from circle.demo.staff import demo_clerk
from circle.models import (
    Building,
    Community,
    Notice,
    User,
)
from circle.notifications import robot_of


def add_notice(community: Community, row: dict[str, Any]) -> None:
    publish_at = timezone.now() - dt.timedelta(days=row["published_days_ago"])
    expires = row["expires_in_days"]
    values = pick_columns(row, "title", "body") | {"publish_at": publish_at}
    values["expires_at"] = timezone.now() + dt.timedelta(days=expires) if expires is not None else None
    if hours := row.get("outage_hours"):
        day = timezone.localdate()
        values["outage_from"], values["outage_until"] = (
            timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=n), dt.time.fromisoformat(hour)))
            for n, hour in hours
        )
    notice, is_new = Notice.objects.get_or_create(community=community, slug=row["slug"], defaults=values)
    if is_new and row.get("buildings"):
        hit = Building.objects.filter(community=community, code__in=row["buildings"])
        notice.buildings.set(hit)
    if is_new and not row.get("is_draft"):
        publish_demo_notice(notice, row, publish_at, demo_clerk(community))


def publish_demo_notice(notice: Notice, row: dict[str, Any], at: dt.datetime, by: User) -> None:
    """Publish it at its time, pin it where the data say so, withdraw it where it has been withdrawn."""
    actions.publish_notice(notice=notice, at=at, by=by)
    if row["pinned"]:
        actions.pin_notice(notice=notice, at=at, by=by)
        if robot_of(notice.community):
            actions.post_to_group(subject=notice, at=at, by=by)
    if row.get("withdrawn_because"):
        actions.withdraw_notice(notice=notice, reason=row["withdrawn_because"], at=timezone.now(), by=by)
