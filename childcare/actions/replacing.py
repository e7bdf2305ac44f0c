"""Another child is entered in an application: nothing that was shown or said of the first one counts."""

import datetime as dt
from typing import NamedTuple

from childcare.actions.consents import end_consents_of_earlier_child
from childcare.actions.former_parents import end_parents_of_earlier_child
from childcare.models import Application, Health, KnownApart, Paper
from circle.audit.log import record
from circle.models import Resident, User


class EnteredChild(NamedTuple):
    pk: int
    name: str
    born_on: dt.date | None


def child_as_entered(application: Application) -> EnteredChild | None:
    """Of the locked row: the object may be older than what the other parent has just entered."""
    row = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    child = row.child
    return EnteredChild(child.pk, child.name, child.born_on) if child else None


def reset_after_change(
    application: Application, before: EnteredChild | None, child: Resident, at: dt.datetime, by: User
) -> None:
    """With one particular corrected the originals are compared again; with both it is another child."""
    if before is None or before == (child.pk, child.name, child.born_on):
        return
    papers = Paper.objects.filter(application=application)
    if before.pk == child.pk and (before.name == child.name or before.born_on == child.born_on):
        papers.update(seen_at=None, seen_by=None)
        return
    papers.delete()
    Health.objects.filter(application=application).delete()
    KnownApart.objects.filter(application=application).delete()
    is_renamed = before.pk == child.pk
    end_consents_of_earlier_child(application, is_renamed=is_renamed, at=at, by=by)
    end_parents_of_earlier_child(application, child, is_renamed=is_renamed, at=at, by=by)
    Application.objects.filter(pk=application.pk).update(is_line_restarted=True)
    application.refresh_from_db()
    record(
        verb="application_child_replaced",
        subject=application,
        community=application.community_id,
        at=at,
        actor=by,
    )
