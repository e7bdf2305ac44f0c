"""The roles of posts, and what each may do as Django permissions: each app names its own by a hook."""

from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.hooks import hook_functions


class Role(models.TextChoices):
    DIRECTOR = "director", _("director")
    HALL_CLERK = "hall_clerk", _("hall clerk")
    ELDER_COORDINATOR = "elder_coordinator", _("elder-care coordinator")
    CARE_WORKER = "care_worker", _("care worker")
    CANTEEN = "canteen", _("canteen")
    VOLUNTEER_LEADER = "volunteer_leader", _("leader of the volunteers")
    VOLUNTEER = "volunteer", _("volunteer")
    NURSERY_HEAD = "nursery_head", _("head of the nursery")
    NURSE = "nurse", _("nurse or teacher of the nursery")
    COUNCIL_SECRETARY = "council_secretary", _("council secretary")
    COUNCIL_CHAIR = "council_chair", _("council chair")
    SUPERVISOR = "supervisor", _("supervision committee")
    GRID_WORKER = "grid_worker", _("grid worker")
    BUILDING_HEAD = "building_head", _("head of a building")
    PROPERTY_MANAGER = "property_manager", _("property manager")
    DISTRICT_PLANNER = "district_planner", _("district planner")


# What a post of this role is limited to, beside its community: the field of the post that must say it.
LIMITS = {Role.GRID_WORKER: "grid", Role.BUILDING_HEAD: "building", Role.PROPERTY_MANAGER: "firm"}

# A post of these roles may name the one facility that it is for; without it, all of the community's.
OF_A_FACILITY = [Role.NURSERY_HEAD, Role.NURSE]

# What kind of place a post of this role runs: it sees the others and changes nothing there.
MANAGED_KIND = {Role.CANTEEN: "elder_canteen", Role.HALL_CLERK: "service_hall"}

# Neighbours who help: they sign in with a code sent to their phone, as residents do. All others by password.
BY_PHONE = {Role.VOLUNTEER, Role.BUILDING_HEAD}


@cache
def role_permissions() -> dict[str, frozenset[str]]:
    """What each role may do, from the hook `permissions` of all apps."""
    tables = [rows() for rows in hook_functions("permissions")]
    return {role: frozenset().union(*(table.get(role, ()) for table in tables)) for role in Role}


def roles_with(permission: str) -> list[str]:
    """The roles whose posts give this permission."""
    return [role for role, granted in role_permissions().items() if permission in granted]
