"""Standing orders of meals: made, paused, resumed, ended, and laid out as ordinary orders by the clock."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.calendar.working_days import ONE_DAY
from circle.models import Mandate, Resident, User, Via
from circle.permissions.on_behalf import lock_mandate, mandate_details, mandate_for, mandate_to_represent
from eldercare.actions.bookings import day_of
from eldercare.actions.canteen.giving_up import give_up_meal
from eldercare.actions.canteen.news import tell_of_standing
from eldercare.actions.canteen.profiles import MealWish, address_of, checked_wish, save_profile
from eldercare.models import MealPause, StandingDate, StandingOrder
from eldercare.models.canteen import Meal, Variant
from eldercare.models.canteen.orders import ORDER_ADD, meal_scope_of

Status, DateStatus = StandingOrder.Status, StandingDate.Status


@transaction.atomic
def order_standing(
    *,
    resident: Resident,
    meal: str,
    weekdays: Sequence[int],
    wish: MealWish,
    via: str,
    at: dt.datetime,
    by: User,
    first_day: dt.date | None = None,
) -> StandingOrder:
    """This meal on these weekdays, every week until it is ended.

    Refuses: not_allowed, resident_gone, number_in_doubt, meal_unknown, weekdays_missing, variant_missing,
    way_unknown, portions_wrong, address_missing, other_community, consent_missing, already_standing.
    """
    mandate = person_of(resident, via, by)
    wish = checked_wish(wish, resident.community_id)
    if meal not in Meal.values:
        raise ValidationError(_("Choose lunch or supper."), code="meal_unknown")
    if not weekdays or set(weekdays) - set(range(7)):
        raise ValidationError(_("Choose at least one weekday."), code="weekdays_missing")
    if set(wish.variants) - set(Variant.values):
        raise ValidationError(_("This cannot be had."), code="variant_missing")
    lock_mandate(mandate, at)
    save_profile(resident, wish, via=via, at=at, by=by)
    row = StandingOrder(
        community_id=resident.community_id,
        resident=resident,
        meal=meal,
        weekdays=sorted(set(weekdays)),
        way=wish.way,
        portions=wish.portions,
        variants=list(wish.variants),
        address_on=day_of(at),
        first_day=max(first_day or day_of(at), day_of(at)),
        status_at=at,
        via=via,
        booked_at=at,
        booked_by=by,
        mandate=mandate,
        **address_of(wish),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(
            _("This meal comes to this person already. Change or end that standing order."),
            code="already_standing",
        ) from clash
    record_step(row, "meal_standing_made", at, by, {"via": via} | mandate_details(mandate))
    tell_of_standing(row, "meal_standing_made", at)
    return row


def person_of(resident: Resident, via: str, by: User) -> Mandate | None:
    """Refuses: not_allowed, resident_gone, number_in_doubt."""
    scope = meal_scope_of(by, resident.pk)
    return mandate_for(by=by, resident=resident, scope=scope, via=via, staff_permission=ORDER_ADD)


@transaction.atomic
def pause_standing(
    *,
    standing: StandingOrder,
    starts_on: dt.date,
    ends_on: dt.date | None,
    via: str,
    at: dt.datetime,
    by: User,
) -> MealPause:
    """No meals on these days, both included. What can still be cancelled of them is; what is ordered too
    late to be cancelled stays.

    Refuses: not_allowed, not_possible (ended), day_past, days_wrong.
    """
    refuse_stranger(standing, via, at, by)
    lock_running(standing)
    if starts_on < day_of(at):
        raise ValidationError(_("This day is over. Please choose another."), code="day_past")
    if ends_on and ends_on < starts_on:
        raise ValidationError(_("The last day cannot lie before the first."), code="days_wrong")
    pause = MealPause.objects.create(
        community_id=standing.community_id, standing=standing, starts_on=starts_on, ends_on=ends_on
    )
    drop_dates(standing, pause, via, at, by)
    record_step(standing, "meal_standing_paused", at, by, {"via": via})
    tell_of_standing(standing, "meal_standing_paused", at)
    return pause


def drop_dates(standing: StandingOrder, pause: MealPause | None, via: str, at: dt.datetime, by: User) -> None:
    """Of the days of the pause, or of all to come: what can be cancelled, and what waits for somebody."""
    dates = standing.dates.filter(day__gte=day_of(at)).select_related(
        "order__dish", "order__resident__login", "order__mandate__agent"
    )
    for row in dates.order_by("day"):
        if pause and not pause.covers(row.day):
            continue
        if row.order and row.order.can_be_cancelled(at):
            give_up_meal(order=row.order, via=via, at=at, by=by, is_told=False)
            set_date(row, DateStatus.PAUSED if pause else DateStatus.SETTLED, at)
        elif row.status == DateStatus.WAITING:
            set_date(row, DateStatus.PAUSED if pause else DateStatus.SETTLED, at)


def set_date(row: StandingDate, status: str, at: dt.datetime) -> None:
    row.status, row.status_at = status, at
    row.save(update_fields=["status", "status_at"])


@transaction.atomic
def resume_standing(*, standing: StandingOrder, via: str, at: dt.datetime, by: User) -> StandingOrder:
    """The pause ends today: the days that it took come back with the next run of the clock. Repeating it is
    harmless.

    Refuses: not_allowed, not_possible (ended).
    """
    refuse_stranger(standing, via, at, by)
    lock_running(standing)
    today = day_of(at)
    for pause in standing.pauses.all():
        if pause.starts_on >= today:
            pause.delete()
        elif pause.ends_on is None or pause.ends_on >= today:
            pause.ends_on = today - ONE_DAY
            pause.save(update_fields=["ends_on"])
    standing.dates.filter(day__gte=today, status=DateStatus.PAUSED).delete()
    record_step(standing, "meal_standing_resumed", at, by, {"via": via})
    return standing


@transaction.atomic
def end_standing(*, standing: StandingOrder, via: str, at: dt.datetime, by: User) -> StandingOrder:
    """No further meals; what can still be cancelled is. Ended twice is refused.

    Refuses: not_allowed, already_ended.
    """
    refuse_stranger(standing, via, at, by)
    change_status(
        standing,
        verb="meal_standing_ended",
        allowed=[Status.RUNNING],
        to=Status.ENDED,
        at=at,
        by=by,
        details={"via": via},
    )
    drop_dates(standing, None, via, at, by)
    tell_of_standing(standing, "meal_standing_ended", at)
    return standing


def end_standing_of_dead(*, resident: int, at: dt.datetime, by: User) -> None:
    """Without a message; their meals are cancelled on their own."""
    for row in StandingOrder.objects.live().filter(resident=resident):
        change_status(
            row, verb="meal_standing_ended", allowed=[Status.RUNNING], to=Status.ENDED, at=at, by=by
        )
        row.dates.filter(status=DateStatus.WAITING).update(status=DateStatus.SETTLED, status_at=at)


def refuse_stranger(standing: StandingOrder, via: str, at: dt.datetime, by: User) -> None:
    """Online it is changed by the person or in their name; staff have passed the back office."""
    if via == Via.ONLINE:
        scope = meal_scope_of(by, standing.resident_id)
        lock_mandate(mandate_to_represent(by, standing.resident, scope), at)


def lock_running(standing: StandingOrder) -> None:
    """Refuses: not_possible."""
    rows = StandingOrder.objects.live().filter(pk=standing.pk).select_for_update(no_key=True)
    if not list(rows.values_list("pk")):
        raise ValidationError(_("This standing order has ended."), code="not_possible")


def record_step(
    row: StandingOrder, verb: str, at: dt.datetime, by: User | None, details: dict[str, Any]
) -> None:
    record(verb=verb, subject=row, community=row.community_id, at=at, actor=by, **details)


@transaction.atomic
def settle_date(*, row: StandingDate, at: dt.datetime, by: User) -> StandingDate:
    """Somebody has seen to a date that could not be ordered. Repeating it is harmless."""
    if StandingDate.objects.waiting().filter(pk=row.pk).update(status=DateStatus.SETTLED, status_at=at):
        record(verb="meal_date_settled", subject=row, community=row.community_id, at=at, actor=by)
    row.refresh_from_db()
    return row
