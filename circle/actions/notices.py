"""Notices: published, pinned, withdrawn, expired."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.models import Notice, User

Status = Notice.Status


@transaction.atomic
def publish_notice(*, notice: Notice, at: dt.datetime, by: User) -> Notice:
    """Publish from the notice's day on, or now where that is past; also one withdrawn or expired before.

    Refuses: over (its last day is past), already_published.
    """
    if notice.expires_at and notice.expires_at <= max(at, notice.publish_at):
        raise ValidationError(_("Its last day is past. Give it a later one."), code="over")
    change_status(
        notice,
        verb="notice_published",
        allowed=[Status.DRAFT, Status.WITHDRAWN, Status.EXPIRED],
        to=Status.PUBLISHED,
        at=at,
        by=by,
        publish_at=max(at, notice.publish_at),
        reason="",
    )
    return notice


@transaction.atomic
def withdraw_notice(*, notice: Notice, reason: str, at: dt.datetime, by: User) -> Notice:
    """Remove it from the pages at once; the row remains, with the reason.

    Refuses: reason_missing, reason_too_long, already_withdrawn, not_possible (it is a draft, or over).
    """
    change_status(
        notice,
        verb="notice_withdrawn",
        allowed=[Status.PUBLISHED],
        to=Status.WITHDRAWN,
        at=at,
        by=by,
        reason=checked_reason(reason),
        is_pinned=False,
    )
    return notice


def pin_notice(*, notice: Notice, at: dt.datetime, by: User) -> Notice:
    """Pin a published notice to the top; repeating it changes nothing.

    Refuses: not_published.
    """
    if notice.status != Status.PUBLISHED:
        raise ValidationError(_("Only a published notice can be pinned."), code="not_published")
    return set_pin(notice, True, at, by)


def unpin_notice(*, notice: Notice, at: dt.datetime, by: User) -> Notice:
    """Return it to its place by date; repeating it changes nothing."""
    return set_pin(notice, False, at, by)


@transaction.atomic
def set_pin(notice: Notice, is_pinned: bool, at: dt.datetime, by: User) -> Notice:
    rows = Notice.objects.filter(pk=notice.pk, is_pinned=not is_pinned)
    if is_pinned:
        rows = rows.filter(status=Status.PUBLISHED)
    if rows.update(is_pinned=is_pinned):
        verb = "notice_pinned" if is_pinned else "notice_unpinned"
        record(verb=verb, subject=notice, community=notice.community_id, at=at, actor=by)
    notice.refresh_from_db(fields=["is_pinned", "status"])
    return notice


def expire_notices(*, at: dt.datetime) -> int:
    """Mark notices past their last day as expired; returns the number. Pages hide them by date anyway."""
    expired = 0
    for notice in Notice.objects.over(at):
        try:
            with transaction.atomic():
                change_status(
                    notice,
                    verb="notice_expired",
                    allowed=[Status.PUBLISHED],
                    to=Status.EXPIRED,
                    at=at,
                    by=None,
                    rows=Notice.objects.over(at),
                    is_pinned=False,
                )
        except ValidationError:  # another machine was quicker, or it was given a later day
            continue
        expired += 1
    return expired
