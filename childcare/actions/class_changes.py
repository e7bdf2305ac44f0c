"""From one class to the next: told a month before, done on the day; and what was missing, once it is free."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.chains import Segment, book_chain, full_error, next_classes, plan_chain
from childcare.actions.children import birthday_of
from childcare.actions.next_offer import offer_next
from childcare.actions.rules import check_class, check_own_nursery, check_start, notify_guardians
from childcare.actions.seats import ONE_DAY, lock_classes, release_seats
from childcare.actions.settling import drop_wishes_above
from childcare.actions.tasks import open_task, settle_tasks
from childcare.models import Application, HeadTask, NurseryClass, Offer, Stay
from childcare.models.applications import HOLDING
from childcare.models.wishes import wishes_of
from circle.audit.log import record
from circle.booking.transitions import transition_refusal
from circle.calendar.working_days import SHANGHAI
from circle.models import User

Status = Application.Status
TOLD_BEFORE = dt.timedelta(days=30)
TAKEN_UP = [Status.ACCEPTED, Status.ENROLLED]
OPENS_AT = dt.time(8)


def announce_class_changes(*, at: dt.datetime) -> int:
    """A task for the head a month before a child changes class or has no seat any more; the family is told of
    the next class. The number of children."""
    today = localdate(at)
    before = Stay.objects.booked().filter(
        application=OuterRef("application"), starts_on__lt=OuterRef("starts_on")
    )
    known = HeadTask.objects.filter(kind=HeadTask.Kind.CLASS_CHANGE, opened_at__gt=at - TOLD_BEFORE - ONE_DAY)
    soon = Stay.objects.filter(
        Exists(before),
        starts_on__gt=today,
        starts_on__lte=today + TOLD_BEFORE,
        application__status=Status.ENROLLED,
    ).exclude(application__in=known.values("application"))
    rows = soon.select_related("application__community", "application__child", "nursery_class")
    return sum(announce_one(stay, at) for stay in rows.order_by("starts_on", "pk"))


@transaction.atomic
def announce_one(stay: Stay, at: dt.datetime) -> bool:
    application = stay.application
    open_task(application, HeadTask.Kind.CLASS_CHANGE, at)
    if stay.nursery_class and not stay.is_missing:
        notify_guardians(
            application,
            "class_changes",
            at,
            dedupe=f"class_changes:{application.pk}:{stay.starts_on}",
            group=(stay.nursery_class.name_zh, stay.nursery_class.name_en),
            starts_at=dt.datetime.combine(stay.starts_on, OPENS_AT, tzinfo=SHANGHAI),
        )
    return True


def move_to_next_classes(*, at: dt.datetime) -> int:
    """Children whose stay in the next class has begun; their number."""
    begun = Stay.objects.booked().on(localdate(at)).filter(application__status__in=TAKEN_UP)
    rows = begun.exclude(nursery_class=F("application__offer__nursery_class"))
    return sum(move_one(stay, at) for stay in rows.select_related("application__offer").order_by("pk"))


@transaction.atomic
def move_one(stay: Stay, at: dt.datetime) -> bool:
    application, offer = stay.application, stay.application.offer
    held = Application.objects.filter(pk=application.pk, offer=offer, status__in=TAKEN_UP)
    if offer is None or not held.select_for_update(no_key=True).exists():
        return False
    before = offer.nursery_class_id
    if not Offer.objects.filter(pk=offer.pk, nursery_class=before).update(nursery_class=stay.nursery_class):
        return False
    details: dict[str, Any] = {"from": before, "to": stay.nursery_class_id}
    record(
        verb="application_class_changed",
        subject=application,
        community=application.community_id,
        at=at,
        **details,
    )
    return True


def fill_missing_stays(*, at: dt.datetime) -> int:
    """Seats that children need later and that have become free since; the number of stays begun with one."""
    today = localdate(at)
    rows = Stay.objects.missing().filter(ends_on__gte=today, application__status__in=HOLDING)
    found = rows.select_related("application__child", "application__offer__nursery_class")
    return sum(fill_stay(stay, today) for stay in found.order_by("starts_on", "pk"))


def fill_stay(stay: Stay, today: dt.date) -> bool:
    """Looked at twice: without a lock, as mostly nothing is free, and again with it."""
    if not plan_missing(stay, today):
        return False
    with transaction.atomic():
        if stay.application.offered_class:
            lock_classes(stay.application.offered_class)
        rows = Stay.objects.missing().filter(pk=stay.pk)
        segments = plan_missing(stay, today) if rows.exists() else []
        if not segments:
            return False
        rows.delete()
        book_chain(stay.application, segments)
    return True


def plan_missing(stay: Stay, today: dt.date) -> list[Segment]:
    """Nothing where there is no seat on the first day of it that has not passed."""
    first, child = max(stay.starts_on, today), stay.application.child
    group = stay.application.offered_class
    if group is None or child is None or child.born_on is None:
        return []
    for each in next_classes(group, child.born_on, first):
        segments = plan_chain(each, child.born_on, first, today, stay.ends_on)
        if segments[0].parts:
            return segments
    return []


@transaction.atomic
def reseat_child(
    *, application: Application, nursery_class: NurseryClass, start_on: dt.date, at: dt.datetime, by: User
) -> Application:
    """From a day on another class of the same nursery or one of the family's wishes, or the same one laid out
    anew, as after a corrected birthday; up to the last day or the third birthday. The place in the class of
    before is offered to the next family from that day on.

    Refuses: not_possible (holds no place), changed_meanwhile, other_community, other_nursery (not a wish),
    other_head (it is for who heads the nursery whose place it takes), class_closed, start_past,
    start_too_early, wrong_age, birthday_missing, before_first_day, full.
    """
    offer = application.offer
    if application.status not in TAKEN_UP or application.child is None or offer is None:
        raise transition_refusal(application, "")
    check_class(application, nursery_class)
    check_start(nursery_class, birthday_of(application.child), start_on, at)
    first_day, now = offer.starts_on, offer.nursery_class
    if now.facility_id != nursery_class.facility_id:
        check_other_nursery(application, nursery_class, by)
    if start_on < first_day:
        raise ValidationError(
            _("The child starts on %(day)s only. Please choose a later day."),
            code="before_first_day",
            params={"day": date_format(first_day, "DATE_FORMAT")},
        )
    hold_place(application, nursery_class)
    release_seats(application, start_on)
    segments = plan_chain(nursery_class, birthday_of(application.child), start_on, localdate(at))
    if not segments[0].parts:
        raise full_error()
    book_chain(application, segments)
    if application.last_day:
        release_seats(application, application.last_day + ONE_DAY)
    if start_on in (first_day, localdate(at)):
        offer.nursery_class = nursery_class
        offer.save(update_fields=["nursery_class"])
    settle_tasks(application, HeadTask.Kind.HIGHER_WISH, at=at, by=by)
    offer_place_left(application, now, nursery_class, start_on, at, by)
    details: dict[str, Any] = {"class": nursery_class.pk, "day": start_on.isoformat()}
    record(
        verb="application_reseated",
        subject=application,
        community=application.community_id,
        at=at,
        actor=by,
        **details,
    )
    return application


def check_other_nursery(application: Application, nursery_class: NurseryClass, by: User) -> None:
    if nursery_class not in wishes_of(application):
        raise ValidationError(_("This class belongs to another nursery."), code="other_nursery")
    check_own_nursery(nursery_class, by)


def hold_place(application: Application, nursery_class: NurseryClass) -> None:
    """Lock the classes of both nurseries and the application as it was read.

    Refuses: not_possible, changed_meanwhile (it has another class by now).
    """
    now = application.offered_class
    lock_classes(nursery_class, *([now] if now else []))
    rows = Application.objects.shown().filter(pk=application.pk)
    row = rows.select_for_update(no_key=True, of=("self",)).get()
    if row.status not in TAKEN_UP or row.offered_class != now:
        raise transition_refusal(row, "", TAKEN_UP)
    application.last_day = row.last_day


def offer_place_left(
    application: Application,
    left: NurseryClass,
    taken: NurseryClass,
    day: dt.date,
    at: dt.datetime,
    by: User,
) -> None:
    if left == taken:
        return
    if left in wishes_of(application):  # left for a later wish: the family is not asked about it again
        drop_wishes_above(application, taken, at, by)
    offer_next(left, at, day)
