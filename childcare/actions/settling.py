"""The head closes a task with words; a higher wish that was given up frees its place for the next family."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.next_offer import offer_next
from childcare.actions.seats import ONE_DAY, lock_classes
from childcare.actions.tasks import CLOSABLE, settle_task
from childcare.actions.waiting import set_further_wishes
from childcare.models import Application, HeadTask, NurseryClass
from childcare.models.applications import HOLDING
from childcare.models.tasks import WORDS_LENGTH
from childcare.models.wishes import wishes_of
from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.models import User


@transaction.atomic
def close_task(*, task: HeadTask, words: str, at: dt.datetime, by: User) -> HeadTask:
    """The head says how it was settled with the family. A higher wish is given up with it: the family no
    longer waits for it, and its place is offered to the next one.

    Refuses: reason_missing, reason_too_long, already_settled, not_closable (another act settles such a task).
    """
    words = checked_reason(words, WORDS_LENGTH)
    if task.kind not in CLOSABLE:
        raise ValidationError(_("This is settled by what has to be done, not by words."), code="not_closable")
    is_wish = task.kind == HeadTask.Kind.HIGHER_WISH
    if is_wish:
        lock_classes(*wishes_of(task.application))  # before the task and the application, as an offer does
    settle_task(task, at=at, by=by, words=words)
    if (task.settled_at, task.settled_by) != (at, by):
        raise ValidationError(_("It is settled already."), code="already_settled")
    if is_wish:
        give_up_higher_wishes(task.application_id, at, by)
    return task


def give_up_higher_wishes(application_id: int, at: dt.datetime, by: User) -> None:
    rows = Application.objects.filter(pk=application_id).select_for_update(no_key=True, of=("self",))
    application = rows.select_related("offer__nursery_class").get()
    held = application.offered_class
    if application.status in HOLDING and held is not None:
        for group in drop_wishes_above(application, held, at, by):
            offer_free_place(group, at)


def drop_wishes_above(
    application: Application, held: NurseryClass, at: dt.datetime, by: User
) -> list[NurseryClass]:
    """That class becomes the first wish, where it is a later one; which ones are no longer wanted. The caller
    has locked the application's row."""
    wishes = wishes_of(application)
    rank = wishes.index(held) if held in wishes else 0
    if not rank:
        return []
    above, further = wishes[:rank], wishes[rank + 1 :]
    Application.objects.filter(pk=application.pk).update(nursery_class=held)
    application.nursery_class = held
    set_further_wishes(application, further)
    details: dict[str, Any] = {
        "class": held.pk,
        "further": [group.pk for group in further],
        "given_up": [group.pk for group in above],
    }
    record(
        verb="application_wish_changed",
        subject=application,
        community=application.community_id,
        at=at,
        actor=by,
        **details,
    )
    return above


def offer_free_place(nursery_class: NurseryClass, at: dt.datetime) -> None:
    """One that is free now, or after the next last day of a child that leaves."""
    if offer_next(nursery_class, at):
        return
    leaving = Application.objects.filter(
        offer__nursery_class=nursery_class, status=Application.Status.ENROLLED, last_day__gte=localdate(at)
    )
    last_day = leaving.aggregate(Min("last_day"))["last_day__min"]
    if last_day:
        offer_next(nursery_class, at, last_day + ONE_DAY)
