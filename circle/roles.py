"""What each post may do, as Django permissions, in one table. The apps above are named as strings only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DIRECTOR = "director", _("director")
    HALL_CLERK = "hall_clerk", _("hall clerk")


HALL = {
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
    "services.view_serviceitem",
    "services.view_counter",
    "services.view_slot",
    "services.change_slot",
    "services.view_booking",
    "services.add_booking",
    "services.change_booking",
}

PERMISSIONS: dict[str, set[str]] = {
    Role.HALL_CLERK: HALL,
    Role.DIRECTOR: HALL
    | {
        "circle.view_record",
        "circle.view_staffpost",
        "circle.view_household",
        "circle.add_household",
        "circle.change_household",
        "circle.view_rule",
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
