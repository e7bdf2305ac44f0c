"""A place of a higher wish is free for a child that has one of a later wish: the head asks the family."""

import datetime as dt

from django.db import transaction

from childcare.actions.rules import notify_guardians
from childcare.actions.tasks import open_task
from childcare.models import Application, HeadTask, NurseryClass

TASK = HeadTask.Kind.HIGHER_WISH


def ask_for_higher_wish(application: Application, nursery_class: NurseryClass, at: dt.datetime) -> bool:
    """False where the child has not the age of the class by then. The place goes to nobody by itself while
    the head's task is open; the child changes class from a day on, or the wish is given up."""
    day = max(application.first_day or at.date(), at.date())
    born_on = application.child.born_on if application.child else None
    if born_on is None or not nursery_class.takes(born_on, day):
        return False
    with transaction.atomic():
        task = open_task(application, TASK, at)
        notify_guardians(
            application,
            "application_higher_wish",
            at,
            dedupe=f"application_higher_wish:{task.pk}",
            group=(nursery_class.name_zh, nursery_class.name_en),
            phone=application.community.phone,
            task=task.pk,
        )
    return True
