from typing import Any

from django import template
from django.utils.timezone import localdate

from childcare.models import Application, NurseryVisit, Stay
from circle.formats.money import format_yuan
from circle.models import User
from circle.models.read_once import read_once
from circle.web.own_matters import facts_of_login

register = template.Library()

SHOWN = 10


register.filter("yuan", format_yuan)


def applications_of_login(user: User) -> list[Application]:
    """Of the guardians whom this login may act for, the latest first."""
    if not facts_of_login(user)["has_applications"]:
        return []
    mine = Application.objects.mine(user).shown().order_by("-id")
    return read_once(("applications_of_login", user.pk), lambda: list(mine[:SHOWN]))


def code_to_confirm(user: User) -> str:
    """Where this login was named as a second parent."""
    return facts_of_login(user)["second_parent_code"] or ""


@register.inclusion_tag("childcare/_my_applications.html")
def my_applications(user: User) -> dict[str, Any]:
    """Of the guardians whom this login may act for, the latest first; and visits that are still to come."""
    coming = NurseryVisit.objects.mine(user).to_come(localdate()).shown().order_by("day", "pk")
    visits = list(coming[:SHOWN]) if facts_of_login(user)["has_nursery_visits"] else []
    return {"applications": applications_of_login(user), "visits": visits}


@register.simple_tag
def stays_of(application: Application) -> list[Stay]:
    """From class to class, with what is missing; one query."""
    return list(application.stays.select_related("nursery_class").order_by("starts_on"))
