"""How long each item really takes, measured once a day so that its page need not read a year of visits."""

import datetime as dt
from dataclasses import asdict

from django.db.models import Q
from django.utils.timezone import localdate

from services.models import ServiceItem
from services.models.days_taken import time_taken

AT_ONE_TIME = 100


def measure_items(*, at: dt.datetime) -> int:
    """Those not measured today, some at a time; returns how many."""
    today = localdate(at)
    due = ServiceItem.objects.filter(Q(measured_on=None) | Q(measured_on__lt=today)).order_by("pk")
    items = list(due[:AT_ONE_TIME])
    for item in items:
        taken = [asdict(each) for each in time_taken(item, at)]
        ServiceItem.objects.filter(pk=item.pk).update(time_taken=taken, measured_on=today)
    return len(items)
