"""What each role may do in the hall: the hook `permissions`."""

from circle.models.roles import Role

HALL = {
    "services.view_serviceitem",
    "services.view_counter",
    "services.view_slot",
    "services.change_slot",
    "services.view_booking",
    "services.add_booking",
    "services.change_booking",
}

PERMISSIONS = {
    Role.HALL_CLERK: HALL,
    Role.DIRECTOR: HALL | {"services.change_serviceitem", "services.add_counter", "services.change_counter"},
}


def role_permissions() -> dict[Role, set[str]]:
    return PERMISSIONS
