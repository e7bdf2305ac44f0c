from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Exists, Subquery
from django.utils.formats import number_format
from django.utils.timezone import localdate

from childcare.models import Application, NurseryVisit, SecondParent, Stay
from childcare.models.visits import NurseryVisitQuerySet
from circle.models import User
from circle.models.read_once import read_once

register = template.Library()

SHOWN = 10


@register.filter("yuan")
def format_yuan(cents: int) -> str:
    """An amount of fen as people read it: 1,680 or 1,680.50."""
    if cents % 100:
        return number_format(Decimal(cents) / 100, 2, force_grouping=True)
    return number_format(cents // 100, force_grouping=True)


def matters_of_login(user: User) -> tuple[str, bool, bool]:
    """Where it was named as a second parent; whether it has applications, and visits to come; one query."""
    asked = User.objects.filter(pk=user.pk).values_list(
        Subquery(SecondParent.objects.named_to(user).order_by("id").values("code")[:1]),
        Exists(Application.objects.mine(user)),
        Exists(visits_to_come(user)),
    )
    found: tuple[str, bool, bool] = read_once(("matters_of_login", user.pk), asked.get)
    return found


def visits_to_come(user: User) -> NurseryVisitQuerySet:
    return NurseryVisit.objects.mine(user).live().filter(day__gte=localdate())


def applications_of_login(user: User) -> list[Application]:
    """Of the guardians whom this login may act for, the latest first."""
    _named, has_applications, _has_visits = matters_of_login(user)
    if not has_applications:
        return []
    mine = Application.objects.mine(user).shown().order_by("-id")
    return read_once(("applications_of_login", user.pk), lambda: list(mine[:SHOWN]))


def code_to_confirm(user: User) -> str:
    """Where this login was named as a second parent."""
    return matters_of_login(user)[0] or ""


@register.inclusion_tag("childcare/_my_applications.html")
def my_applications(user: User) -> dict[str, Any]:
    """Of the guardians whom this login may act for, the latest first; and visits that are still to come."""
    coming = visits_to_come(user).shown().order_by("day", "pk")
    has_visits = matters_of_login(user)[2]
    visits = list(coming[:SHOWN]) if has_visits else []
    return {"applications": applications_of_login(user), "visits": visits}


@register.simple_tag
def stays_of(application: Application) -> list[Stay]:
    """From class to class, with what is missing; one query."""
    return list(application.stays.select_related("nursery_class").order_by("starts_on"))
