"""What each post may do, as Django permissions, in one table. The apps above are named as strings only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

# What kind of place a post of this role runs: it sees the others and changes nothing there.
MANAGED_KIND = {Role.CANTEEN: "elder_canteen"}

# Neighbours who help: they sign in with a code sent to their phone, as residents do. All others by password.
BY_PHONE = {Role.VOLUNTEER, Role.BUILDING_HEAD}


# What everybody needs who arranges matters for residents.
PEOPLE = {
    "circle.view_building",
    "circle.view_facility",
    "circle.view_resident",
    "circle.add_resident",
    "circle.change_resident",
    "circle.view_mandate",
    "circle.add_mandate",
    "circle.change_mandate",
    "circle.view_message",
    "circle.change_message",
}

HALL = PEOPLE | {
    "circle.reveal_resident",
    "circle.add_signinpass",
    "services.view_serviceitem",
    "services.view_counter",
    "services.view_slot",
    "services.change_slot",
    "services.view_booking",
    "services.add_booking",
    "services.change_booking",
}

ELDER_CARE = PEOPLE | {
    "eldercare.view_carekind",
    "eldercare.change_carekind",
    "eldercare.view_careshift",
    "eldercare.add_careshift",
    "eldercare.change_careshift",
    "eldercare.delete_careshift",
    "eldercare.view_carequestion",
    "eldercare.add_carequestion",
    "eldercare.change_carequestion",
    "eldercare.view_careslot",
    "eldercare.change_careslot",
    "eldercare.view_carebooking",
    "eldercare.add_carebooking",
    "eldercare.change_carebooking",
    "eldercare.visit_carebooking",
}

NURSERY = {
    "circle.view_facility",
    "circle.view_resident",
    "circle.add_resident",
    "childcare.view_nurseryclass",
    "childcare.add_nurseryclass",
    "childcare.change_nurseryclass",
    "childcare.view_application",
    "childcare.add_application",
    "childcare.change_application",
    "childcare.view_childday",
    "childcare.change_childday",
}
# The day in the own class; what families wrote in their applications is not for them.
NURSE = {
    "circle.view_facility",
    "childcare.view_nurseryclass",
    "childcare.view_childday",
    "childcare.change_childday",
    "childcare.view_health",
}
# What a child's body needs is for those who look after it, and for nobody else; nurses read their own class.
CHILDS_HEALTH = {"childcare.view_health", "childcare.change_health"}

COUNCIL_VIEW = {
    "council.view_body",
    "council.view_membership",
    "council.view_meeting",
    "council.view_topic",
    "council.view_minutesversion",
}
COUNCIL = COUNCIL_VIEW | {
    "circle.view_facility",
    "circle.view_resident",
    "circle.add_resident",
    "council.add_body",
    "council.change_body",
    "council.add_membership",
    "council.change_membership",
    "council.add_meeting",
    "council.change_meeting",
    "council.add_topic",
    "council.change_topic",
    "council.add_minutesversion",
    "council.change_minutesversion",
    "council.assign_topic",
    "circle.view_firm",
}
COUNCIL_CHAIR = COUNCIL_VIEW | {"council.approve_minutesversion", "council.assign_topic"}

# Care that is assigned to oneself, and nothing else of anybody.
OWN_VISITS = {"eldercare.visit_carebooking"}
# To tell people who have no phone: of one's grid or building, for that is what these posts are limited to.
IN_PERSON_MESSAGES = {"circle.view_message", "circle.change_message"}

# What the circle is measured by, and where it could grow. Norms hold for all communities and are only read.
PLANNING = {
    "circle.view_norm",
    "circle.view_inventory",
    "circle.add_inventory",
    "circle.change_inventory",
    "circle.delete_inventory",
    "circle.view_scenario",
    "circle.view_candidatesite",
    "circle.add_candidatesite",
    "circle.change_candidatesite",
}

PERMISSIONS: dict[str, set[str]] = {
    Role.HALL_CLERK: HALL,
    Role.ELDER_COORDINATOR: ELDER_CARE,
    Role.CARE_WORKER: OWN_VISITS,
    # Of its own place (RUNS): what holds there today, and when it is closed.
    Role.CANTEEN: {
        "circle.view_facility",
        "circle.change_facility",
        "circle.view_closure",
        "circle.add_closure",
        "circle.change_closure",
        "eldercare.view_carekind",
    },
    Role.VOLUNTEER_LEADER: OWN_VISITS | {"circle.view_building", "eldercare.view_carebooking"},
    Role.VOLUNTEER: OWN_VISITS,
    Role.NURSERY_HEAD: NURSERY | CHILDS_HEALTH,
    Role.NURSE: NURSE,
    Role.COUNCIL_SECRETARY: COUNCIL,
    Role.COUNCIL_CHAIR: COUNCIL_CHAIR,
    Role.SUPERVISOR: COUNCIL_VIEW | {"circle.view_record"},
    Role.GRID_WORKER: OWN_VISITS
    | IN_PERSON_MESSAGES
    | {"circle.view_building", "circle.view_resident", "circle.file_resident"},
    Role.BUILDING_HEAD: IN_PERSON_MESSAGES,
    # What is assigned to the firm, and nothing else of anybody.
    Role.PROPERTY_MANAGER: {"council.reply_topic"},
    # Places and figures of coverage, no person.
    Role.DISTRICT_PLANNER: PLANNING | {"circle.view_facility", "circle.view_closure"},
    Role.DIRECTOR: HALL
    | ELDER_CARE
    | NURSERY
    | COUNCIL
    | COUNCIL_CHAIR
    | PLANNING
    | {
        "circle.view_record",
        "circle.view_consent",
        "circle.change_consent",
        "circle.view_erasure",
        "circle.change_erasure",
        "circle.view_firm",
        "circle.add_firm",
        "circle.change_firm",
        "circle.view_staffpost",
        "circle.view_streetnetwork",
        "circle.view_walkrun",
        "circle.hand_over_staffpost",
        "circle.appoint_staffpost",
        "circle.unlock_staffpost",
        "circle.view_household",
        "circle.add_household",
        "circle.change_household",
        "circle.view_rule",
        "circle.change_norm",
        "circle.change_facility",
        "circle.add_closure",
        "circle.change_closure",
        "circle.view_closure",
        "circle.add_notice",
        "circle.change_notice",
        "circle.view_notice",
        "circle.view_pagereport",
        "circle.change_pagereport",
        "circle.view_missedsearch",
        "services.change_serviceitem",
        "services.add_counter",
        "services.change_counter",
    },
}


def roles_with(permission: str) -> list[str]:
    """The roles whose posts give this permission."""
    return [role for role, granted in PERMISSIONS.items() if permission in granted]
