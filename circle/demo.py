"""The demo community. Loading it again adds what is missing and never changes existing rows."""

import contextlib
import datetime as dt
import io
import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db.models import Max
from django.utils import timezone

from circle import actions
from circle.importing.streets import read_network
from circle.models import (
    Absence,
    Building,
    CandidateSite,
    Closure,
    Community,
    Facility,
    FacilityChange,
    FacilityKind,
    Firm,
    Grid,
    Inventory,
    Mandate,
    Message,
    Notice,
    OpeningHours,
    Resident,
    StaffPost,
    StreetNetwork,
    User,
)
from circle.models.roles import BY_PHONE, Role
from circle.models.street_networks import DEMO_SOURCE
from circle.notifications import robot_of, send_messages
from circle.proximity.compute import compute_waiting

DATA = Path(__file__).resolve().parent / "data"
CLERK = "clerk@demo.invalid"
NURSERY_HEAD = "nursery@demo.invalid"
NURSE = "nurse@demo.invalid"
SECRETARY = "secretary@demo.invalid"
CHAIR = "chair@demo.invalid"
MANAGER = "property@demo.invalid"
EDITORS = "编辑（演示）"
NOT_INVENTORIED = ["bike_parking", "emergency_shelter", "telecom", "waste_station"]
# Invented: a role and a surname, as neighbours call one another, and marked so.
SIGN_INS = {
    "director@demo.invalid": ("管理员老严（演示）", "superuser"),
    "editor@demo.invalid": ("编辑小方（演示）", "editor"),
    CLERK: ("窗口小柳（演示）", Role.HALL_CLERK),
    "care@demo.invalid": ("养老协调员小秦（演示）", Role.ELDER_COORDINATOR),
    "carer@demo.invalid": ("护理员小苗（演示）", Role.CARE_WORKER),
    "carer2@demo.invalid": ("护理员小唐（演示）", Role.CARE_WORKER),
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
    "planner@demo.invalid": ("区规划员小夏（演示）", Role.DISTRICT_PLANNER),
}


