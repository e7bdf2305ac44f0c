"""Residents of the demo, with their logins."""

import datetime as dt
from typing import Any

from django.utils import timezone

from circle.demo.source import read_demo_data
from circle.models import (
    Building,
    Community,
    Mandate,
    Resident,
    User,
)


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
