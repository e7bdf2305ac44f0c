"""Items, counters and hours out to a spreadsheet and back: looked at first, then all rows or none."""

import io

import pytest
from django.core.exceptions import ValidationError

from circle.models import OpeningHours, Record
from circle.web.export_formats import escape_formula
from services.actions.table_imports import import_table
from services.actions.table_resources import TABLES
from services.backoffice.table_files import read_table, write_table
from services.models import CounterShift, ServiceItem
from tests import make
from tests.html_forms import sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

URL = "/en/admin/services/serviceitem/tables/items/"


def brought(key: str, text: str, by, seen: str = ""):
    table = TABLES[key]
    rows = read_table(table, text.encode())
    return import_table(table=table, community=make.here(), rows=rows, at=make.MORNING, by=by, seen=seen)


def refused(key: str, data: bytes) -> str:
    with pytest.raises(ValidationError) as refusal:
        read_table(TABLES[key], data)
    return refusal.value.code


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_and_comes_back_changes_nothing(director, kind):
    item = make.bookable(code="A1", fee_zh="=免费", name_en="-Item", checked_on=make.MORNING.date())
    make.counter_shift(counter=item.counters.get())
    for table in TABLES.values():
        data = write_table(table, make.here(), kind).content
        if kind == "csv":
            assert table.key != "items" or escape_formula("=免费") in data.decode()
        rows = read_table(table, data)
        found = import_table(table=table, community=make.here(), rows=rows, at=make.MORNING, by=director)
        assert (found.changes, found.faults) == ([], []), table.key
        assert found.unchanged == len(rows) > 0


def test_every_mistake_has_its_row_and_column_and_nothing_is_changed(director):
    make.item(code="A1", promised_days=5, name_zh="老年证")
    found = brought(
        "items", "code,promised_days,category,name_zh\nA1,soon,nowhere,新名\nB1,3,,新项\n", director
    )
    places = {(fault.row, fault.column) for fault in found.faults}
    labels = TABLES["items"].labels
    assert {(2, labels["promised_days"]), (2, labels["category"]), (3, labels["name_en"])} <= places
    assert ServiceItem.objects.get().name_zh == "老年证"
    assert (
        brought("hours", "facility,weekday,opens,closes\nnowhere,1,9:00,10:00\n", director).faults[0].row == 2
    )


def test_changes_are_made_only_as_they_were_seen(director):
    item = make.item(code="A1", fee_zh="免费")
    text = "code,fee_zh\nA1,10元\n"
    seen = brought("items", text, director)
    [change] = seen.changes
    assert (change.row, change.kind, change.cells[0][1:], seen.is_done) == (
        2,
        "changed",
        ("免费", "10元"),
        False,
    )
    ServiceItem.objects.update(fee_zh="5元")
    assert not brought("items", text, director, seen.digest).is_done
    again = brought("items", text, director)
    assert brought("items", text, director, again.digest).is_done
    item.refresh_from_db()
    assert (item.fee_zh, Record.objects.get(verb="table_imported").details["table"]) == ("10元", "items")
    assert brought("items", text, director, again.digest).changes == []
    with pytest.raises(ValidationError) as refusal:
        brought("items", text, make.clerk())
    assert refusal.value.code == "not_allowed"


def test_new_item_is_a_draft(director):
    theme = make.category(slug="relief")
    head = "code,name_zh,name_en,summary_zh,category,dimension,provider_zh,promised_days"
    text = f"{head}\nB1,新项,New,说明,{theme.slug},civic,窗口,3\n"
    assert brought("items", text, director, brought("items", text, director).digest).is_done
    assert ServiceItem.objects.get().status == "draft"


def test_hours_that_would_take_the_time_of_a_booking_are_refused(director):
    booking = make.booking()
    place = booking.slot.counter.facility
    day = booking.slot.day.weekday()
    text = f"facility,weekday,opens,delete\n{place.code},{day},9:00,yes\n"
    found = brought("hours", text, director)
    assert ([change.kind for change in found.changes], found.hit) == (["deleted"], 1)
    assert not brought("hours", text, director, found.digest).is_done
    assert OpeningHours.objects.filter(facility=place, weekday=day).count() == 2


def test_overlapping_hours_of_a_counter_are_refused(director):
    shift = make.counter_shift()
    text = f"counter,weekday,date,opens,closes,valid_from\n{shift.counter.code},2,,9:30,10:30,\n"
    assert [fault.row for fault in brought("shifts", text, director).faults] == [2]
    assert CounterShift.objects.count() == 1


def test_file_is_refused_with_a_code():
    rows = "\n".join(f"x{number},坏" for number in range(10_000))
    assert refused("items", f"code,name_zh\n{rows}\n".encode()) == "too_many_rows"
    assert refused("items", b"code,colour\nA1,red\n") == "unknown_columns"
    assert refused("items", "name_zh\n新\n".encode()) == "missing_columns"
    assert refused("items", b"code\n") == "no_rows"
    assert refused("items", b"PK\x03\x04 no workbook") == "not_a_workbook"
    assert refused("items", b"x" * 1_100_000) == "too_large"


def test_only_the_first_hundred_mistakes_are_looked_for(director):
    rows = "\n".join(f"x{number},坏" for number in range(900))
    found = brought("items", f"code,name_zh\n{rows}\n", director)
    assert len({fault.row for fault in found.faults}) == 100


def test_director_brings_a_file_in(client, director):
    make.item(code="A1", fee_zh="免费")
    upload = io.BytesIO("事项编号,费用（中文）\nA1,10元\n".encode())
    upload.name = "items.csv"
    page = client.post(URL, {"file": upload})
    assert (page.status_code, ServiceItem.objects.get().fee_zh) == (200, "免费")
    assert client.post(URL, sent_by(page, "make")).status_code == 302
    assert ServiceItem.objects.get().fee_zh == "10元"
    assert client.post(URL, {}).status_code == 422
