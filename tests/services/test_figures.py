"""A month's figures, on the page and as CSV."""

import csv
import io

import pytest
import time_machine
from django.urls import reverse

from circle.web.export_formats import escape_formula
from services.admin.figures import month_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.MORNING, tick=False):
        yield


@pytest.fixture
def item():
    return make.bookable(code="EL02", name_zh="高龄津贴", name_en="Old-age allowance")


@pytest.fixture
def ours(item):
    return item.community


def url() -> str:
    return reverse("admin:services_booking_figures")


def table(response) -> list[list[str]]:
    """What a spreadsheet reads."""
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_figures_by_way_and_outcome(client, clerk, item):
    slot = make.slot(counter=item.counters.get(), starts_at=make.moment(0, 14), capacity=9)
    make.booking(item=item, slot=slot)
    # by phone, for somebody who has none
    spoken = make.booking(item=item, slot=slot, resident=make.resident(), via="phone", by=clerk)
    client.post(reverse("admin:services_booking_do", args=[spoken.code]), {"verb": "serve"})
    response = client.get(url())
    assert response.context["rows"] == [["EL02", "高龄津贴", 2, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0]]
    assert response.context["totals"][2:] == [2, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0]
    assert "Old-age allowance" in client.get(f"/en{url()}").text


def test_figures_of_another_month_are_empty(client, clerk, item, page_links):
    make.booking(item=item)
    response = client.get(url(), {"month": "2026-10"})
    assert response.context["rows"] == []
    assert page_links(response) == {"prev": "?month=2026-09", "next": "?month=2026-11"}
    for month in ("0001-01", "9999-12", "x"):
        assert client.get(url(), {"month": month}).status_code == 200


def test_figures_of_a_month_that_is_none_are_of_this_one(client, clerk, item):
    make.booking(item=item)
    for nonsense in ("2026-13", "last", "2026-11-01", ""):
        assert len(client.get(url(), {"month": nonsense}).context["rows"]) == 1


def test_month_ends_on_its_last_day():
    ends = [month_of(text)[1].isoformat() for text in ("2026-02", "2028-02", "2026-12", "2026-11")]
    assert ends == ["2026-02-28", "2028-02-29", "2026-12-31", "2026-11-30"]


def test_figures_count_ones_own_community(client, clerk, item):
    community = make.community()
    foreign = make.bookable(community=community)
    resident = make.resident(community=community, login=make.resident_login())
    make.booking(slot=make.slot(of=foreign), resident=resident)
    make.booking(item=item)
    assert [row[0] for row in client.get(url()).context["rows"]] == ["EL02"]
    forged = client.get(url(), {"community": community.slug})
    assert [row[0] for row in forged.context["rows"]] == ["EL02"]
    client.force_login(make.director())
    chosen = client.get(url(), {"community": community.slug})
    assert [row[0] for row in chosen.context["rows"]] == [foreign.code]


def test_table_to_download(client, clerk, item):
    make.booking(item=item)
    response = client.get(f"/en{url()}", {"csv": "1"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="bookings-2026-11.csv"' in response["Content-Disposition"]
    assert response.content.startswith(b"\xef\xbb\xbf")
    heads, row, totals = table(response)
    assert (heads[:4], row[:4]) == (
        ["Number", "Service item", "all", "online"],
        ["EL02", "Old-age allowance", "1", "1"],
    )
    assert totals[1:4] == ["All items", "1", "1"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_table_disarms_what_a_spreadsheet_would_run(client, clerk, sign):
    item = make.bookable(name_zh=f"{sign}HYPERLINK(1)")
    make.booking(item=item)
    _heads, row, _totals = table(client.get(url(), {"csv": "1"}))
    assert row[1] == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize("unseen", [" ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u202e", " \u200d\u2060"])
def test_formula_after_what_nobody_sees_is_disarmed(unseen):
    assert escape_formula(f"{unseen}=HYPERLINK(1)") == f"'{unseen}=HYPERLINK(1)"
    assert escape_formula(f"{unseen}老年证") == f"{unseen}老年证"


def test_numbers_and_plain_words_stay_as_they_are():
    assert [escape_formula(cell) for cell in (-3, "高龄津贴", "a=b", "")] == [-3, "高龄津贴", "a=b", ""]


def test_figures_are_shut_to_others(client, item):
    assert client.get(url())["Location"].startswith("/admin/login/")
    client.force_login(make.staff("services.view_slot"))
    assert client.get(url()).status_code == 403
    client.force_login(make.clerk())
    assert client.post(url()).status_code == 405


def test_figures_take_the_same_few_queries_for_5_and_50_bookings(clerk, item, queries_of):
    slot = make.slot(counter=item.counters.get(), capacity=60)
    for _ in range(5):
        make.booking(item=item, slot=slot)
    few = queries_of(url())
    for _ in range(45):
        make.booking(item=item, slot=slot)
    assert queries_of(url()) == few <= 12
