"""A class that does not take place after all: everybody who asked, has a place or waits is told."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.booking.waiting import WaitingStatus
from circle.models import User
from eldercare.actions.class_offers import lock_class, notify_waiting_pupil
from eldercare.actions.enrolling import notify_about
from eldercare.actions.school_terms import lay_out_sessions
from eldercare.models import ClassWaiting, Enrolment, SchoolClass


@transaction.atomic
def call_off_class(*, school_class: SchoolClass, at: dt.datetime, by: User) -> int:
    """End each place, wish and wait of this class and take out its meetings to come; returns how many people.

    Refuses: class_off (called off already).
    """
    lock_class(school_class)
    off = {"is_active": False, "monitor": None}
    if not SchoolClass.objects.filter(pk=school_class.pk, is_active=True).update(**off):
        raise ValidationError(_("This class does not take place."), code="class_off")
    school_class.refresh_from_db()
    enrolments = list(Enrolment.objects.live().shown().filter(school_class=school_class).order_by("pk"))
    for enrolment in enrolments:
        end_enrolment(enrolment, at, by)
    line = list(ClassWaiting.objects.live().shown().filter(school_class=school_class).order_by("pk"))
    for row in line:
        end_wait(row, at, by)
    lay_out_sessions(school_class=school_class, at=at)
    record(
        verb="class_called_off", subject=school_class, community=school_class.community_id, at=at, actor=by
    )
    return len(enrolments) + len(line)


def end_enrolment(row: Enrolment, at: dt.datetime, by: User) -> None:
    had_place = row.status == Enrolment.Status.ENROLLED
    change_status(
        row,
        verb="enrolment_called_off",
        allowed=Enrolment.LIVE,
        to=Enrolment.Status.CANCELLED,
        at=at,
        by=by,
    )
    if had_place:
        row.school_class.give_back(1)
    notify_about(row, "school_called_off", at)


def end_wait(row: ClassWaiting, at: dt.datetime, by: User) -> None:
    had_place = row.status == WaitingStatus.OFFERED
    change_status(
        row,
        verb="class_wait_ended",
        allowed=[WaitingStatus.WAITING, WaitingStatus.OFFERED],
        to=WaitingStatus.ENDED,
        at=at,
        by=by,
        offer_until=None,
    )
    if had_place:
        row.school_class.give_back(1)
    notify_waiting_pupil(row, "school_called_off", at)