def read_demo_data(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def demo_community() -> Community:
    """The community row, with its calendar, legal parameters and kinds of facility."""
    call_command("seed_calendar", stdout=io.StringIO())
    call_command("seed_rules", stdout=io.StringIO())
    call_command("seed_norms", stdout=io.StringIO())
    row = read_demo_data("demo_places.json")["community"]
    texts = pick_columns(row, "name", "district", "address", "gate")
    texts |= {"phone_hours_zh": row["hours_zh"], "phone_hours_en": row["hours_en"]}
    community, _ = Community.objects.get_or_create(
        slug=row["slug"],
        defaults=texts | point_columns(row) | {"phone": row["phone"], "is_demo": True},
    )
    return community


def load_demo(community: Community) -> None:
    """The demo hook of circle: places, changes, closures, notices, sign-ins."""
    data = read_demo_data("demo_places.json")
    grids = {row["code"]: add_grid(community, row) for row in data["grids"]}
    gates = {row["code"]: pick_columns(row, "gate_note") for row in data["grids"]}
    for row in data["buildings"]:
        add_building(community, grids[row["grid"]], row | gates[row["grid"]])
    kinds = FacilityKind.objects.in_bulk(field_name="code")
    new = [row for row in data["facilities"] if add_facility(community, kinds[row["kind"]], row)]
    facilities = {place.code: place for place in Facility.objects.filter(community=community)}
    added = {row["code"] for row in new}
    for row in data["changes"]:
        if row["facility"] in added:
            add_change(facilities[row["facility"]], row)
    for row in data["closures"]:
        if row["facility"] in added:
            add_closure(facilities[row["facility"]], row)
    for row in data["notices"]:
        add_notice(community, row)
    actions.expire_notices(at=timezone.now())
    add_people(community)
    add_sign_ins(community)
    add_streets(community)
    add_inventories(community)
    add_sites(community)
    actions.recompute_coverage(community=community, at=timezone.now())


def pick_columns(row: dict[str, Any], *names: str, also: Iterable[str] = ()) -> dict[str, Any]:
    """The _zh and _en columns of these names, and the columns in `also`, from a row of the data file."""
    return {
        f"{name}_{language}": row[f"{name}_{language}"] for name in names for language in ("zh", "en")
    } | {name: row[name] for name in also}


def point_columns(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "longitude": row["longitude"],
        "latitude": row["latitude"],
        "longitude_entered": row["longitude"],
        "latitude_entered": row["latitude"],
    }


def add_grid(community: Community, row: dict[str, Any]) -> Grid:
    values = pick_columns(row, "name", "worker", also=["phone"])
    return Grid.objects.get_or_create(community=community, code=row["code"], defaults=values)[0]


def add_building(community: Community, grid: Grid, row: dict[str, Any]) -> None:
    counts = ("entrances", "households", "residents", "elders_60", "elders_80")
    values = (
        pick_columns(row, "name", "address", "gate_note", also=counts) | point_columns(row) | {"grid": grid}
    )
    values |= {"head_zh": row["building_head_zh"], "head_en": row["building_head_en"]}
    Building.objects.get_or_create(community=community, code=row["code"], defaults=values)


def add_facility(community: Community, kind: FacilityKind, row: dict[str, Any]) -> bool:
    """Add the facility with its opening hours; returns whether it is new."""
    values = pick_columns(
        row,
        "name", "address", "landmark", "activities", "notice",
        also=["phone", "area_m2", "follows_workdays", "step_free"],
    )  # fmt: skip
    values |= point_columns(row) | {
        "kind": kind,
        "synonyms": "\n".join(row["synonyms_zh"] + row["synonyms_en"]),
    }
    facility, is_new = Facility.objects.get_or_create(community=community, code=row["code"], defaults=values)
    if is_new:
        OpeningHours.objects.bulk_create(
            OpeningHours(
                facility=facility,
                weekday=day,
                opens=span["opens"],
                closes=span["closes"],
            )
            for span in row["hours"]
            for day in span["days"]
        )
    return is_new


def add_streets(community: Community) -> None:
    """Add invented streets where the community has none, then compute the walking times that wait."""
    now = timezone.now()
    if not StreetNetwork.objects.current(community):
        network = read_network(DATA / DEMO_SOURCE, source_on=dt.date(2026, 11, 20))
        actions.adopt_streets(
            community=community,
            network=network,
            source=DEMO_SOURCE,
            at=now,
        )
    list(compute_waiting(community, now))


def add_change(facility: Facility, row: dict[str, Any]) -> None:
    values = pick_columns(row, "note", also=["kind", "from_m2", "to_m2"])
    FacilityChange.objects.create(facility=facility, happened_on=row["on"], **values)


def add_closure(facility: Facility, row: dict[str, Any]) -> None:
    starts_on = timezone.localdate() + dt.timedelta(days=row["starts_in_days"])
    ends_on = starts_on + dt.timedelta(days=row["lasts_days"] - 1)
    Closure.objects.create(
        facility=facility, starts_on=starts_on, ends_on=ends_on, **pick_columns(row, "reason")
    )


def add_notice(community: Community, row: dict[str, Any]) -> None:
    publish_at = timezone.now() - dt.timedelta(days=row["published_days_ago"])
    expires = row["expires_in_days"]
    values = pick_columns(row, "title", "body") | {"publish_at": publish_at}
    values["expires_at"] = timezone.now() + dt.timedelta(days=expires) if expires is not None else None
    notice, is_new = Notice.objects.get_or_create(community=community, slug=row["slug"], defaults=values)
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


def add_inventories(community: Community) -> None:
    """Complete inventories of all kinds with a norm but a few, so that the page shows unknowns as well."""
    for kind in FacilityKind.objects.filter(norms__isnull=False).exclude(code__in=NOT_INVENTORIED).distinct():
        confirmed = {"confirmed_on": timezone.localdate() - dt.timedelta(days=30)}
        Inventory.objects.get_or_create(community=community, kind=kind, defaults=confirmed)


def add_sites(community: Community) -> None:
    for row in read_demo_data("demo_sites.json")["sites"]:
        values = pick_columns(row, "name") | point_columns(row)
        CandidateSite.objects.get_or_create(community=community, code=row["code"], defaults=values)


def add_people(community: Community) -> None:
    """Residents, their logins and mandates: invented, marked so in the name, and matched by it."""
    data = read_demo_data("demo_people.json")
    by_code = {building.code: building for building in Building.objects.filter(community=community)}
    people = {row["key"]: add_resident(community, by_code[row["building"]], row) for row in data["residents"]}
    for row in data["mandates"]:
        agent, principal = people[row["agent"]].login, people[row["principal"]]
        if agent:
            started = {"basis": row["basis"], "valid_from": timezone.localdate() - dt.timedelta(days=60)}
            Mandate.objects.get_or_create(agent=agent, principal=principal, defaults=started)


def add_resident(community: Community, building: Building, row: dict[str, Any]) -> Resident:
    known = Resident.objects.filter(community=community, name=row["name"]).select_related("login").first()
    if known:
        return known
    resident = Resident(community=community, building=building, name=row["name"], born_on=row["born_on"])
    resident.phone = row["phone"]
    resident.language = row.get("language", Resident.Language.ZH)
    if row["has_login"]:
        resident.login = resident_login(row["phone"])
    resident.save()
    return resident


def resident_login(phone: str) -> User:
    found = User.objects.with_phone(phone)
    if found is None:
        found = User(phone_verified_at=timezone.now())
        found.phone = phone
        found.set_unusable_password()
        found.save()
    return found


def send_demo_messages(at: dt.datetime) -> None:
    """Send what was written until then, also within quiet hours, so that nothing old waits in the outbox.

    Only where text messages are printed: a real gateway would send them to invented numbers.
    """
    if not settings.SMS_URL.startswith("console://"):
        return
    with contextlib.redirect_stdout(io.StringIO()):
        while Message.objects.due(at).exists():  # a batch may be dropped as a whole
            send_messages(at=at, also_at_night=True)


def demo_clerk(community: Community) -> User:
    """The clerk at the hall's counter."""
    return demo_staff(community, CLERK)


def demo_staff(community: Community, email: str) -> User:
    """The holder of the post in SIGN_INS; without a password until `add_sign_ins` sets one."""
    name, role = SIGN_INS[email]
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, name=name, is_staff=True
    )
    started = {"starts_on": timezone.localdate() - dt.timedelta(days=365)} | post_limit(community, role)
    StaffPost.objects.get_or_create(user=user, community=community, role=role, defaults=started)
    return user


