"""Mandates that somebody was asked to take on, and what may be rated: the hook `waiting`."""

import datetime as dt

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.models import Mandate, Rating, User, own_ids
from circle.models.residents import has_offered_mandate
from circle.notifications.waiting import Waiting

MOST = 3


def waiting_for_login(user: User, at: dt.datetime) -> list[Waiting]:
    return [*waiting_mandates(user, at), *waiting_ratings(user, at)]


def waiting_ratings(user: User, at: dt.datetime) -> list[Waiting]:
    """What was done for this login's own person lately."""
    people = own_ids(user)
    rows = Rating.objects.open(at).filter(resident__in=people).order_by("-served_at")[:MOST] if people else []
    return [
        Waiting(row.title, _("How was it? One tap is enough."), row.get_absolute_url(), row.until)
        for row in rows
    ]


def waiting_mandates(user: User, at: dt.datetime) -> list[Waiting]:
    if not has_offered_mandate(user):
        return []
    asked = Mandate.objects.offered(localtime(at).date()).filter(agent=user).select_related("principal")
    return [
        Waiting(_("You are asked to act for somebody"), row.principal.name, reverse("people"), at)
        for row in asked
    ]
