"""Tasks of the nursery's head: opened by what happens, settled by a person."""

import datetime as dt

from django.db import IntegrityError, transaction

from childcare.models import Application, HeadTask
from circle.audit.log import record
from circle.models import User


def open_task(application: Application, kind: str, at: dt.datetime) -> HeadTask:
    """The open task of this kind about the application, made where there is none."""
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


def settle_tasks(application: Application, kind: str, *, at: dt.datetime, by: User) -> None:
    for task in HeadTask.objects.open().filter(application=application, kind=kind):
        settle_task(task, at=at, by=by)
