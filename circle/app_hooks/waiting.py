"""Mandates that somebody was asked to take on: the hook `waiting`."""

import datetime as dt

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.models import Mandate, User
from circle.models.residents import has_offered_mandate
from circle.notifications.waiting import Waiting


def waiting_mandates(user: User, at: dt.datetime) -> list[Waiting]:
    if not has_offered_mandate(user):
        return []
    asked = Mandate.objects.offered(localtime(at).date()).filter(agent=user).select_related("principal")
    return [
        Waiting(_("You are asked to act for somebody"), row.principal.name, reverse("people"), at)
        for row in asked
    ]
