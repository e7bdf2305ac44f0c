"""What each role may do in the nursery: the hook `permissions`."""

from circle.models.roles import Role

# The day in the own class; what families wrote in their applications is not for nurses.
OWN_CLASS = {
    "childcare.view_nurseryclass",
    "childcare.view_childday",
    "childcare.change_childday",
    "childcare.view_health",
}

NURSERY = {
    "childcare.view_nurseryclass",
    "childcare.view_childday",
    "childcare.change_childday",
    "childcare.add_nurseryclass",
    "childcare.change_nurseryclass",
    "childcare.view_round",
    "childcare.add_round",
    "childcare.change_round",
    "childcare.view_application",
    "childcare.add_application",
    "childcare.change_application",
}

# Families who come to look round, and children on a trial half-day.
VISITS = {
    "childcare.view_nurseryvisit",
    "childcare.change_nurseryvisit",
    "childcare.view_visitplan",
    "childcare.add_visitplan",
    "childcare.change_visitplan",
    "childcare.view_visitshift",
    "childcare.add_visitshift",
    "childcare.change_visitshift",
    "childcare.delete_visitshift",
    "childcare.view_visitslot",
    "childcare.change_visitslot",
}

# What a child's body needs is for those who look after it, and for nobody else; nurses read their own class.
CHILDS_HEALTH = {"childcare.view_health", "childcare.change_health"}

PERMISSIONS = {
    Role.NURSERY_HEAD: NURSERY | VISITS | CHILDS_HEALTH,
    Role.NURSE: OWN_CLASS,
    Role.DIRECTOR: NURSERY | VISITS,
}


def role_permissions() -> dict[Role, set[str]]:
    return PERMISSIONS
