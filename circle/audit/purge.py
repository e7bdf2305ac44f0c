"""Deletes records older than the law asks for; their seals remain."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.calendar import legal_parameters
from circle.models import Community, Purge, PurgePermit, Record, Seal, User

RETENTION = "record_retention"
MIN_RETENTION_DAYS = 183


@transaction.atomic
def purge_records(
    *, community: Community, older_than: dt.datetime, at: dt.datetime, by: User | None = None
) -> int:
    """Delete sealed records older than a moment, leave their seals and a Purge row; returns how many.

    Refuses: rule_missing, too_young (younger than the rule `record_retention` allows; under 183 days the
    database refuses as well).
    """
    days = max(legal_parameters.rule_value(RETENTION, "days", on=localtime(at).date()), MIN_RETENTION_DAYS)
    if older_than > at - dt.timedelta(days=days):
        raise ValidationError(
            _("Records are kept for %(days)s days."), code="too_young", params={"days": days}
        )
    seals = Seal.objects.filter(community=community, record__at__lt=older_than)
    last = seals.aggregate(last=models.Max("position"))["last"]
    if last is None:
        return 0
    # Only records before every younger one are deleted: the chain loses its beginning and gets no gaps.
    first_retained = Seal.objects.filter(community=community, record__at__gte=older_than).aggregate(
        first=models.Min("position")
    )["first"]
    last = last if first_retained is None else min(last, first_retained - 1)
    permit = PurgePermit.objects.create(community=community, older_than=older_than)
    count, _rows = Record.objects.filter(community=community, seal__position__lte=last).delete()
    Purge.objects.create(
        community=community, at=at, by=by, older_than=older_than, last_position=last, count=count
    )
    permit.delete()
    return count
