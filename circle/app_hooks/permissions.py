"""What each role may do with circle's own models: the hook `permissions`."""

from circle.models.roles import Role

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
HALL = PEOPLE | {"circle.reveal_resident", "circle.add_signinpass"}

# Finds people or enters them, and sees no more of the register.
ENTERING = {"circle.view_facility", "circle.view_resident", "circle.add_resident"}

# For in-person messages: those of one's own grid or building, since these posts are limited to it.
IN_PERSON_MESSAGES = {"circle.view_message", "circle.change_message"}

# Sees to alarms, and plans who is on duty.
SEEING_TO = {"circle.view_alarm", "circle.change_alarm"}
ALARMS = SEEING_TO | {"circle.adult_alarm"}
ALARMS_ABOUT_CHILDREN = SEEING_TO | {"circle.child_alarm"}
DUTY = {
    "circle.view_dutyshift",
    "circle.add_dutyshift",
    "circle.change_dutyshift",
    "circle.delete_dutyshift",
}

# Types in what is said by phone and on paper, and answers low ratings: of what its post lets it see anyway.
# The answers of a survey name nobody.
RATINGS = {
    "circle.view_rating",
    "circle.change_rating",
    "circle.view_ratingfollowup",
    "circle.change_ratingfollowup",
    "circle.view_survey",
    "circle.change_survey",
}

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

PERMISSIONS = {
    Role.HALL_CLERK: HALL
    | RATINGS
    | {
        # Of the hall alone (MANAGED_KIND).
        "circle.view_closure",
        "circle.add_closure",
        "circle.change_closure",
        "circle.delete_closure",
        # To fill in with the lists that it may see.
        "circle.view_officialform",
    },
    Role.ELDER_COORDINATOR: PEOPLE | ALARMS | DUTY | RATINGS | {"circle.view_officialform"},
    # Of its own place (MANAGED_KIND): when it is closed.
    Role.CANTEEN: {
        "circle.view_facility",
        "circle.change_facility",
        "circle.view_closure",
        "circle.add_closure",
        "circle.change_closure",
    },
    Role.VOLUNTEER_LEADER: {"circle.view_building"} | ALARMS,
    Role.NURSERY_HEAD: ENTERING | ALARMS_ABOUT_CHILDREN,
    Role.NURSE: {"circle.view_facility"},
    Role.COUNCIL_SECRETARY: ENTERING | {"circle.view_firm", "circle.view_officialform"},
    Role.SUPERVISOR: {"circle.view_record"},
    Role.GRID_WORKER: IN_PERSON_MESSAGES
    | {"circle.view_building", "circle.view_resident", "circle.file_resident"},
    Role.BUILDING_HEAD: IN_PERSON_MESSAGES,
    # Places and figures of coverage, no person.
    Role.DISTRICT_PLANNER: PLANNING | {"circle.view_facility", "circle.view_closure"},
    Role.DIRECTOR: HALL
    | PLANNING
    | ALARMS
    | ALARMS_ABOUT_CHILDREN
    | DUTY
    | RATINGS
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
        "circle.view_calendarday",
        "circle.add_calendarday",
        "circle.change_calendarday",
        "circle.delete_calendarday",
        "circle.view_calendaryear",
        "circle.add_calendaryear",
        "circle.change_calendaryear",
        "circle.view_openinghours",
        "circle.add_openinghours",
        "circle.change_openinghours",
        "circle.delete_openinghours",
        "circle.add_closure",
        "circle.change_closure",
        "circle.view_closure",
        "circle.delete_closure",
        "circle.add_notice",
        "circle.change_notice",
        "circle.view_notice",
        "circle.view_signpost",
        "circle.add_signpost",
        "circle.change_signpost",
        "circle.delete_signpost",
        "circle.view_signposthours",
        "circle.add_signposthours",
        "circle.change_signposthours",
        "circle.delete_signposthours",
        "circle.view_pagereport",
        "circle.change_pagereport",
        "circle.view_missedsearch",
        "circle.view_monthlyreport",
        "circle.check_monthlyreport",
        "circle.view_officialform",
        "circle.add_officialform",
        "circle.change_officialform",
        "circle.delete_officialform",
    },
}


def role_permissions() -> dict[Role, set[str]]:
    return PERMISSIONS
