"""Who works in the demo, and how to sign in as one of them."""

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from circle.models import (
    Absence,
    Building,
    Community,
    Firm,
    Grid,
    StaffPost,
    User,
)
from circle.models.roles import BY_PHONE, Role

CLERK = "clerk@demo.invalid"


NURSERY_HEAD = "nursery@demo.invalid"


NURSE = "nurse@demo.invalid"


SECRETARY = "secretary@demo.invalid"


CHAIR = "chair@demo.invalid"


MANAGER = "property@demo.invalid"


PLANNER = "planner@demo.invalid"


DISTRICT_CLERK = "clerk2@demo.invalid"


EDITORS = "编辑（演示）"


# Invented: a role and a surname, as neighbours call one another, and marked so.
SIGN_INS = {
    "director@demo.invalid": ("管理员老严（演示）", "superuser"),
    "editor@demo.invalid": ("编辑小方（演示）", "editor"),
    CLERK: ("窗口小柳（演示）", Role.HALL_CLERK),
    "care@demo.invalid": ("养老协调员小秦（演示）", Role.ELDER_COORDINATOR),
    "carer@demo.invalid": ("护理员小苗（演示）", Role.CARE_WORKER),
    "carer2@demo.invalid": ("护理员小唐（演示）", Role.CARE_WORKER),
    "carer3@demo.invalid": ("护理员小韦（演示）", Role.CARE_WORKER),
    "carer4@demo.invalid": ("护理员小龙（演示）", Role.CARE_WORKER),
    "carer5@demo.invalid": ("护理员小雷（演示）", Role.CARE_WORKER),
    "carer6@demo.invalid": ("护理员小向（演示）", Role.CARE_WORKER),
    NURSERY_HEAD: ("托育中心老鲁（演示）", Role.NURSERY_HEAD),
    SECRETARY: ("议事会秘书小纪（演示）", Role.COUNCIL_SECRETARY),
    CHAIR: ("议事会主持人老康（演示）", Role.COUNCIL_CHAIR),
    "head@demo.invalid": ("社区主任老郝（演示）", Role.DIRECTOR),
    "canteen@demo.invalid": ("食堂老范（演示）", Role.CANTEEN),
    "leader@demo.invalid": ("志愿者负责人老葛（演示）", Role.VOLUNTEER_LEADER),
    "volunteer@demo.invalid": ("志愿者小石（演示）", Role.VOLUNTEER),
    NURSE: ("保育员小白（演示）", Role.NURSE),
    "supervisor@demo.invalid": ("居务监督老梁（演示）", Role.SUPERVISOR),
    "grid@demo.invalid": ("网格员小季（演示）", Role.GRID_WORKER),
    "building@demo.invalid": ("楼栋长老谭（演示）", Role.BUILDING_HEAD),
    MANAGER: ("物业负责人老孟（演示）", Role.PROPERTY_MANAGER),
    PLANNER: ("区规划员小夏（演示）", Role.DISTRICT_PLANNER),
}

# Of the second community, where it is loaded.
DISTRICT_SIGN_INS = {
    DISTRICT_CLERK: ("河滨窗口小阮（演示）", Role.HALL_CLERK),
    "head2@demo.invalid": ("河滨社区主任老翁（演示）", Role.DIRECTOR),
}


def demo_clerk(community: Community) -> User:
    """The clerk at the hall's counter."""
    return demo_staff(community, CLERK)


def demo_staff(community: Community, email: str) -> User:
    """The holder of the post in SIGN_INS; without a password until `add_sign_ins` sets one."""
    name, role = (SIGN_INS | DISTRICT_SIGN_INS)[email]
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, name=name, is_staff=True
    )
    started = {"starts_on": timezone.localdate() - dt.timedelta(days=365)} | post_limit(community, role)
    StaffPost.objects.get_or_create(user=user, community=community, role=role, defaults=started)
    return user


def post_limit(community: Community, role: str) -> dict[str, Any]:
    """The first grid, building or firm, for a role limited to one."""
    if role == Role.PROPERTY_MANAGER:
        named, other = {"name_zh": "演示物业公司"}, {"name_en": "Demo property management"}
        firm, _is_new = Firm.objects.get_or_create(community=community, **named, defaults=other)
        return {"firm": firm}
    if role == Role.GRID_WORKER:
        return {"grid": Grid.objects.filter(community=community).order_by("code")[0]}
    if role == Role.BUILDING_HEAD:
        return {"building": Building.objects.filter(community=community).order_by("code")[0]}
    return {}


def sign_ins_file() -> Path:
    """Beside the database, readable by its owner only: random passwords, one set per database."""
    return Path(settings.DATABASES["default"]["NAME"]).with_suffix(".demo-sign-ins.json")


def planner_of(community: Community, email: str) -> None:
    """Let somebody with a post elsewhere, if there is a sign-in, plan for this community as well."""
    if user := User.objects.filter(email=email).first():
        started = {"starts_on": timezone.localdate() - dt.timedelta(days=365)}
        StaffPost.objects.get_or_create(
            user=user, community=community, role=Role.DISTRICT_PLANNER, defaults=started
        )


def add_sign_ins(community: Community, people: Mapping[str, tuple[str, str]] = SIGN_INS) -> None:
    """Add the demo logins, only with DEBUG, so that a production database never gets one."""
    if not settings.DEBUG:
        return
    file = sign_ins_file()
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    for email, (name, role) in people.items():
        user = User.objects.filter(email=email).first()
        if user and email in known:
            continue
        known[email] = secrets.token_urlsafe(9)
        may_enter = {"is_staff": role not in BY_PHONE, "is_superuser": role == "superuser"}
        user = user or User(email=email, name=name, **may_enter)
        user.set_password(known[email])
        user.save()
        if role == "editor":
            user.groups.add(editors_group())
        if role in Role.values:
            demo_staff(community, email)
    file.touch(mode=0o600)
    file.write_text(json.dumps(known))
    if people is SIGN_INS:
        add_absence(community)


def add_absence(community: Community) -> None:
    """A coming absence of the care worker with a substitute, so that there is work to hand over."""
    posts = {post.role: post for post in StaffPost.objects.filter(community=community).order_by("pk")}
    absent, substitute = posts[Role.CARE_WORKER], posts[Role.VOLUNTEER]
    first = timezone.localdate() + dt.timedelta(days=3)
    days = {"starts_on": first, "ends_on": first + dt.timedelta(days=9)}
    if not absent.absences.exists():
        Absence.objects.create(post=absent, substitute=substitute, **days)


def editors_group() -> Group:
    """Editors of places and notices; the app of the catalogue adds its own permissions."""
    group, is_new = Group.objects.get_or_create(name=EDITORS)
    if is_new:
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="circle").exclude(content_type__model="user")
        )
    return group
