"""A place in a class: offered until a deadline, accepted or declined or lapsed, and taken up."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.chains import book_chain, full_error, plan_chain
from childcare.actions.children import birthday_of
from childcare.actions.namesakes import check_known_apart
from childcare.actions.open_days import OpenDays, check_open_day
from childcare.actions.passing_over import record_passing
from childcare.actions.prices import price_on
from childcare.actions.rules import (
    check_class,
    check_not_other_head,
    check_start,
    notify_guardian,
    unchanged_birthday,
)
from childcare.actions.seats import lock_classes
from childcare.actions.together import household_places
from childcare.models import Application, NurseryClass, Offer
from circle.booking.transitions import change_status, transition_refusal
from circle.calendar.working_days import SHANGHAI
from circle.models import User

Status = Application.Status


MOST_DAYS = 30


OFFER_ENDS_AT = dt.time(18)  # of the last day: when the office still answers the phone


REACH = dt.timedelta(days=30)  # beyond the longest holiday, and most closures


REMINDED_BEFORE = dt.timedelta(days=1)


def offer_place(
    *,
    application: Application,
    nursery_class: NurseryClass,
    start_on: dt.date,
    days: int,
    at: dt.datetime,
    by: User | None,
    reason: str = "",
) -> Application:
    """Offer a place of this class from that day; the guardian has until 18:00 in so many days, or of the next
    open day. Where families have waited longer, the reason says why they are passed over.

    Refuses: days_wrong (1 to 30), other_community, class_closed, other_head (by the head of another nursery),
    perhaps_known, birthday_missing, start_past, start_too_early, wrong_age, start_before_answer, closed_day,
    price_missing, full, passes_over, already_offered, not_possible (not verified), together_only (its
    siblings start with it: they are offered their places in the same transaction, or nobody is).
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(
            _("Give the guardian between 1 and %(most)s days."), code="days_wrong", params={"most": MOST_DAYS}
        )
    check_offer(application, nursery_class, start_on, at, by)
    last_day = last_day_to_answer(nursery_class, localdate(at) + dt.timedelta(days=days))
    if start_on <= last_day:
        raise ValidationError(
            _("The family may answer until %(day)s; the first day comes after that."),
            code="start_before_answer",
            params={"day": date_format(last_day, "DATE_FORMAT")},
        )
    check_open_day(nursery_class, start_on)
    try:
        with transaction.atomic():
            hold_open_class(nursery_class)
            for each, group in household_places(application, nursery_class, start_on, at):
                if each != application:
                    check_offer(each, group, start_on, at, by)
                _offer(each, group, start_on, last_day, reason, at, by)
    except ValidationError:
        nursery_class.refresh_from_db()
        raise
    return application


def check_offer(
    application: Application, nursery_class: NurseryClass, start_on: dt.date, at: dt.datetime, by: User | None
) -> None:
    check_class(application, nursery_class)
    check_not_other_head(nursery_class, by)
    check_known_apart(application)
    if application.child:
        check_start(nursery_class, birthday_of(application.child), start_on, at)


def last_day_to_answer(nursery_class: NurseryClass, wanted: dt.date) -> dt.date:
    """The first open day from the wanted one on; that one itself where none is near."""
    open_days = OpenDays.load(nursery_class, wanted, wanted + REACH)
    days = (wanted + dt.timedelta(days=number) for number in range(REACH.days + 1))
    return next((day for day in days if open_days.is_open(day)), wanted)


def _offer(
    application: Application,
    nursery_class: NurseryClass,
    start_on: dt.date,
    last_day: dt.date,
    reason: str,
    at: dt.datetime,
    by: User | None,
) -> None:
    """Books seats from class to class up to the third birthday; what is missing stands in the offer."""
    if application.child is None:
        raise transition_refusal(application, "")
    segments = plan_chain(nursery_class, birthday_of(application.child), start_on, localdate(at))
    if not segments[0].parts:
        raise full_error()
    passing = record_passing(application, nursery_class, start_on, reason, at, by)
    check_verified(application)
    offer = Offer.objects.create(
        application=application,
        nursery_class=nursery_class,
        price=price_on(nursery_class, start_on),
        starts_on=start_on,
        missing_from=book_chain(application, segments),
        made_at=at,
        made_by=by,
        expires_at=dt.datetime.combine(last_day, OFFER_ENDS_AT, tzinfo=SHANGHAI),
    )
    change_status(
        application,
        verb="application_offered",
        allowed=[Status.VERIFIED],
        to=Status.OFFERED,
        at=at,
        by=by,
        # The birthday is still the one that the age was counted from.
        rows=Application.objects.filter(unchanged_birthday(application)),
        details={"class": nursery_class.pk, "price": offer.price_id} | passing,
        offer=offer,
        reminded_at=None,
    )
    notify_offer(application, "application_offered", at)


def check_verified(application: Application) -> None:
    """Locked, before anything is written for it: another nursery may be offering it a place.

    Refuses: already_offered, not_possible.
    """
    row = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    if row.status != Status.VERIFIED:
        application.refresh_from_db()
        raise transition_refusal(row, Status.OFFERED)


def hold_open_class(nursery_class: NurseryClass) -> None:
    """Lock the classes of its nursery; whoever is offered a place at the same moment comes before or after.

    Refuses: class_closed.
    """
    lock_classes(nursery_class)
    nursery_class.refresh_from_db()
    if not nursery_class.is_open:
        raise ValidationError(_("This class takes no children at the moment."), code="class_closed")


def end_offer(application: Application, status: str, at: dt.datetime) -> None:
    Offer.objects.pending().filter(application=application).update(status=status, ended_at=at)


def notify_offer(application: Application, event: str, at: dt.datetime) -> None:
    """Of the open offer; one that is taken back and made again is told again, whatever its deadline."""
    offer = Offer.objects.pending().select_related("nursery_class").get(application=application)
    notify_guardian(
        application,
        event,
        at,
        dedupe=f"{event}:{application.pk}:{offer.pk}",
        group=(offer.nursery_class.name_zh, offer.nursery_class.name_en),
        expires_at=offer.expires_at,
        offer=offer.pk,
    )
