"""Somebody who may not collect a child came for it: recorded, and its guardians are told at once."""

import datetime as dt

from django.db import transaction

from childcare.actions.rules import notify_guardians
from childcare.models import ChildDay
from circle.audit.log import record_refusal
from circle.models import User


@transaction.atomic
def report_refused_collection(*, child_day: ChildDay, at: dt.datetime, by: User) -> None:
    """After the refused attempt has rolled back. Each is recorded; within a minute they are told once."""
    application = child_day.application
    record_refusal(
        verb="child_collected",
        code="may_not_collect",
        subject=child_day,
        community=application.community,
        at=at,
        actor=by,
    )
    notify_guardians(
        application,
        "collection_refused",
        at,
        dedupe=f"collection_refused:{child_day.pk}:{at:%H:%M}",
        phone=application.community.phone,
    )
