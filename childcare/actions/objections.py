"""One guardian objects to the place that another one has accepted: it is held while staff speak with both."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.filling import CHANGE
from childcare.actions.rules import decision_mandate, notify_decision
from childcare.actions.tasks import open_task
from childcare.models import Application, HeadTask
from circle.audit.log import record
from circle.booking.transitions import transition_refusal
from circle.calendar import legal_parameters
from circle.models import User, Via
from circle.permissions.on_behalf import mandate_details

Status = Application.Status
OBJECTION = "nursery_objection"


@transaction.atomic
def object_to_acceptance(*, application: Application, via: str, at: dt.datetime, by: User) -> Application:
    """No contract for the days of the dated rule; the seat stays held, and the head has a task.

    Refuses: not_allowed, guardian_only, own_acceptance (whoever accepted withdraws instead), window_over (of
    the dated rule), rule_missing, already_objected, not_possible (the place is not accepted, or is taken up).
    """
    mandate = decision_mandate(application, by=by, via=via, permission=CHANGE)
    # Locked: whoever enrols the child waits, or has come first.
    row = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    if row.status != Status.ACCEPTED:
        application.refresh_from_db()
        raise transition_refusal(application, "")
    if row.objected_at:
        raise ValidationError(_("There is an objection already."), code="already_objected")
    if via == Via.ONLINE and row.accepted_by_id == by.pk:
        raise ValidationError(
            _("You have accepted this place yourself. You can withdraw the application."),
            code="own_acceptance",
        )
    today = localdate(at)
    if today > last_day_to_object(row, today):
        raise ValidationError(_("The days for an objection are over. Please phone us."), code="window_over")
    days = legal_parameters.rule_value(OBJECTION, "pause_days", on=today)
    values = {"objected_at": at, "paused_until": today + dt.timedelta(days=days)}
    Application.objects.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(application, name, value)
    record(
        verb="application_objected",
        subject=application,
        community=application.community_id,
        at=at,
        actor=by,
        via=via,
        **mandate_details(mandate),
    )
    open_task(application, HeadTask.Kind.OBJECTION, at)
    notify_decision(application, "objected", at)
    return application


def last_day_to_object(application: Application, today: dt.date) -> dt.date:
    """Refuses: rule_missing."""
    days = legal_parameters.rule_value(OBJECTION, "window_days", on=today)
    return localdate(application.status_at) + dt.timedelta(days=days)


def is_paused(application: Application, day: dt.date) -> bool:
    """Until the day of the pause, or until staff have settled the objection."""
    if application.paused_until is None or day >= application.paused_until:
        return False
    tasks = HeadTask.objects.open().filter(application=application, kind=HeadTask.Kind.OBJECTION)
    return tasks.exists()
