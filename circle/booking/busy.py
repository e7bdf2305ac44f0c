"""Nobody in two places: quarter hours of workers and residents, taken in the transaction that needs them."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from circle.models import Busy, Resident, User

QUARTER = 15 * 60  # seconds
RETENTION = dt.timedelta(days=2)  # of what is over


def quarters_between(starts_at: dt.datetime, ends_at: dt.datetime) -> range:
    """Of all that is touched; of whole quarters the next one begins where this one ends."""
    return range(int(starts_at.timestamp()) // QUARTER, -(-int(ends_at.timestamp()) // QUARTER))


def take_time(
    subject: models.Model,
    person: User | Resident,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    *,
    community: int,
) -> None:
    """Take these quarter hours of the person for `subject`, in place of those that it took of them before.

    Call it in the transaction that writes `subject`. The person's row is locked first, so that two that swap
    their times never wait for each other.
    Refuses: worker_busy, resident_busy.
    """
    lock_people(person)
    who = person_column(person)
    times_of(subject).filter(**who).delete()
    rows = [
        Busy(community_id=community, quarter=quarter, **subject_key(subject), **who)
        for quarter in quarters_between(starts_at, ends_at)
    ]
    try:
        with transaction.atomic():  # the caller tells other unique keys apart by their errors
            Busy.objects.bulk_create(rows)
    except IntegrityError as clash:
        raise busy_error(person) from clash


def lock_people(*people: User | Resident) -> None:
    """Before any of their times is freed or taken: of two that swap workers the second waits."""
    for model in (Resident, User):
        keys = [each.pk for each in people if isinstance(each, model)]
        rows = model._default_manager.filter(pk__in=keys).order_by("pk")
        if keys:
            list(rows.select_for_update(no_key=True).values_list("pk"))


def free_time(subject: models.Model, *people: User | Resident) -> None:
    """All that it took, or what it took of these people. It waits for nobody; nothing may wait after it."""
    found = times_of(subject)
    if not people:
        found.delete()
    for person in people:
        found.filter(**person_column(person)).delete()


def times_of(subject: models.Model) -> "models.QuerySet[Busy]":
    return Busy.objects.filter(**subject_key(subject))


def subject_key(subject: models.Model) -> dict[str, Any]:
    return {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}


def person_column(person: User | Resident) -> dict[str, Any]:
    return {"worker": person} if isinstance(person, User) else {"resident": person}


def busy_error(person: User | Resident) -> ValidationError:
    if isinstance(person, User):
        return ValidationError(_("This person is with somebody else at that time."), code="worker_busy")
    return ValidationError(_("Something else is arranged for this person then."), code="resident_busy")


def forget_past_times(at: dt.datetime) -> int:
    """What is over is of no use to anybody; returns the number of rows deleted."""
    return Busy.objects.filter(quarter__lt=int((at - RETENTION).timestamp()) // QUARTER).delete()[0]
