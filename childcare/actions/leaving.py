"""An enrolled child leaves: its last day is said, and from the day after the place is another child's."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.chains import extend_chain
from childcare.actions.filling import CHANGE
from childcare.actions.former_parents import end_unanswered_parents
from childcare.actions.next_offer import offer_next
from childcare.actions.rules import decision_mandate, lock_class, notify_decision
from childcare.actions.seats import ONE_DAY, lock_classes, release_seats
from childcare.actions.tasks import drop_moot_tasks
from childcare.models import Application, ChildDay
from circle.audit.log import record
from circle.booking.transitions import change_status, transition_refusal
from circle.models import User
from circle.permissions.on_behalf import mandate_details

Status = Application.Status
LONGEST_STAY = dt.timedelta(days=3 * 366)


@transaction.atomic
def give_notice(
    *, application: Application, last_day: dt.date, via: str, at: dt.datetime, by: User
) -> Application:
    """Say which day is the child's last; until it has come another day can be said. Twice is harmless.

    From the day after, the seats are free at once.
    Refuses: full (an earlier day was said, and its place is another child's by now), day_over,
    before_first_day, too_far (three years), not_possible (it is not enrolled), not_allowed, guardian_only.
    """
    mandate = decision_mandate(application, by=by, via=via, permission=CHANGE)
    check_last_day(application, last_day, localdate(at))
    hold_classes(application)
    enrolled = Application.objects.filter(pk=application.pk, status=Status.ENROLLED)
    if enrolled.exclude(last_day=last_day).update(last_day=last_day):
        record_notice(
            application, "application_notice_given", at, by, {"via": via} | mandate_details(mandate)
        )
        extend_chain(application, localdate(at), last_day)
        release_seats(application, last_day + ONE_DAY)
        remove_days_after(application, last_day)
        notify_decision(application, "leaves", at)
        offer_next(application.offered_class, at, last_day + ONE_DAY)
    elif not enrolled.exists():
        application.refresh_from_db()
        raise transition_refusal(application, "")
    application.last_day = last_day
    return application


def hold_classes(application: Application) -> None:
    if application.offered_class:
        lock_classes(application.offered_class)


def check_last_day(application: Application, last_day: dt.date, today: dt.date) -> None:
    """Refuses: day_over, before_first_day, too_far."""
    if last_day < today:
        raise ValidationError(_("This day is over. Please choose another."), code="day_over")
    first_day = application.first_day
    if first_day and last_day < first_day:
        raise ValidationError(
            _("The child starts on %(day)s only. Please choose a later day."),
            code="before_first_day",
            params={"day": date_format(first_day, "DATE_FORMAT")},
        )
    if last_day > today + LONGEST_STAY:
        raise ValidationError(_("Nobody stays that long. Please look at the year."), code="too_far")


@transaction.atomic
def withdraw_notice(*, application: Application, via: str, at: dt.datetime, by: User) -> Application:
    """The child stays after all. Twice is harmless.

    Refuses: not_possible (it has left), full (its place is another child's from the day after), not_allowed,
    guardian_only.
    """
    mandate = decision_mandate(application, by=by, via=via, permission=CHANGE)
    hold_classes(application)
    enrolled = Application.objects.filter(pk=application.pk, status=Status.ENROLLED)
    if enrolled.exclude(last_day=None).update(last_day=None):
        record_notice(
            application, "application_notice_taken_back", at, by, {"via": via} | mandate_details(mandate)
        )
        extend_chain(application, localdate(at), dt.date.max)
        notify_decision(application, "stays", at)
    elif not enrolled.exists():
        application.refresh_from_db()
        raise transition_refusal(application, "")
    application.last_day = None
    return application


def record_notice(
    application: Application, verb: str, at: dt.datetime, by: User, details: dict[str, Any]
) -> None:
    community = application.community_id
    record(verb=verb, subject=application, community=community, at=at, actor=by, **details)


def end_due_enrolments(*, at: dt.datetime) -> int:
    """Children whose last day is over leave their class; the number of places that became free."""
    over = Application.objects.filter(status=Status.ENROLLED, last_day__lt=localdate(at))
    return sum(end_enrolment(application, at) for application in over.shown().order_by("last_day", "pk"))


def end_enrolment(application: Application, at: dt.datetime) -> bool:
    """Whether it ended: another machine may have been quicker, or the family has changed its mind."""
    try:
        with transaction.atomic():
            release_enrolled_place(application, at, None, Q(last_day=application.last_day), {})
    except ValidationError:
        return False
    return True


def release_enrolled_place(
    application: Application, at: dt.datetime, by: User | None, still: Q, details: dict[str, object]
) -> None:
    held = application.offered_class
    lock_class(held)
    change_status(
        application,
        verb="application_left",
        allowed=[Status.ENROLLED],
        to=Status.LEFT,
        at=at,
        by=by,
        rows=Application.objects.filter(still, offer__nursery_class=held),
        details=details,
    )
    drop_moot_tasks(application)
    end_unanswered_parents(application, at, by)
    if application.last_day:
        release_seats(application, application.last_day + ONE_DAY)
        remove_days_after(application, application.last_day)


def remove_days_after(application: Application, last_day: dt.date) -> None:
    """Absences that were reported for days on which the child no longer belongs to a class."""
    later = ChildDay.objects.filter(application=application, day__gt=last_day)
    later.filter(status__in=[ChildDay.Status.EXPECTED, ChildDay.Status.ABSENT]).delete()
