"""Places of a class that become free go to its waiting list first, in the transaction that frees them."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from circle.booking.transitions import change_status
from circle.booking.waiting import WaitingStatus as Status
from circle.booking.waiting import answer_deadline
from circle.calendar.working_days import ONE_DAY, SHANGHAI
from circle.notifications import Value, notify
from circle.permissions.on_behalf import login_to_notify
from eldercare.models import ClassWaiting, SchoolClass


def lock_class(school_class: SchoolClass) -> None:
    list(SchoolClass.objects.filter(pk=school_class.pk).select_for_update(no_key=True).values_list("pk"))


def last_moment_to_join(school_class: SchoolClass) -> dt.datetime:
    """The end of the last day to join: no offer reaches beyond it."""
    return dt.datetime.combine(school_class.last_join_day + ONE_DAY, dt.time(), tzinfo=SHANGHAI)


def serve_class(school_class: SchoolClass, at: dt.datetime) -> int:
    """Offer the free places of this class, which is locked; returns the number of offers."""
    school_class.refresh_from_db(fields=["taken", "capacity", "is_active", "last_join_day"])
    if not school_class.can_join(at):
        return 0
    made = 0
    for row in ClassWaiting.objects.to_serve(school_class):
        if not school_class.left:
            break
        until = answer_deadline(
            resident=row.resident,
            user=login_to_notify(row.resident, row.mandate, at),
            last_moment=last_moment_to_join(school_class),
            at=at,
        )
        made += until is not None and offer_place(row, school_class, until, at)
    return made


def offer_place(row: ClassWaiting, school_class: SchoolClass, until: dt.datetime, at: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            change_status(
                row,
                verb="class_offered",
                allowed=[Status.WAITING],
                to=Status.OFFERED,
                at=at,
                by=None,
                offer_until=until,
            )
            school_class.take(1)
    except ValidationError:
        return False
    notify_waiting_pupil(row, "school_offered", at)
    return True


@transaction.atomic
def serve_free_class(school_class: SchoolClass, at: dt.datetime) -> int:
    lock_class(school_class)
    return serve_class(school_class, at)


def notify_waiting_pupil(row: ClassWaiting, event: str, at: dt.datetime) -> None:
    school_class = row.school_class
    values: dict[str, Value] = {
        "code": row.code,
        "course": (school_class.name_zh, school_class.name_en),
    }
    if row.offer_until:
        values["expires_at"] = row.offer_until
    notify(
        event=event,
        community=row.community_id,
        resident=row.resident,
        user=login_to_notify(row.resident, row.mandate, at),
        at=at,
        dedupe=f"{event}:{row.code}:{at.isoformat()}",
        values=values,
    )
