"""Who stands in the special registers of the demo: one confirmed, one to be phoned back, a child."""

import datetime as dt
from typing import Any

from django.utils import timezone

from circle.demo.staff import demo_clerk
from circle.models import Community, Resident, User, Via
from services import actions
from services.models import RegisterEntry, ServiceItem

# Item, who told us, what is needed, whether it was confirmed already.
ENTRIES = [
    ("RL07", "女儿", "一个人住，停电时送两顿饭；糖尿病，少糖", True),
    ("EL06", "本人", "每周二、周五下午打电话，每月上门一次", False),
]
CHILD = ("FM05", "外婆（演示）", "父母在外打工，外婆一个人带；每月上门看两次（演示）")
OF_AGE = dt.timedelta(days=18 * 365)


def load_registers(community: Community) -> None:
    """Of the eldest who live here; not again once there is an entry."""
    if RegisterEntry.objects.filter(community=community).exists():
        return
    homes = Resident.objects.living().filter(community=community, building__isnull=False)
    elders = homes.exclude(born_on=None).order_by("born_on", "pk")
    by, at = demo_clerk(community), timezone.now()
    for person, (code, told_by, needs, is_confirmed) in zip(elders, ENTRIES, strict=False):
        item = ServiceItem.objects.get(community=community, code=code)
        entry = actions.enter_in_register(
            item=item, resident=person, told_by=told_by, needs=needs, via=Via.PHONE, at=at, by=by
        )
        if is_confirmed:
            actions.confirm_entry(entry=entry, needs=needs, at=at, by=by)
    load_child(community, by)


def load_child(community: Community, by: User) -> None:
    """A child in the confidential register, where one lives here."""
    code, told_by, needs = CHILD
    born_since = timezone.localdate() - OF_AGE
    children = Resident.objects.living().filter(community=community, born_on__gt=born_since)
    child = children.order_by("born_on", "pk").first()
    item = ServiceItem.objects.filter(community=community, code=code).first()
    if child is None or item is None:
        return
    said: dict[str, Any] = {"told_by": told_by, "needs": needs, "via": Via.PHONE, "by": by}
    actions.enter_in_register(item=item, resident=child, at=timezone.now(), **said)
