"""What each role may do in elder care: the hook `permissions`."""

from circle.models.roles import Role

# Only the care that is assigned to this login.
OWN_VISITS = {"eldercare.visit_carebooking"}

# Who looks in on people: the duties, and what is known about the elder.
TEAM = {"eldercare.view_volunteer", "eldercare.change_volunteer"}
LOOKS_IN = {
    "eldercare.view_visitduty",
    "eldercare.change_visitduty",
    "eldercare.view_careprofile",
}

# The classes of the senior school, who is in them and who waits.
SCHOOL = {
    "eldercare.view_term",
    "eldercare.add_term",
    "eldercare.change_term",
    "eldercare.view_schoolclass",
    "eldercare.add_schoolclass",
    "eldercare.change_schoolclass",
    "eldercare.view_enrolment",
    "eldercare.add_enrolment",
    "eldercare.change_enrolment",
    "eldercare.view_classwaiting",
    "eldercare.change_classwaiting",
}

# Care that comes again, and its dates that wait for somebody to find a time.
SERIES = {
    "eldercare.view_careseries",
    "eldercare.change_careseries",
    "eldercare.view_seriesdate",
    "eldercare.change_seriesdate",
}
# What people said about a right of which they were told; an errand is opened by it.
ANSWERS = {"eldercare.view_rightnotice", "eldercare.change_rightnotice"}

# What older people are entitled to and what care costs, by dated rows.
RIGHTS = {
    "eldercare.view_rightnotice",
    "eldercare.view_right",
    "eldercare.add_right",
    "eldercare.change_right",
    "eldercare.view_careprice",
    "eldercare.add_careprice",
    "eldercare.change_careprice",
    "eldercare.view_rightterms",
    "eldercare.add_rightterms",
    "eldercare.change_rightterms",
}

# What is signed before the first day at a day place.
DAY_CARE = {"eldercare.view_dayagreement", "eldercare.change_dayagreement"}

# The menu of the canteen and its portions.
MENU = {"eldercare.view_menuday", "eldercare.change_menuday", "eldercare.view_dish", "eldercare.change_dish"}

# What is ordered, by whom, every week too, and what could not be ordered.
MEALS = {
    "eldercare.view_mealorder",
    "eldercare.add_mealorder",
    "eldercare.change_mealorder",
    "eldercare.view_standingorder",
    "eldercare.change_standingorder",
    "eldercare.view_standingdate",
    "eldercare.change_standingdate",
}

# Who pays which part of a meal, and why; not for the kitchen.
MEAL_MONEY = {
    "eldercare.view_mealcharge",
    "eldercare.change_mealcharge",
    "eldercare.view_mealsubsidy",
    "eldercare.add_mealsubsidy",
    "eldercare.change_mealsubsidy",
}

ELDER_CARE = (
    OWN_VISITS
    | LOOKS_IN
    | TEAM
    | SCHOOL
    | SERIES
    | RIGHTS
    | DAY_CARE
    | MENU
    | MEALS
    | MEAL_MONEY
    | {
        "eldercare.change_careprofile",
        "eldercare.view_carekind",
        "eldercare.change_carekind",
        "eldercare.view_careshift",
        "eldercare.add_careshift",
        "eldercare.change_careshift",
        "eldercare.delete_careshift",
        "eldercare.view_careworker",
        "eldercare.add_careworker",
        "eldercare.change_careworker",
        "eldercare.view_carequestion",
        "eldercare.add_carequestion",
        "eldercare.change_carequestion",
        "eldercare.view_certificate",
        "eldercare.add_certificate",
        "eldercare.change_certificate",
        "eldercare.delete_certificate",
        "eldercare.view_careslot",
        "eldercare.change_careslot",
        "eldercare.view_carebooking",
        "eldercare.add_carebooking",
        "eldercare.change_carebooking",
    }
)

PERMISSIONS = {
    Role.ELDER_COORDINATOR: ELDER_CARE,
    # Whose number stands on every page of care: takes it down, and does not read what is arranged.
    Role.HALL_CLERK: {
        "eldercare.add_carebooking",
        "eldercare.add_enrolment",
        "eldercare.add_mealorder",
    }
    | ANSWERS,
    Role.CARE_WORKER: OWN_VISITS,
    Role.CANTEEN: {"eldercare.view_carekind"} | MENU | MEALS,
    # The leader sees who is due and not what is known about them.
    Role.VOLUNTEER_LEADER: OWN_VISITS
    | {"eldercare.lead_carebooking", "eldercare.view_visitduty", "eldercare.change_visitduty"}
    | TEAM,
    Role.VOLUNTEER: OWN_VISITS,
    Role.GRID_WORKER: OWN_VISITS | LOOKS_IN | ANSWERS,
    Role.DIRECTOR: ELDER_CARE | ANSWERS,
}


def role_permissions() -> dict[Role, set[str]]:
    return PERMISSIONS
