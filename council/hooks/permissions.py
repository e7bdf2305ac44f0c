"""What each role may do for the residents' council: the hook `permissions`."""

from circle.models.roles import Role

VIEW = {
    "council.view_body",
    "council.view_membership",
    "council.view_meeting",
    "council.view_topic",
    "council.view_minutesversion",
    "council.view_posting",
    "council.view_actionitem",
}
SECRETARY = VIEW | {
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
    "council.change_posting",
    "council.change_actionitem",
}
CHAIR = VIEW | {"council.approve_minutesversion", "council.assign_topic", "council.verify_actionitem"}

PERMISSIONS = {
    Role.COUNCIL_SECRETARY: SECRETARY,
    Role.COUNCIL_CHAIR: CHAIR,
    Role.SUPERVISOR: VIEW | {"council.verify_actionitem"},
    # What is assigned to the firm, and nothing else of anybody.
    Role.PROPERTY_MANAGER: {"council.reply_topic"},
    Role.DIRECTOR: SECRETARY | CHAIR,
}


def permissions() -> dict[Role, set[str]]:
    return PERMISSIONS
