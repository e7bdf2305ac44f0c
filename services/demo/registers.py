"""Who stands in the special registers of the demo: one confirmed, one to be phoned back."""

from django.utils import timezone

from circle.demo.staff import demo_clerk
from circle.models import Community, Resident, Via
from services import actions
from services.models import RegisterEntry, ServiceItem

# Item, who told us, what is needed, whether it was confirmed already.
ENTRIES = [
    ("RL07", "女儿", "一个人住，停电时送两顿饭；糖尿病，少糖", True),
    ("EL06", "本人", "每周二、周五下午打电话，每月上门一次", False),
]


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
