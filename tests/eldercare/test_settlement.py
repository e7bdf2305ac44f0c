"""Monthly figures of elder care, and what each elder and each funder pays."""

import datetime as dt
import io
from itertools import count

import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from circle.calendar.working_days import SHANGHAI
from circle.models import Record
from circle.web.spreadsheets import write_xlsx
from eldercare.actions.settlement import amount, settle_month
from eldercare.models import CareBooking, CarePrice, CareSlot
from tests import make, make_rights
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
ONE_DAY = dt.timedelta(days=1)
TIMES = count()
BOOKINGS = "/en/admin/eldercare/carebooking/figures/?month=2026-11"
SETTLEMENT = "/en/admin/eldercare/careprice/settlement/?month=2026-11"


def given(day: dt.date = FIRST, **values) -> CareBooking:
    """Care of an hour and a half that was done on that day, whenever the test runs."""
    number = next(TIMES)
    kind = values.pop("kind", None) or care.kind()
    slot = care.slot(kind=kind, starts_at=make.moment(1 + number // 8 % 10, 9 + number % 8))
    booking = care.assigned(slot=slot, **values)
    starts_at = dt.datetime.combine(day, dt.time(9 + number % 8), tzinfo=SHANGHAI)
    moved = {"starts_at": starts_at, "day": day}
    CareSlot.objects.filter(pk=slot.pk).update(**moved, ends_at=starts_at + dt.timedelta(minutes=90))
    CareBooking.objects.filter(pk=booking.pk).update(**moved, status="done")
    return booking


def lines(community) -> dict[tuple[int, str, int], tuple[int, int | None]]:
    found = settle_month(community, FIRST, LAST)
    price = {line: line.price.elder_cents if line.price else 0 for line in found.lines}
    return {(line.elder.pk, line.payer, price[line]): (line.visits, line.cents) for line in found.lines}


def test_each_day_has_the_price_row_of_its_date_and_each_funder_its_part():
    kind = care.kind()
    poor, rich = make.own_resident(), make.own_resident()
    make_rights.price(kind=kind, unit="hour", elder_cents=2001)
    make_rights.price(kind=kind, unit="hour", elder_cents=3000, valid_from=FIRST + 9 * ONE_DAY)
    funded = {"unit": "visit", "funder": "civil", "funder_cents": 1500}
    make_rights.price(kind=kind, reason="destitute", elder_cents=500, **funded)
    make_rights.price(kind=kind, reason="alone", elder_cents=900, unit="visit")
    care.tag("destitute", resident=poor, at=make.MORNING - 60 * ONE_DAY)
    care.tag("alone", resident=poor, at=make.MORNING - 60 * ONE_DAY)
    for day in (FIRST, FIRST + 9 * ONE_DAY, FIRST + 10 * ONE_DAY):
        given(day, kind=kind, resident=rich)
    given(FIRST, kind=kind, resident=poor)
    given(FIRST - ONE_DAY, kind=kind, resident=rich)  # of the month before
    care.assigned(slot=care.slot(kind=kind, starts_at=make.moment(12, 18)), resident=rich)  # not done
    assert lines(kind.community) == {
        (rich.pk, "elder", 2001): (1, 3002),  # one hour and a half, half a fen rounded up
        (rich.pk, "elder", 3000): (2, 9000),
        (poor.pk, "elder", 500): (1, 500),  # of two reasons the one with which the elder pays least
        (poor.pk, "civil", 500): (1, 1500),
    }
    found = settle_month(kind.community, FIRST, LAST)
    assert (found.cents, found.without_price) == ({"elder": 12_502, "civil": 1500}, 0)
    assert amount(1, "hour", 90) == 2


def test_care_without_a_price_is_named_and_what_was_stopped_or_is_elsewhere_is_not_charged():
    booking = given()
    stopped = given()
    CareBooking.objects.filter(pk=stopped.pk).update(status="stopped", reason="头晕")
    make_rights.price(kind=booking.kind, valid_from=FIRST + ONE_DAY)  # from the day after
    found = settle_month(booking.community, FIRST, LAST)
    assert [(line.elder, line.cents) for line in found.lines] == [(booking.resident, None)]
    assert (found.without_price, found.cents) == (1, {"elder": 0})
    assert settle_month(make.community(), FIRST, LAST).lines == []


def test_price_refuses_a_rest_that_nobody_pays():
    kind = care.kind()
    for wrong in ({"funder": "civil"}, {"funder_cents": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_rights.price(kind=kind, **wrong)
    make_rights.price(kind=kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rights.price(kind=kind)
    assert CarePrice.objects.count() == 1


def cells_of(content: bytes) -> list[str]:
    sheet = load_workbook(io.BytesIO(content)).active
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_pages_print_and_export_for_the_coordinator_alone(client):
    booking = given()
    make_rights.price(kind=booking.kind, elder_cents=123_450)
    boss = care.coordinator(community=booking.community)
    client.force_login(boss)
    shown = client.get(SETTLEMENT)
    assert booking.resident.name in shown.text
    assert "1234.50" in shown.text
    printed = client.get(f"{SETTLEMENT}&print=1")
    assert 'class="sign"' in printed.text
    assert "Signature" in printed.text
    cells = cells_of(client.get(f"{SETTLEMENT}&xlsx=1").content)
    assert {booking.resident.name, "1234.5", "2026-01-01"} <= set(cells)
    assert booking.resident.name in client.get(f"{SETTLEMENT}&csv=1").text
    assert Record.objects.filter(verb="settlement_read", actor=boss).count() == 4
    counted = client.get(BOOKINGS)
    assert booking.kind.name_en in counted.text
    assert booking.kind.name_en in cells_of(client.get(f"{BOOKINGS}&xlsx=1").content)
    for wrong in ("2026-13", "9" * 400, "x"):  # this month instead
        assert client.get(SETTLEMENT.replace("2026-11", wrong)).status_code == 200
    client.force_login(make.post("hall_clerk", community=booking.community).user)
    assert client.get(SETTLEMENT).status_code == 403


def test_settlement_asks_as_many_queries_for_many_elders(django_assert_num_queries):
    first = given()
    for _number in range(4):
        given(kind=first.kind)
    with django_assert_num_queries(4):
        assert len(settle_month(first.community, FIRST, LAST).lines) == 5


def test_spreadsheet_runs_no_text_as_a_formula():
    table = [["=1+1", "a & <b>", "\x00\x0b中文"], [1, None, 2.5]]
    assert cells_of(write_xlsx(table)) == ["'=1+1", "a & <b>", "中文", "1", "2.5"]
