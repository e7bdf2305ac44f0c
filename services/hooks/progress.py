"""Where a booking or an agency case stands: the hook `progress`."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from circle.search.progress import Progress, numbers_of
from circle.templatetags.circle_tags import clock_time, month_day
from services.models import AgencyCase, AidLoan, Booking, Repair
from services.models.case_clock import clock_of


def progress_of_booking(code: str) -> Progress | None:
    rows = Booking.objects.shown().select_related("resident__login", "mandate")
    found = rows.filter(code=code).first()
    if found is None:
        return progress_of_case(code)
    starts_at = found.slot.starts_at
    return Progress(
        title=found.item.name,
        state=found.get_status_display(),
        note=f"{month_day(starts_at)} {clock_time(starts_at)} · {found.slot.counter.facility.name}",
        url=f"{reverse('find_booking')}?{urlencode({'code': code})}",
        phones=numbers_of(found.resident, found.mandate),
    )


def progress_of_case(code: str) -> Progress | None:
    rows = AgencyCase.objects.shown().select_related("item__community", "mandate__agent")
    case = rows.filter(code=code).first()
    if case is None:
        return progress_of_loan(code)
    clock = clock_of(case, localdate())
    until = f" · {month_day(clock.due.on)}" if clock.due else ""
    return Progress(
        title=case.item.name,
        state=case.get_status_display(),
        note=f"{clock.holder.label}{until}",
        url=f"{reverse('find_case')}?{urlencode({'code': code})}",
        phones=numbers_of(case.resident, case.mandate),
    )


def progress_of_loan(code: str) -> Progress | None:
    loan = AidLoan.objects.shown().select_related("mandate__agent").filter(code=code).first()
    if loan is None:
        return progress_of_repair(code)
    return Progress(
        title=loan.stock.name,
        state=loan.get_status_display(),
        note=f"{month_day(loan.due_on or loan.fetch_by)} · {loan.stock.facility.name}",
        url=loan.get_absolute_url(),
        phones=numbers_of(loan.resident, loan.mandate),
    )


def progress_of_repair(code: str) -> Progress | None:
    repair = Repair.objects.shown().select_related("mandate__agent").filter(code=code).first()
    if repair is None:
        return None
    return Progress(
        title=repair.get_kind_display(),
        state=repair.get_status_display(),
        note=repair.firm.name if repair.firm else month_day(repair.reported_at),
        url=repair.get_absolute_url(),
        phones=numbers_of(repair.resident, repair.mandate),
    )
