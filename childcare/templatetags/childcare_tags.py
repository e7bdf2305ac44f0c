from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Subquery
from django.utils.formats import number_format
from django.utils.timezone import localdate

from childcare.models import Application, NurseryVisit, SecondParent, Stay
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


def applications_of_login(user: User) -> list[Application]:
    """Of the guardians whom this login may act for, the latest first; one query."""
    named = Subquery(SecondParent.objects.named_to(user).order_by("id").values("code")[:1])
    mine = Application.objects.mine(user).shown().annotate(named_code=named).order_by("-id")
    return read_once(("applications_of_login", user.pk), lambda: list(mine[:SHOWN]))


def code_to_confirm(user: User) -> str:
    """Where this login was named as a second parent; no query beside that of its own applications."""
    mine = applications_of_login(user)
    if mine:
        return getattr(mine[0], "named_code", None) or ""
    return SecondParent.objects.named_to(user).order_by("id").values_list("code", flat=True).first() or ""


@register.inclusion_tag("childcare/_my_applications.html")
def my_applications(user: User) -> dict[str, Any]:
    """Of the guardians whom this login may act for, the latest first; and visits that are still to come."""
    coming = NurseryVisit.objects.mine(user).live().filter(day__gte=localdate()).shown().order_by("day", "pk")
    return {"applications": applications_of_login(user), "visits": list(coming[:SHOWN])}


@register.simple_tag
def stays_of(application: Application) -> list[Stay]:
    """From class to class, with what is missing; one query."""
    return list(application.stays.select_related("nursery_class").order_by("starts_on"))
