"""Tasks of the nursery's head: opened by what happens, settled by a person."""

import datetime as dt

from django.db import IntegrityError, transaction

from childcare.models import Application, HeadTask
from circle.audit.log import record
from circle.models import User

Kind = HeadTask.Kind
OF_A_PLACE = [Kind.NOT_TAKEN_UP, Kind.OBJECTION, Kind.AGE, Kind.CLASS_CHANGE, Kind.HIGHER_WISH]
CLOSABLE = OF_A_PLACE


def open_task(application: Application, kind: str, at: dt.datetime) -> HeadTask:
    """The open task of this kind about the application, made where there is none."""
    found = HeadTask.objects.open().filter(application=application, kind=kind).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return HeadTask.objects.create(application=application, kind=kind, opened_at=at)
    except IntegrityError:
        return HeadTask.objects.open().get(application=application, kind=kind)


@transaction.atomic
def settle_task(task: HeadTask, *, at: dt.datetime, by: User, words: str = "") -> None:
    """Close it; a second time changes nothing."""
    done = {"settled_at": at, "settled_by": by, "words": words}
    if HeadTask.objects.open().filter(pk=task.pk).update(**done):
        community = task.application.community_id
        record(verb="head_task_settled", subject=task, community=community, at=at, actor=by, kind=task.kind)
    task.refresh_from_db()


def drop_moot_tasks(application: Application) -> None:
    """What there was to settle about a place that the child no longer holds."""
    HeadTask.objects.open().filter(application=application, kind__in=OF_A_PLACE).delete()


def settle_tasks(application: Application, kind: str, *, at: dt.datetime, by: User) -> None:
    for task in HeadTask.objects.open().filter(application=application, kind=kind):
        settle_task(task, at=at, by=by)