def post_limit(community: Community, role: str) -> dict[str, Any]:
    """The first grid, building or firm, for a role limited to one."""
    if role == Role.PROPERTY_MANAGER:
        names = {"name_zh": "演示物业公司", "name_en": "Demo property management"}
        return {"firm": Firm.objects.get_or_create(community=community, defaults=names)[0]}
    if role == Role.GRID_WORKER:
        return {"grid": Grid.objects.filter(community=community).order_by("code")[0]}
    if role == Role.BUILDING_HEAD:
        return {"building": Building.objects.filter(community=community).order_by("code")[0]}
    return {}


def sign_ins_file() -> Path:
    """Beside the database, readable by its owner only: random passwords, one set per database."""
    return Path(settings.DATABASES["default"]["NAME"]).with_suffix(".demo-sign-ins.json")


def last_message() -> int:
    """The highest id in the outbox, 0 for an empty one."""
    last: int = Message.objects.aggregate(last=Max("pk", default=0))["last"]
    return last


def drop_messages_after(pk: int) -> None:
    """Nobody is to be told of invented bookings; what staff tell in person stays on their list."""
    waiting = [Message.Status.QUEUED, Message.Status.SENDING]
    rows = Message.objects.filter(pk__gt=pk, status__in=waiting).exclude(channel=Message.Channel.DESK)
    rows.update(status=Message.Status.DROPPED, secret_sealed="", lease_until=None, fault="demo")


def add_sign_ins(community: Community) -> None:
    """Add the demo logins, only with DEBUG, so that a production database never gets one."""
    if not settings.DEBUG:
        return
    file = sign_ins_file()
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    for email, (name, role) in SIGN_INS.items():
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
    add_absence(community)


def add_absence(community: Community) -> None:
    """A coming absence of the care worker with a substitute, so that there is work to hand over."""
    posts = {post.role: post for post in StaffPost.objects.filter(community=community)}
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
