"""Applications that wait for their guardian: the hook `waiting`."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from childcare.models import Application
from childcare.templatetags.childcare_tags import applications_of_login, code_to_confirm
from circle.models import User
from circle.notifications.waiting import Waiting
from circle.templatetags.circle_tags import clock_time, month_day

Status = Application.Status


def waiting_applications(user: User, at: dt.datetime) -> list[Waiting]:
    """An offer to be answered, and what was sent back to be completed."""
    title = _("Nursery application %(code)s")
    asked = [
        Waiting(
            _("Are you the other parent?"),
            _("Please confirm it."),
            reverse("parent_confirm", args=[named]),
            at,
        )
        for named in filter(None, [code_to_confirm(user)])
    ]
    return asked + [
        Waiting(title % {"code": row.code}, note_of(row), row.get_absolute_url(), until_of(row) or at)
        for row in applications_of_login(user)
        if row.status in (Status.OFFERED, Status.RETURNED)
    ]


def until_of(application: Application) -> dt.datetime | None:
    return application.offer.expires_at if application.offer else None


def note_of(application: Application) -> str:
    until = until_of(application)
    if application.status == Status.RETURNED or until is None:
        return _("Something is missing. Please complete it.")
    return _("A place is offered. Answer by %(day)s, %(time)s.") % {
        "day": month_day(until),
        "time": clock_time(until),
    }
