"""The pages of care that comes again: online, at the desk, and the coordinator's list."""

import datetime as dt

import pytest
from django.urls import reverse

from eldercare.backoffice.queues import care_queues
from eldercare.models import CareBooking, CareSeries, SeriesDate
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
WEEK = dt.timedelta(days=7)


def weekly(slot, last: dt.date) -> dict[str, str]:
    return {"every": "1", "until": last.isoformat(), "note": "", "once": "key"}


def test_resident_asks_for_a_series_pauses_and_ends_it(client, codes):
    slot = care.slot()
    elder = make.own_resident(community=slot.community)
    client.force_login(elder.login)
    query = f"?resident={elder.code}&slot={slot.code}"
    needs = reverse("care_needs", args=[slot.kind.code]) + query
    assert codes(client.post(needs, {"every": "1", "note": ""})) == {"required"}
    last = slot.day + 10 * WEEK
    said = weekly(slot, last)
    assert client.post(needs, said).status_code == 302
    check = reverse("care_check", args=[slot.kind.code]) + query
    assert client.get(check).context["needs"].rhythm.last_day == last
    page = client.post(check, said)["Location"]
    assert client.post(check, said)["Location"] == page  # a second click
    series = CareSeries.objects.get()
    assert page == series.get_absolute_url()
    booking = CareBooking.objects.get()
    assert booking.code in client.get(page).text
    assert series.code in client.get(reverse("me")).text
    assert page in client.get(booking.get_absolute_url()).text
    cancel = client.get(reverse("care_cancel", args=[booking.code])).text
    assert f"{reverse('care_series_change', args=[series.code, 'end'])}?from={slot.day}" in cancel
    first, end = slot.day + 2 * WEEK, slot.day + 3 * WEEK
    pause = reverse("care_series_change", args=[series.code, "pause"])
    wrong = client.post(pause, {"starts_on": end.isoformat(), "ends_on": first.isoformat()})
    assert codes(wrong) == {"pause_backwards"}
    days = {"starts_on": first.isoformat(), "ends_on": end.isoformat()}
    assert client.post(pause, days)["Location"] == page
    resume = reverse("care_series_change", args=[series.code, "resume"])
    assert client.post(resume, {"pause": series.pauses.get().pk})["Location"] == page
    move = reverse("care_series_change", args=[series.code, "move"])
    assert client.get(move).status_code == 200
    stop = reverse("care_series_change", args=[series.code, "end"])
    assert client.post(stop, {"from_day": ""})["Location"] == page
    booking.refresh_from_db()
    assert booking.status == "cancelled"
    assert client.get(reverse("care_series_change", args=[series.code, "nothing"])).status_code == 404


def test_coordinator_makes_confirms_and_finds_a_time_for_what_waits(client):
    kind = care.request_kind()
    boss, grandma = care.coordinator(community=kind.community), care.elder(community=kind.community)
    client.force_login(boss)
    what = f"{reverse('admin:eldercare_carebooking_what')}?resident={grandma.code}&kind={kind.code}"
    day = make.moment(2, 9).date()
    said = weekly(None, day + 10 * WEEK) | {"day": day.isoformat(), "via": "phone"}
    assert client.post(what, said)["Location"] == reverse("admin:circle_resident_card", args=[grandma.code])
    series = CareSeries.objects.get()
    url = reverse("admin:eldercare_careseries_change", args=[series.pk])
    confirm = reverse("admin:eldercare_careseries_ask", args=[series.code, "confirm"])
    assert confirm in client.get(url).text
    client.post(confirm)
    assert set(CareBooking.objects.values_list("status", flat=True)) == {"confirmed"}
    row = SeriesDate.objects.create(
        community=series.community,
        series=series,
        week=series.first_day + 20 * WEEK,
        day=make.moment(5, 9).date(),
        status="waiting",
        status_at=make.MORNING,
        cause="day_closed",
    )
    waiting = [queue for queue in care_queues(boss) if "seriesdate" in queue.url]
    assert [queue.count for queue in waiting] == [1]
    assert grandma.name in client.get(waiting[0].url).text
    book = reverse("admin:eldercare_seriesdate_ask", args=[row.pk, "book"])
    extend = confirm.replace("/confirm/", "/extend/")
    for page in (client.get(book), client.get(extend)):  # each says what it is about
        assert (kind.name in page.text, grandma.name in page.text) == (True, True)
    assert client.post(book, {"day": make.moment(6, 9).date().isoformat()}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.booking.day) == ("booked", make.moment(6, 9).date())
