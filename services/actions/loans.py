"""Aids that are lent: reserved, handed out, brought back; and what the clock does with them."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.reminders import REMINDED_FROM
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.working_days import ONE_DAY, SHANGHAI
from circle.models import Mandate, Resident, User, Via
from circle.notifications import Value, notify
from circle.permissions.on_behalf import (
    lock_mandate,
    login_to_notify,
    mandate_details,
    mandate_for,
    mandate_to_represent,
)
from services.models import AidLoan, AidStock
from services.models.loans import ADD, WORDS_LENGTH, start_of_day

Status = AidLoan.Status
SCOPE = Mandate.Scope.BOOKINGS
LONGEST = dt.timedelta(days=90)


@transaction.atomic
def reserve_aid(*, stock: AidStock, resident: Resident, via: str, at: dt.datetime, by: User) -> AidLoan:
    """Keep one aid for this person until it is fetched, for as many days as the stock says.

    Refuses: other_community, not_allowed, resident_gone, number_in_doubt, already_borrowed, not_lent (at
    present), full.
    """
    loan = insert_loan(stock, resident, via, at, by)
    notify_loan(loan, "aid_reserved", at, day=loan.fetch_by)
    return loan


def insert_loan(stock: AidStock, resident: Resident, via: str, at: dt.datetime, by: User) -> AidLoan:
    """Reserved, and nobody told: who takes it along at once hears of one thing."""
    if resident.community_id != stock.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    mandate = mandate_for(by=by, resident=resident, scope=SCOPE, via=via, staff_permission=ADD)
    lock_mandate(mandate, at)
    if AidLoan.objects.holding().filter(stock=stock, resident=resident).exists():
        raise already_borrowed()
    take_from(stock)
    loan = AidLoan(
        community_id=stock.community_id,
        stock=stock,
        resident=resident,
        via=via,
        asked_at=at,
        asked_by=by,
        mandate=mandate,
        fetch_by=localdate(at) + dt.timedelta(days=stock.held_days),
        status_at=at,
    )
    try:
        with transaction.atomic():
            loan.save(force_insert=True)
    except IntegrityError as clash:
        raise already_borrowed() from clash
    record(
        verb="aid_reserved",
        subject=loan,
        community=loan.community_id,
        at=at,
        actor=by,
        after=loan.status,
        via=via,
        **mandate_details(mandate),
    )
    return loan


def already_borrowed() -> ValidationError:
    return ValidationError(_("This person has one already, or has reserved one."), code="already_borrowed")


def take_from(stock: AidStock) -> None:
    """Refuses: not_lent, full."""
    try:
        stock.take(1, Q(is_offered=True))
    except ValidationError as refusal:
        if not AidStock.objects.filter(pk=stock.pk, is_offered=True).exists():
            raise ValidationError(_("It is not lent at present."), code="not_lent") from refusal
        raise ValidationError(
            _("All of them are lent or reserved at the moment. Please phone us."), code="full"
        ) from refusal


@transaction.atomic
def hand_out_aid(*, loan: AidLoan, due_on: dt.date, at: dt.datetime, by: User) -> AidLoan:
    """The aid was tried, set up and taken along.

    Refuses: due_wrong (not after today, or too far), already_lent, not_possible.
    """
    refuse_wrong_due(due_on, at)
    change_status(
        loan,
        verb="aid_lent",
        allowed=[Status.RESERVED],
        to=Status.LENT,
        at=at,
        by=by,
        lent_at=at,
        due_on=due_on,
    )
    notify_loan(loan, "aid_lent", at, day=due_on)
    return loan


def refuse_wrong_due(due_on: dt.date, at: dt.datetime) -> None:
    today = localdate(at)
    if not today < due_on <= today + LONGEST:
        raise ValidationError(
            _("Choose a day after today, at most %(days)s days ahead."),
            code="due_wrong",
            params={"days": LONGEST.days},
        )


@transaction.atomic
def lend_aid(
    *, stock: AidStock, resident: Resident, due_on: dt.date, via: str, at: dt.datetime, by: User
) -> AidLoan:
    """Reserved and handed out in one step, for who stands at the counter.

    Refuses: as `reserve_aid` and `hand_out_aid`.
    """
    loan = insert_loan(stock, resident, via, at, by)
    return hand_out_aid(loan=loan, due_on=due_on, at=at, by=by)


@transaction.atomic
def extend_loan(*, loan: AidLoan, due_on: dt.date, at: dt.datetime, by: User) -> AidLoan:
    """They may keep it longer, and are reminded anew.

    Refuses: due_wrong (also not later than before), not_possible.
    """
    refuse_wrong_due(due_on, at)
    later = AidLoan.objects.filter(due_on__lt=due_on)
    if loan.due_on and due_on <= loan.due_on:
        raise ValidationError(_("That is not later than the day agreed so far."), code="due_wrong")
    change_status(
        loan,
        verb="aid_extended",
        allowed=[Status.LENT],
        to=Status.LENT,
        at=at,
        by=by,
        rows=later,
        due_on=due_on,
        reminded_at=None,
        told_late_at=None,
    )
    notify_loan(loan, "aid_lent", at, day=due_on)
    return loan


@transaction.atomic
def return_aid(
    *, loan: AidLoan, at: dt.datetime, by: User, is_usable: bool = True, words: str = ""
) -> AidLoan:
    """It is back, or a lost one has been found. What cannot be lent again leaves the stock.

    Refuses: already_returned, not_possible, reason_missing (broken, and nothing said), reason_too_long.
    """
    if words.strip() or not is_usable:
        words = checked_reason(words, WORDS_LENGTH)
    loan.refresh_from_db(fields=["status"])
    was_lost = loan.status == Status.LOST
    change_status(
        loan,
        verb="aid_returned",
        allowed=[Status.LOST] if was_lost else [Status.LENT],
        to=Status.RETURNED,
        at=at,
        by=by,
        details={"usable": is_usable},
        words=words,
    )
    if not was_lost:
        loan.stock.give_back()
    change = is_usable - (not was_lost)
    if change:
        loan.stock.resize(change)
    return loan


@transaction.atomic
def lose_aid(*, loan: AidLoan, reason: str, at: dt.datetime, by: User) -> AidLoan:
    """It will not come back: there is one less to lend.

    Refuses: reason_missing, reason_too_long, already_lost, not_possible.
    """
    words = checked_reason(reason, WORDS_LENGTH)
    change_status(loan, verb="aid_lost", allowed=[Status.LENT], to=Status.LOST, at=at, by=by, words=words)
    loan.stock.give_back()
    loan.stock.resize(-1)
    return loan


@transaction.atomic
def cancel_loan(*, loan: AidLoan, via: str, at: dt.datetime, by: User) -> AidLoan:
    """A reservation is not needed any more.

    Refuses: not_allowed, already_cancelled, not_possible (handed out, or over).
    """
    details: dict[str, object] = {"via": via}
    if via == Via.ONLINE:
        mandate = mandate_to_represent(by, loan.resident, SCOPE)
        lock_mandate(mandate, at)
        details |= mandate_details(mandate)
    change_status(
        loan,
        verb="aid_cancelled",
        allowed=[Status.RESERVED],
        to=Status.CANCELLED,
        at=at,
        by=by,
        details=details,
    )
    loan.stock.give_back()
    return loan


def tend_loans(*, at: dt.datetime) -> int:
    """Reservations that nobody fetched lapse; who has an aid is reminded on the eve, and told once that it is
    late. Returns the number of rows that changed; harmless when repeated, late, or run twice at once.
    """
    today = localdate(at)
    rows = AidLoan.objects.shown().filter(resident__died_on=None)
    done = sum(
        lapse_reservation(loan, at)
        for loan in AidLoan.objects.shown().filter(status=Status.RESERVED, fetch_by__lt=today)
    )
    if at.astimezone(SHANGHAI).time() >= REMINDED_FROM:
        eve = rows.filter(status=Status.LENT, due_on=today + ONE_DAY, reminded_at=None)
        done += sum(tell_once(loan, "reminded_at", "aid_due", at) for loan in eve)
    late = rows.filter(status=Status.LENT, due_on__lt=today, told_late_at=None)
    return done + sum(tell_once(loan, "told_late_at", "aid_late", at) for loan in late)


@transaction.atomic
def lapse_reservation(loan: AidLoan, at: dt.datetime) -> bool:
    try:
        change_status(loan, verb="aid_lapsed", allowed=[Status.RESERVED], to=Status.LAPSED, at=at, by=None)
    except ValidationError:  # fetched or cancelled at this moment
        return False
    loan.stock.give_back()
    notify_loan(loan, "aid_lapsed", at)
    return True


@transaction.atomic
def tell_once(loan: AidLoan, column: str, event: str, at: dt.datetime) -> bool:
    """Unless it was told, extended or brought back at this moment."""
    assert loan.due_on is not None  # noqa: S101 - it is lent, by a constraint
    rows = AidLoan.objects.filter(pk=loan.pk, status=Status.LENT, due_on=loan.due_on, **{column: None})
    if not rows.update(**{column: at}):
        return False
    notify_loan(loan, event, at, day=loan.due_on)
    return True


def notify_loan(loan: AidLoan, event: str, at: dt.datetime, day: dt.date | None = None) -> None:
    """To the person, or to who asked in their name where the person has no phone."""
    stock = loan.stock
    place = stock.facility
    values: dict[str, Value] = {
        "code": loan.code,
        "aid": (stock.name_zh, stock.name_en),
        "place": (place.name_zh, place.name_en),
    }
    notify(
        event=event,
        community=loan.community_id,
        resident=loan.resident,
        user=login_to_notify(loan.resident, loan.mandate, at),
        at=at,
        dedupe=f"{event}:{loan.pk}:{day or at.isoformat()}",
        values=values | day_values(day),
    )


def day_values(day: dt.date | None) -> dict[str, Value]:
    if day is None:
        return {}
    return {"starts_at": start_of_day(day), "has_time": 0}
