"""What each role may do in the hall: the hook `permissions`."""

from circle.models.roles import Role

# Wheelchairs and walking aids are lent at the window and at the station of elder care.
LOANS = {
    "services.view_aidstock",
    "services.view_aidloan",
    "services.add_aidloan",
    "services.change_aidloan",
}
STOCKS = {"services.add_aidstock", "services.change_aidstock"}

HALL = LOANS | {
    "services.view_repair",
    "services.add_repair",
    "services.change_repair",
    "services.view_agencycase",
    "services.add_agencycase",
    "services.change_agencycase",
    "services.view_serviceitem",
    "services.view_counter",
    "services.view_countershift",
    "services.view_counterclosure",
    "services.add_counterclosure",
    "services.change_counterclosure",
    "services.delete_counterclosure",
    "services.view_slot",
    "services.change_slot",
    "services.view_booking",
    "services.add_booking",
    "services.change_booking",
    "services.view_committeecertificate",
    "services.add_committeecertificate",
    "services.view_registerentry",
    "services.add_registerentry",
    "services.change_registerentry",
    "services.handle_confidential_registerentry",
    "services.view_hallwaiting",
    "services.change_hallwaiting",
    "services.view_ticket",
    "services.add_ticket",
    "services.change_ticket",
    "services.view_tickethall",
}

# Takes down who asks for regular visits, and looks after what was agreed.
REGISTERS = {
    "services.view_registerentry",
    "services.add_registerentry",
    "services.change_registerentry",
}

PERMISSIONS = {
    Role.HALL_CLERK: HALL,
    Role.ELDER_COORDINATOR: REGISTERS | LOANS | STOCKS,
    # Of the own grid: who phones them is told, and the list is taken along when the power is off.
    # At the door they ask for errands in somebody's name, and see who it is.
    Role.GRID_WORKER: {
        "services.view_registerentry",
        "services.add_registerentry",
        "services.add_agencycase",
    },
    Role.DIRECTOR: HALL
    | STOCKS
    | {
        "services.read_casephoto",
        "services.view_certificatematter",
        "services.add_certificatematter",
        "services.change_certificatematter",
        "services.add_serviceitem",
        "services.change_serviceitem",
        "services.view_material",
        "services.add_material",
        "services.change_material",
        "services.delete_material",
        "services.view_step",
        "services.add_step",
        "services.change_step",
        "services.delete_step",
        "services.add_counter",
        "services.change_counter",
        "services.add_countershift",
        "services.change_countershift",
        "services.delete_countershift",
        "services.add_tickethall",
        "services.change_tickethall",
    },
}


def role_permissions() -> dict[Role, set[str]]:
    return PERMISSIONS
