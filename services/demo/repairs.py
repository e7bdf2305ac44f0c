"""Repairs of the demo: one of each stage, one of them mended through the firm's link."""

import datetime as dt
from typing import Any

from django.utils import timezone

from circle.demo.messages import send_demo_messages
from circle.demo.staff import demo_clerk
from circle.models import Community, Firm, Resident, Via
from services import actions
from services.demo.cases import drawn_paper
from services.models import Repair

# What is broken, where, what was said, how many days ago, and until which stage.
REPAIRS = [
    ("water", "厨房水槽下面", "水槽下面的管子滴水，从昨天晚上开始（演示）", 0, "reported"),
    ("light", "一单元三楼楼道", "楼道灯不亮，老人上下楼看不见（演示）", 2, "forwarded"),
    ("lift", "二单元电梯", "电梯到五楼会抖一下（演示）", 3, "done"),
    ("door", "单元门", "单元门锁不上（演示）", 12, "closed"),
    ("power", "家里卧室", "插座没电，自己换好了（演示）", 6, "cancelled"),
]
FIRMS = [("演示物业公司", "Demo property management"), ("演示供电所", "Demo power company")]


def load_repairs(community: Community) -> None:
    """Reported on the phone by people who live here; not again once there is a repair."""
    if Repair.objects.filter(community=community).exists():
        return
    firms = [
        Firm.objects.get_or_create(community=community, name_zh=zh, defaults={"name_en": en})[0]
        for zh, en in FIRMS
    ]
    homes = Resident.objects.living().filter(community=community, building__isnull=False)
    people = homes.exclude(born_on=None).order_by("born_on", "pk")[: len(REPAIRS)]
    by, now = demo_clerk(community), timezone.now()
    for person, (kind, place, words, ago, stage) in zip(people, REPAIRS, strict=False):
        at = now - dt.timedelta(days=ago, hours=1)
        said: dict[str, Any] = {"via": Via.PHONE, "at": at, "by": by, "gives_phone": True}
        repair = actions.report_repair(
            resident=person, kind=kind, place=place, words=words, photo=drawn_paper(), **said
        )
        tell(repair, stage, firms[kind == "power"], at, by)
        send_demo_messages(at)


def tell(repair: Repair, stage: str, firm: Firm, at: dt.datetime, by: Any) -> None:
    pause = dt.timedelta(minutes=10)
    if stage == "cancelled":
        actions.cancel_repair(repair=repair, reason="自己换好了（演示）", via=Via.PHONE, at=at + pause, by=by)
    if stage in ("reported", "cancelled"):
        return
    link, _token = actions.forward_repair(repair=repair, firm=firm, at=at + pause, by=by)
    if stage == "forwarded":
        return
    done: dict[str, Any] = {"words": "已修好，没有收费（演示）", "photo": drawn_paper()}
    repair = actions.complete_repair(link=link, at=at + 2 * pause, **done)
    if stage == "closed":
        actions.confirm_repair(repair=repair, at=at + 3 * pause, by=by)
