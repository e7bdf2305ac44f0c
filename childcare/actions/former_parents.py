"""A second parent that ends: taken back, with the application, or named for a child that is no longer its."""

import datetime as dt
from typing import Any

from django.db import transaction

from childcare.models import Application, SecondParent
from childcare.models.applications import LIVE
from circle.actions import end_guardianship
from circle.audit.log import record
from circle.models import Guardianship, Resident, User

RANK = 2  # of a second parent: whom to reach after the first
NO_NUMBER: dict[str, Any] = {"phone_sealed": "", "phone_index": None}  # once it is answered or taken back


def lock_application(pk: int) -> Application:
    """Before any entry of it. Read after the lock: a join in the locking statement may be of an older row."""
    Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    return Application.objects.shown().get(pk=pk)


def locked_entries(application: Application) -> list[SecondParent]:
    """As they are now: a confirmation that was running a moment ago is among them."""
    rows = SecondParent.objects.current().filter(application=application)
    return list(rows.select_for_update(no_key=True, of=("self",)))


def end_entry(entry: SecondParent, at: dt.datetime, by: User | None) -> None:
    if SecondParent.objects.current().filter(pk=entry.pk).update(ended_at=at, **NO_NUMBER):
        record_parent(entry, "second_parent_ended", at, by)


def end_unanswered_parents(application: Application, at: dt.datetime, by: User | None) -> None:
    """Its row is locked. The number is emptied, and taking the application up again asks nobody."""
    for entry in locked_entries(application):
        if entry.confirmed_at is None:
            end_entry(entry, at, by)


def forget_ended_numbers(*, at: dt.datetime) -> int:
    """Of second parents who never answered, in applications that have ended; the number of applications."""
    asked = SecondParent.objects.current().filter(confirmed_at=None)
    ended = asked.exclude(application__status__in=LIVE).values_list("application", flat=True)
    return sum(forget_ended_number(pk, at) for pk in ended.order_by("application"))


@transaction.atomic
def forget_ended_number(pk: int, at: dt.datetime) -> bool:
    """Locked: the family may take it up again at this moment."""
    application = lock_application(pk)
    if not application.is_live:
        end_unanswered_parents(application, at, None)
    return not application.is_live


def end_parents_of_earlier_child(
    application: Application, child: Resident, *, is_renamed: bool, at: dt.datetime, by: User
) -> None:
    """Whoever confirmed the earlier child has not confirmed this one, though it may be the same row."""
    lock_application(application.pk)
    for entry in locked_entries(application):
        end_entry(entry, at, by)
        if is_renamed and entry.confirmed_by:
            theirs = Guardianship.objects.filter(child=child, ended_at=None, rank=RANK)
            for row in theirs.filter(adult__in=Resident.objects.of_login(entry.confirmed_by)):
                end_guardianship(guardianship=row, at=at, by=by)


def record_parent(entry: SecondParent, verb: str, at: dt.datetime, by: User | None) -> None:
    community = entry.application.community_id
    record(verb=verb, subject=entry, community=community, at=at, actor=by, application=entry.application_id)
