"""Enrolling in a class of the senior school, and giving the place back.

Whoever takes or frees a place locks the class first, then a row of the line; so does the draw.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.calendar.working_days import SHANGHAI
from circle.models import Mandate, Resident, User, Via
from circle.notifications import notify
from circle.permissions.on_behalf import (
    lock_mandate,
    login_to_notify,
    mandate_details,
    mandate_for,
    mandate_to_represent,
)
from eldercare.actions.class_offers import lock_class, serve_class
from eldercare.models import ClassWaiting, Enrolment, SchoolClass, Term
from eldercare.models.enrolments import ENROLMENT_ADD

Status = Enrolment.Status


@transaction.atomic
def enrol(
    *,
    school_class: SchoolClass,
    resident: Resident,
    via: str,
    at: dt.datetime,
    by: User,
    is_on_paper: bool = False,
) -> Enrolment:
    """Ask for a place: in the window of a drawn term it waits for the draw, else it is taken at once.

    After the window free places are given at once, until the class's last day to join.
    Refuses: other_community, resident_gone, not_allowed, number_in_doubt, class_off, window_not_open,
    too_late_to_join, already_enrolled, already_waiting, too_many_courses, class_full.
    """
    mandate = mandate_to_enrol(school_class, resident, via, by)
    lock_class(school_class)
    is_former = has_been_here(resident, school_class.term)
    waits = refuse_wrong_time(school_class, at, is_former=is_former)
    refuse_twice(school_class, resident)
    if not waits:
        refuse_full(school_class)
    row = Enrolment(
        community_id=school_class.community_id,
        term=school_class.term,
        school_class=school_class,
        resident=resident,
        status=Status.ASKED if waits else Status.ENROLLED,
        status_at=at,
        is_former=is_former,
        via=via,
        is_on_paper=is_on_paper,
        booked_at=at,
        booked_by=by,
        mandate=mandate,
    )
    lock_mandate(mandate, at)
    take_part(row, at, by)
    return row


def take_part(row: Enrolment, at: dt.datetime, by: User | None, *, is_claimed: bool = False) -> None:
    """Insert the row with its place, which an offer has claimed already.

    Refuses: already_enrolled, too_many_courses, class_full.
    """
    insert_in_limit(row)
    if row.status == Status.ENROLLED and not is_claimed:
        take_place(row.school_class)
    record(
        verb=f"enrolment_{row.status}",
        subject=row,
        community=row.community_id,
        at=at,
        actor=by,
        via=row.via,
        **mandate_details(row.mandate),
    )
    notify_about(row, f"school_{row.status}", at)


def take_place(school_class: SchoolClass) -> None:
    """Refuses: class_full."""
    try:
        school_class.take(1)
    except ValidationError as full:
        raise class_full() from full


def refuse_full(school_class: SchoolClass) -> None:
    school_class.refresh_from_db(fields=["taken", "capacity"])
    if not school_class.left:
        raise class_full()


def class_full() -> ValidationError:
    return ValidationError(_("The class is full. You can wait for a place."), code="class_full")


def insert_in_limit(row: Enrolment) -> None:
    """As the first free one of the person's courses; by its unique key two at once wait for each other."""
    live = Enrolment.objects.live().filter(term=row.term, resident=row.resident)
    taken = set(live.values_list("ordinal", flat=True))
    for ordinal in range(1, row.term.most_courses + 1):
        if ordinal in taken:
            continue
        row.ordinal = ordinal
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:  # another one of theirs at this moment
            refuse_twice(row.school_class, row.resident)
        else:
            return
    raise ValidationError(
        _("At most %(most)s courses a person in this term."),
        code="too_many_courses",
        params={"most": row.term.most_courses},
    )


def mandate_to_enrol(school_class: SchoolClass, resident: Resident, via: str, by: User) -> Mandate | None:
    if resident.community_id != school_class.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    return mandate_for(
        by=by,
        resident=resident,
        scope=Mandate.Scope.BOOKINGS,
        via=via,
        staff_permission=ENROLMENT_ADD,
    )


def has_been_here(resident: Resident, term: Term) -> bool:
    before = Enrolment.objects.pupils().filter(resident=resident, term__first_day__lt=term.first_day)
    return before.exists()


def refuse_wrong_time(school_class: SchoolClass, at: dt.datetime, *, is_former: bool) -> bool:
    """Whether what is asked now waits for the draw, which the locked class keeps from being made."""
    term = Term.objects.get(pk=school_class.term_id)
    if not school_class.is_active:
        raise ValidationError(_("This class does not take place."), code="class_off")
    if not school_class.can_join(at):
        raise ValidationError(
            _("It is too late to join this class: the last day was %(day)s."),
            code="too_late_to_join",
            params={"day": school_class.last_join_day.isoformat()},
        )
    if at < term.opens_at:
        raise not_open(term.opens_at)
    if term.others_from and at < term.others_from and not is_former:
        raise not_open(term.others_from)
    if term.is_drawn_by_lot and term.drawn_at is None:
        if at >= term.closes_at:
            raise ValidationError(
                _("Enrolment has closed and the places are being drawn. Please come back in a moment."),
                code="window_not_open",
            )
        return True
    return False


def not_open(moment: dt.datetime) -> ValidationError:
    return ValidationError(
        _("Enrolment opens for you on %(time)s."),
        code="window_not_open",
        params={"time": f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"},
    )


def refuse_twice(school_class: SchoolClass, resident: Resident) -> None:
    """Refuses: already_enrolled, already_waiting."""
    if Enrolment.objects.live().filter(school_class=school_class, resident=resident).exists():
        raise ValidationError(_("This person is enrolled in this class already."), code="already_enrolled")
    if ClassWaiting.objects.live().filter(school_class=school_class, resident=resident).exists():
        raise ValidationError(_("This person is waiting for it already."), code="already_waiting")


@transaction.atomic
def cancel_enrolment(*, enrolment: Enrolment, via: str, at: dt.datetime, by: User) -> Enrolment:
    """Take the wish back or give the place to the next; twice is refused.

    Refuses: already_cancelled, not_possible, not_allowed.
    """
    mandate = None
    if via == Via.ONLINE:
        mandate = mandate_to_represent(by, enrolment.resident, Mandate.Scope.BOOKINGS)
        lock_mandate(mandate, at)
    school_class = enrolment.school_class
    lock_class(school_class)
    enrolment.refresh_from_db(fields=["status"])
    had_place = enrolment.status == Status.ENROLLED
    change_status(
        enrolment,
        verb="enrolment_cancelled",
        allowed=Enrolment.LIVE,
        to=Status.CANCELLED,
        at=at,
        by=by,
        details={"via": via} | mandate_details(mandate),
    )
    SchoolClass.objects.filter(pk=school_class.pk, monitor=enrolment.resident_id).update(monitor=None)
    if had_place:
        school_class.give_back(1)
        serve_class(school_class, at)
    notify_about(enrolment, "school_cancelled", at)
    return enrolment


def notify_about(row: Enrolment, event: str, at: dt.datetime) -> None:
    school_class = row.school_class
    notify(
        event=event,
        community=row.community_id,
        resident=row.resident,
        user=login_to_notify(row.resident, row.mandate, at),
        at=at,
        dedupe=f"{event}:{row.code}:{at.isoformat()}",
        values={"code": row.code, "course": (school_class.name_zh, school_class.name_en)},
    )
