"""An accepted place is taken up, or is not; and whether a child has the age of its class."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.children import birthday_of
from childcare.actions.former_parents import end_unanswered_parents
from childcare.actions.next_offer import offer_next
from childcare.actions.objections import is_paused
from childcare.actions.rules import (
    lock_class,
    notify_guardian,
    notify_guardians,
    unchanged_birthday,
    wrong_age_error,
)
from childcare.actions.seats import release_all_seats
from childcare.actions.tasks import drop_moot_tasks, open_task, settle_tasks
from childcare.actions.visits import end_trials
from childcare.models import Application, HeadTask, NurseryClass
from circle.booking.transitions import change_status
from circle.calendar import legal_parameters
from circle.models import User

Status = Application.Status
Kind = HeadTask.Kind
TAKE_UP = "nursery_take_up"
ASKED_AGAIN = dt.timedelta(days=30)  # after the head has settled a task about a child's age


@transaction.atomic
def enrol_child(*, application: Application, at: dt.datetime, by: User) -> Application:
    """The contract is signed: the child belongs to the class and its place stays taken.

    Refuses: already_enrolled, paused (a guardian objects), birthday_missing, wrong_age (on the first day, or
    today where that is past), changed_meanwhile, not_possible (the place is not accepted).
    """
    check_not_paused(application, at)
    if application.status == Status.ACCEPTED and application.offer and application.child:
        first_day = max(application.offer.starts_on, localdate(at))
        group, born_on = application.offer.nursery_class, birthday_of(application.child)
        if not group.takes(born_on, first_day):
            raise wrong_age_error(group, born_on, first_day)
    change_status(
        application,
        verb="application_enrolled",
        allowed=[Status.ACCEPTED],
        to=Status.ENROLLED,
        at=at,
        by=by,
        # The birthday is still the one that the age was counted from.
        rows=Application.objects.filter(unchanged_birthday(application)),
    )
    for kind in (Kind.NOT_TAKEN_UP, Kind.OBJECTION):
        settle_tasks(application, kind, at=at, by=by)
    notify_guardian(application, "application_enrolled", at, dedupe=f"application_enrolled:{application.pk}")
    return application


def check_not_paused(application: Application, at: dt.datetime) -> None:
    """Locked: whoever objects at this moment comes first, or finds the child enrolled.

    Refuses: paused.
    """
    row = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    if row.status == Status.ACCEPTED and row.paused_until and is_paused(row, localdate(at)):
        raise ValidationError(
            _("A guardian objects: no contract before %(day)s, unless you settle it with both."),
            code="paused",
            params={"day": date_format(row.paused_until, "DATE_FORMAT")},
        )


# Not taken up -----------------------------------------------------------------------------------------------


def report_untaken_places(*, at: dt.datetime) -> int:
    """Accepted, and the first day is over without a contract: a task, and one message. The number found."""
    late = Application.objects.filter(status=Status.ACCEPTED, offer__starts_on__lt=localdate(at))
    known = HeadTask.objects.filter(kind__in=[Kind.NOT_TAKEN_UP, Kind.OBJECTION]).values("application")
    return sum(report_untaken(each, at) for each in late.exclude(pk__in=known).shown().order_by("pk"))


@transaction.atomic
def report_untaken(application: Application, at: dt.datetime) -> bool:
    """Locked: whoever enrols the child at this moment comes first, or settles the task."""
    rows = Application.objects.filter(pk=application.pk, status=Status.ACCEPTED)
    if not rows.select_for_update(no_key=True).values_list("pk").first():
        return False
    open_task(application, Kind.NOT_TAKEN_UP, at)
    notify_guardians(
        application,
        "application_not_taken_up",
        at,
        dedupe=f"application_not_taken_up:{application.pk}:{application.first_day}",
        phone=application.community.phone,
    )
    return True


@transaction.atomic
def release_untaken_place(*, application: Application, at: dt.datetime, by: User | None) -> Application:
    """The family does not come: the place is another child's.

    Refuses: too_early (within the days of the dated rule after the first day), rule_missing, already_lapsed,
    not_possible (it is not accepted).
    """
    offer, today = application.offer, localdate(at)
    if application.status == Status.ACCEPTED and offer:
        first_day = offer.starts_on
        days = legal_parameters.rule_value(TAKE_UP, "days", on=today)
        free_from = max(first_day + dt.timedelta(days=days), application.paused_until or first_day)
        if today < free_from:
            raise ValidationError(
                _("The place stays the family's until %(day)s."),
                code="too_early",
                params={"day": date_format(free_from - dt.timedelta(days=1), "DATE_FORMAT")},
            )
    held = application.offered_class
    lock_class(held)
    change_status(
        application,
        verb="application_not_taken_up",
        allowed=[Status.ACCEPTED],
        to=Status.LAPSED,
        at=at,
        by=by,
        rows=Application.objects.filter(offer=offer, offer__nursery_class=held),
    )
    release_all_seats(application)
    drop_moot_tasks(application)
    end_trials(application, at, by)
    end_unanswered_parents(application, at, by)
    notify_guardians(
        application,
        "application_lapsed",
        at,
        dedupe=f"application_lapsed:{application.pk}:{at.isoformat()}",
        phone=application.community.phone,
    )
    offer_next(held, at)
    return application


def release_untaken_places(*, at: dt.datetime) -> int:
    """By the clock, after the days of the dated rule: where the task is still open and nobody objects. What
    the head has settled with the family stays theirs. The number released."""
    tasks = HeadTask.objects.open()
    late = Application.objects.filter(
        status=Status.ACCEPTED, pk__in=tasks.filter(kind=Kind.NOT_TAKEN_UP).values("application")
    ).exclude(pk__in=tasks.filter(kind=Kind.OBJECTION).values("application"))
    return sum(release_if_untaken(each, at) for each in late.shown().order_by("pk"))


def release_if_untaken(application: Application, at: dt.datetime) -> bool:
    """False while the days run, without a rule, and where somebody was quicker."""
    try:
        release_untaken_place(application=application, at=at, by=None)
    except ValidationError:
        return False
    return True


# Age --------------------------------------------------------------------------------------------------------


def has_age_of_class(application: Application, day: dt.date | None) -> bool:
    """True as well where class, day or birthday are not known."""
    return is_of_age(application, application.offered_class, day)


def is_of_age(application: Application, group: NurseryClass | None, day: dt.date | None) -> bool:
    child = application.child
    if group is None or day is None or child is None or child.born_on is None:
        return True
    return group.takes(child.born_on, day)


def first_day_in_class(application: Application) -> dt.date | None:
    """Of a row with `class_since`: of its class now, which may not be the one it began in."""
    since: dt.date | None = application.class_since  # type: ignore[attr-defined]
    return since or application.first_day


def report_ages(*, at: dt.datetime) -> int:
    """A task for each child that holds a place of a class, or waits for one, and has not its age.

    Of the first day or since; of one that waits, on the day wanted: there a birthday was corrected.
    """
    today = localdate(at)
    known = HeadTask.objects.filter(kind=Kind.AGE).exclude(settled_at__lt=at - ASKED_AGAIN)
    rows = Application.objects.exclude(pk__in=known.values("application"))
    rows = rows.select_related("child", "offer__nursery_class", "nursery_class")
    held = rows.holding().with_class_since()
    waiting = rows.filter(status__in=[Status.SUBMITTED, Status.VERIFIED])
    found = [
        *(each for each in held if not has_age_of_class(each, max(first_day_in_class(each) or today, today))),
        *(each for each in waiting if not is_of_age(each, each.nursery_class, each.start_on)),
    ]
    for application in found:
        open_task(application, Kind.AGE, at)
    return len(found)
