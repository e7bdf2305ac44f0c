"""The waiting list of a class: joining, leaving, answering an offer, and what the clock does."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.booking.waiting import WaitingStatus as Status
from circle.models import Mandate, Resident, User, Via
from circle.permissions.on_behalf import lock_mandate, mandate_details, mandate_to_represent
from eldercare.actions.class_offers import lock_class, notify_waiting_pupil, serve_class, serve_free_class
from eldercare.actions.enrolling import (
    has_been_here,
    mandate_to_enrol,
    refuse_twice,
    refuse_wrong_time,
    take_part,
)
from eldercare.models import ClassWaiting, Enrolment, SchoolClass


@transaction.atomic
def wait_for_class(
    *, school_class: SchoolClass, resident: Resident, via: str, at: dt.datetime, by: User
) -> ClassWaiting:
    """Wait for a place of a full class, until its last day to join.

    Refuses: as `enrol`, and not_full (there is a place, or the draw gives everybody the same chance).
    """
    mandate = mandate_to_enrol(school_class, resident, via, by)
    lock_class(school_class)
    waits_for_draw = refuse_wrong_time(school_class, at, is_former=has_been_here(resident, school_class.term))
    refuse_twice(school_class, resident)
    school_class.refresh_from_db(fields=["taken", "capacity"])
    if waits_for_draw or school_class.left:
        raise ValidationError(_("There is no need to wait: please enrol."), code="not_full")
    lock_mandate(mandate, at)
    return put_in_line(school_class, resident, mandate, via, at, by)


def put_in_line(
    school_class: SchoolClass,
    resident: Resident,
    mandate: Mandate | None,
    via: str,
    at: dt.datetime,
    by: User | None,
) -> ClassWaiting:
    row = ClassWaiting(
        community_id=school_class.community_id,
        school_class=school_class,
        resident=resident,
        first_day=localdate(at),
        last_day=max(school_class.last_join_day, localdate(at)),
        status_at=at,
        joined_at=at,
        joined_by=by,
        via=via,
        mandate=mandate,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(_("This person is waiting for it already."), code="already_waiting") from clash
    record(
        verb="class_waiting",
        subject=row,
        community=row.community_id,
        at=at,
        actor=by,
        via=via,
        **mandate_details(mandate),
    )
    notify_waiting_pupil(row, "school_waiting", at)
    return row


@transaction.atomic
def accept_class_offer(*, row: ClassWaiting, via: str, at: dt.datetime, by: User) -> Enrolment:
    """Take the place that is offered.

    Refuses: class_off, offer_over, already_accepted, not_possible, not_allowed, too_many_courses,
    already_enrolled.
    """
    mandate = answering_mandate(row, via, at, by)
    lock_class(row.school_class)
    row.school_class.refresh_from_db(fields=["taken", "capacity", "is_active", "last_join_day"])
    if not row.school_class.is_active:
        raise ValidationError(_("This class does not take place."), code="class_off")
    if row.offer_until is None or row.offer_until <= at:
        raise ValidationError(_("This offer is over."), code="offer_over")
    change_status(
        row,
        verb="class_accepted",
        allowed=[Status.OFFERED],
        to=Status.ACCEPTED,
        at=at,
        by=by,
        rows=ClassWaiting.objects.filter(offer_until__gt=at),
        details={"via": via} | mandate_details(mandate),
        offer_until=None,
    )
    enrolment = Enrolment(
        community_id=row.community_id,
        term=row.school_class.term,
        school_class=row.school_class,
        resident=row.resident,
        status=Enrolment.Status.ENROLLED,
        status_at=at,
        is_former=has_been_here(row.resident, row.school_class.term),
        via=via,
        booked_at=at,
        booked_by=by,
        mandate=mandate,
    )
    take_part(enrolment, at, by, is_claimed=True)
    return enrolment


@transaction.atomic
def leave_class_line(*, row: ClassWaiting, via: str, at: dt.datetime, by: User) -> ClassWaiting:
    """No longer wait; an offered place goes to the next.

    Refuses: already_left, already_declined, not_possible, not_allowed.
    """
    mandate = answering_mandate(row, via, at, by)
    details = {"via": via} | mandate_details(mandate)
    lock_class(row.school_class)
    row.refresh_from_db(fields=["status", "offer_until"])
    if row.status == Status.OFFERED:
        release_place(row, "class_declined", Status.DECLINED, at, by, details)
    else:
        change_status(
            row,
            verb="class_left",
            allowed=[Status.WAITING],
            to=Status.LEFT,
            at=at,
            by=by,
            details=details,
        )
    return row


def answering_mandate(row: ClassWaiting, via: str, at: dt.datetime, by: User) -> Mandate | None:
    if via != Via.ONLINE:
        return None
    mandate = mandate_to_represent(by, row.resident, Mandate.Scope.BOOKINGS)
    lock_mandate(mandate, at)
    return mandate


def release_place(
    row: ClassWaiting, verb: str, to: Status, at: dt.datetime, by: User | None, details: dict[str, object]
) -> None:
    change_status(
        row, verb=verb, allowed=[Status.OFFERED], to=to, at=at, by=by, details=details, offer_until=None
    )
    row.school_class.give_back(1)
    serve_class(row.school_class, at)


def tend_class_lines(*, at: dt.datetime) -> int:
    """Offers lapse, who waited in vain is told, missed places are offered; harmless when repeated or late."""
    rows = ClassWaiting.objects.shown()
    done = sum(lapse_class_offer(row, at) for row in rows.lapsed(at))
    in_vain = rows.waiting().filter(school_class__last_join_day__lt=localdate(at))
    done += sum(end_in_vain(row, at) for row in in_vain)
    waited_for = ClassWaiting.objects.waiting().values("school_class")
    free = SchoolClass.objects.with_places_left().filter(pk__in=waited_for).order_by("pk")
    return done + sum(serve_free_class(school_class, at) for school_class in free)


@transaction.atomic
def lapse_class_offer(row: ClassWaiting, at: dt.datetime) -> bool:
    lock_class(row.school_class)
    if not ClassWaiting.objects.lapsed(at).filter(pk=row.pk).exists():  # answered at this moment
        return False
    release_place(row, "class_lapsed", Status.LAPSED, at, None, {})
    notify_waiting_pupil(row, "school_lapsed", at)
    return True


@transaction.atomic
def end_in_vain(row: ClassWaiting, at: dt.datetime) -> bool:
    try:
        change_status(row, verb="class_wait_ended", allowed=[Status.WAITING], to=Status.ENDED, at=at, by=None)
    except ValidationError:
        return False
    notify_waiting_pupil(row, "school_wait_ended", at)
    return True
