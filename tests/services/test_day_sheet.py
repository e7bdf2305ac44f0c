"""The clerk's day at one hall: sheet, check-in, verbs, walk-ins."""

import re

import pytest
import time_machine
from django.urls import reverse

from circle.models import Record, Resident
from services.models import Booking, Ticket
from tests import make

pytestmark = pytest.mark.django_db

TODAY = make.MORNING.date()
NOW = make.moment(0, 9, 40)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def item():
    return make.bookable()


@pytest.fixture
def hall(item):
    return item.counters.get().facility


@pytest.fixture
def ours(hall):
    return hall.community


def booked(item, hour: int = 9, minute: int = 30, day: int = 0, **values) -> Booking:
    """Made online the evening before."""
    starts_at = make.moment(day, hour, minute)
    counter = item.counters.get()
    slot = counter.slots.filter(starts_at=starts_at).first() or make.slot(
        counter=counter, starts_at=starts_at, capacity=60
    )
    return make.booking(item=item, slot=slot, at=make.moment(-1, 20), **values)


def url_of(name: str, *args) -> str:
    return reverse(f"admin:services_booking_{name}", args=args)


def sheet_url(hall) -> str:
    return url_of("day", hall.short_code)


def test_both_sheets_name_the_window(client, clerk, item, hall):
    booking = booked(item)
    window = make.counter(items=[item], facility=hall, name_zh="二号窗口", name_en="Window 2")
    item = type(item).objects.get()  # which reads its counters again
    make.booking(
        item=item, slot=make.slot(counter=window, starts_at=make.moment(0, 10)), at=make.moment(-1, 20)
    )
    for address in (sheet_url(hall), sheet_url(hall) + "?print=1"):
        page = client.get(address)
        for counter in (booking.slot.counter, window):
            assert counter.name_zh in page.text


def codes_in(response) -> list[str]:
    """The codes of the refusals that the page shows."""
    return re.findall(r'data-code="([^"]*)"', response.text)


def do(client, booking, verb: str, **more):
    return client.post(url_of("do", booking.code), {"verb": verb, "back": "day"} | more, follow=True)


# The sheet --------------------------------------------------------------------------------------------------


def test_sheet_shows_the_days_bookings_by_time(client, clerk, item, hall):
    late = booked(item, 14)
    early = booked(item, 9, resident=make.own_resident(name="王桂兰"))
    other_day, gone = booked(item, 9, day=1), booked(item, 9)
    do(client, gone, "revoke", reason="停电")
    elsewhere = booked(make.bookable())
    response = client.get(sheet_url(hall))
    assert [row.booking for row in response.context["sheet"].rows] == [early, late]
    text = response.text
    assert [word in text for word in ("王桂兰", early.code, early.resident.masked_phone)] == [True] * 3
    assert [code in text for code in (early.resident.phone, other_day.code, elsewhere.code)] == [False] * 3


def test_sheet_adds_up(client, clerk, item, hall):
    here, _waiting = booked(item, 9), booked(item, 9, via="phone", by=clerk, resident=make.resident())
    do(client, here, "arrive")
    sheet = client.get(sheet_url(hall)).context["sheet"]
    assert [count for _label, count in sheet.by_state] == [1, 1, 0, 0, 0]
    assert [count for _label, count in sheet.by_via] == [1, 1, 0, 0, 0]


def test_sheet_of_another_day_and_of_no_day(client, clerk, item, hall):
    tomorrow = booked(item, day=1)
    response = client.get(sheet_url(hall), {"date": "2026-11-25"})
    assert [row.booking for row in response.context["sheet"].rows] == [tomorrow]
    assert "check-in" not in response.text
    for nonsense in ("2026-02-30", "tomorrow", "2026-13-01", ""):
        assert client.get(sheet_url(hall), {"date": nonsense}).context["date"] == TODAY


def test_sheet_leads_to_the_days_around(client, clerk, hall, page_links):
    assert page_links(client.get(sheet_url(hall))) == {"prev": "?date=2026-11-23", "next": "?date=2026-11-25"}


def test_sheet_for_paper_has_a_line_for_each_and_spare_ones(client, clerk, item, hall, html):
    found = booked(item)
    text = html(client.get(sheet_url(hall), {"print": "1"}))
    assert found.code in text
    assert "<form" not in text
    assert text.count("<tr>") == 1 + 1 + 8


def test_sheet_takes_the_same_few_queries_for_5_and_50_bookings(clerk, item, hall, queries_of):
    for _ in range(5):
        booked(item)
    few = queries_of(sheet_url(hall)), queries_of(sheet_url(hall) + "?print=1")
    for _ in range(45):
        booked(item)
    assert (queries_of(sheet_url(hall)), queries_of(sheet_url(hall) + "?print=1")) == few
    assert max(few) <= 12


def test_the_only_hall_opens_at_once(client, clerk, hall):
    assert client.get(url_of("days"))["Location"] == sheet_url(hall)


def test_halls_to_choose_from_with_their_bookings_of_today(client, clerk, item, hall, html):
    other = make.bookable().counters.get().facility
    booked(item)
    response = client.get(url_of("days"))
    assert dict(response.context["rows"]) == {hall: 1, other: 0}


def test_halls_with_bookings_stand_before_the_others(client, clerk, item, hall):
    for name in ("A", "B"):
        make.counter(facility=make.facility(community=hall.community, code=f"AA{name}"))
    booked(item)
    assert next(each for each, _count in client.get(url_of("days")).context["rows"]) == hall
    new = client.get(reverse("admin:services_booking_new"))
    assert next(each for each, _address in new.context["rows"]) == hall


def test_clerk_with_change_right_only_has_no_buttons(client, item, hall):
    booked(item)
    client.force_login(make.staff("services.view_booking"))
    text = client.get(sheet_url(hall)).text
    assert [word in text for word in ("check-in", "formaction", "walk-in")] == [False] * 3


# Check-in ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["{}", " {} ", "{lower}", "{first}-{last}", "{first} {last}"])
def test_code_is_checked_in_however_it_is_typed(client, clerk, item, hall, spelling):
    booking = booked(item)
    code = booking.code
    typed = spelling.format(code, lower=code.lower(), first=code[:4], last=code[4:])
    sent = {"code": typed, "date": "2026-11-24"}
    response = client.post(url_of("check_in", hall.short_code), sent)
    assert response["Location"] == f"{sheet_url(hall)}?date=2026-11-24"
    booking.refresh_from_db()
    assert booking.status == "arrived"
    assert booking.resident.name in client.get(sheet_url(hall)).text


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("nonsense", "unknown_code"),
        ("elsewhere", "other_hall"),
        ("foreign", "unknown_code"),
        ("tomorrow", "wrong_day"),
        ("twice", "already_arrived"),
        ("empty", "unknown_code"),
    ],
)
def test_check_in_says_why_not(client, clerk, item, hall, case, code):
    if case == "elsewhere":
        typed = booked(make.bookable()).code
    elif case == "foreign":
        community = make.community()
        login = make.resident_login()
        resident = make.resident(community=community, login=login)
        typed = booked(make.bookable(community=community), resident=resident).code
    elif case == "tomorrow":
        typed = booked(item, day=1).code
    elif case == "twice":
        booking = booked(item)
        do(client, booking, "arrive")
        typed = booking.code
    else:
        typed = {"nonsense": "ABCD2345", "empty": ""}[case]
    response = client.post(url_of("check_in", hall.short_code), {"code": typed}, follow=True)
    assert codes_in(response) == [code]
    assert Booking.objects.filter(status="arrived").count() == (case == "twice")


# Verbs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        (["arrive"], "arrived"),
        (["arrive", "serve"], "served"),
        (["serve"], "served"),
        (["no_show"], "no_show"),
        (["no_show", "undo"], "booked"),
        (["arrive", "undo"], "booked"),
        (["excuse"], "excused"),
        (["revoke"], "revoked"),
    ],
)
def test_each_verb_changes_the_booking_and_goes_back_to_the_sheet(client, clerk, item, hall, steps, status):
    booking = booked(item)
    for verb in steps:
        response = do(client, booking, verb, reason="摔伤了")
        assert response.redirect_chain == [(f"{sheet_url(hall)}?date=2026-11-24", 302)]
        assert codes_in(response) == []
    booking.refresh_from_db()
    assert booking.status == status
    assert Record.objects.about(booking).latest("pk").actor == clerk


def test_cancel_goes_by_phone_until_the_start(client, clerk, item):
    """Beyond the two hours that residents have online."""
    booking = booked(item, 10)
    do(client, booking, "cancel")
    booking.refresh_from_db()
    assert (booking.status, booking.slot.taken) == ("cancelled", 0)


@pytest.mark.parametrize(
    ("verb", "hour", "code"),
    [("undo", 9, "nothing_to_undo"), ("no_show", 14, "too_early")],
)
def test_refused_verb_says_why_on_the_sheet(client, clerk, item, verb, hour, code):
    booking = booked(item, hour)
    assert codes_in(do(client, booking, verb)) == [code]
    booking.refresh_from_db()
    assert booking.status == "booked"


@pytest.mark.parametrize(
    ("verb", "more", "code"),
    [
        ("excuse", {"reason": " "}, "reason_missing"),
        ("revoke", {"reason": "长" * 121}, "reason_too_long"),
        ("cancel", {}, "too_late"),
        ("move", {}, "too_late"),
    ],
)
def test_refused_question_is_asked_again_and_keeps_what_was_typed(client, clerk, item, verb, more, code):
    booking = booked(item, 9)
    slot = make.slot(counter=item.counters.get(), starts_at=make.moment(1, 9))
    response = do(client, booking, verb, slot=slot.code, **more)
    assert (response.status_code, codes_in(response)) == (422, [code])
    assert more.get("reason", "").strip() in response.text
    booking.refresh_from_db()
    assert booking.status == "booked"


@pytest.mark.parametrize("verb", ["arrive", "serve", "excuse", "cancel", "revoke", "move"])
def test_question_page_changes_nothing(client, clerk, item, verb):
    booking = booked(item, 10)
    response = client.get(url_of("ask", booking.code, verb), {"back": "day"})
    assert response.status_code == 200
    assert url_of("do", booking.code) in response.text
    assert client.post(url_of("ask", booking.code, verb)).status_code == 405
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_booking_is_moved_to_a_free_time_of_either_share(client, clerk, item, hall):
    booking, counter = booked(item, 10), item.counters.get()
    kept = make.slot(counter=counter, starts_at=make.moment(1, 9), channel="counter", capacity=1)
    online = make.slot(counter=counter, starts_at=make.moment(1, 9), capacity=2)
    other = make.slot(counter=counter, starts_at=make.moment(1, 10), capacity=1)
    full = make.slot(counter=counter, starts_at=make.moment(1, 11), capacity=0)
    text = client.get(url_of("ask", booking.code, "move"), {"day": "2026-11-25"}).text
    shown = [str(slot.code) in text for slot in (kept, online, other, full)]
    assert shown == [True, False, True, False]
    response = do(client, booking, "move", slot=kept.code)
    assert response.redirect_chain == [(f"{sheet_url(hall)}?date=2026-11-24", 302)]
    booking.refresh_from_db()
    assert (booking.slot, booking.day) == (kept, kept.day)


@pytest.mark.parametrize("slot", ["", "nonsense", "7f1e2a9c-5a55-4c5e-9a1f-0b6f3f1c2d3e"])
def test_move_without_a_time_is_refused(client, clerk, item, slot):
    assert codes_in(do(client, booked(item, 10), "move", slot=slot)) == ["slot_missing"]


def test_move_to_a_time_that_filled_up_is_refused(client, clerk, item):
    full = make.slot(counter=item.counters.get(), starts_at=make.moment(1, 9), capacity=0)
    assert codes_in(do(client, booked(item, 10), "move", slot=full.code)) == ["full"]


def test_verb_of_the_bookings_page_goes_back_to_it(client, clerk, item):
    booking = booked(item)
    page = url_of("change", booking.pk)
    text = client.get(page).text
    names = ["arrive", "serve", "no_show", "excuse", "revoke"]
    assert [url_of("ask", booking.code, name) in text for name in names] == [True] * 5
    assert [url_of("ask", booking.code, name) in text for name in ("move", "cancel", "undo")] == [False] * 3
    assert client.post(url_of("do", booking.code), {"verb": "arrive"})["Location"] == page


def test_unknown_verb_is_not_found(client, clerk, item):
    booking = booked(item)
    assert client.get(url_of("ask", booking.code, "delete")).status_code == 404
    assert client.post(url_of("do", booking.code), {"verb": "delete"}).status_code == 404
    assert client.post(url_of("do", booking.code)).status_code == 404


def test_only_what_is_possible_is_offered(client, clerk, item, hall):
    """Of a walk-in, as they were taken in before there were tickets, no step is taken back."""
    booked(item)
    make.slot(counter=item.counters.get(), starts_at=make.moment(0, 10), channel="counter")
    taken = make.booking(item=item, slot=make.slot(counter=item.counters.get(), starts_at=make.moment(0, 11)))
    Booking.objects.filter(pk=taken.pk).update(via="walk_in", status="arrived", status_at=NOW)
    rows = client.get(sheet_url(hall)).context["sheet"].rows
    names = [[verb.name for verb in row.verbs] for row in rows]
    assert names == [["arrive", "serve", "no_show", "excuse", "revoke"], ["serve", "revoke"]]


# Walk-ins ---------------------------------------------------------------------------------------------------


def walk_in(client, hall, wanted, **values):
    sent = {"item": wanted.code, "name": "赵大爷", "phone": "", "once": "k1"} | values
    return client.post(url_of("walk_in", hall.short_code), sent)


@pytest.fixture
def place(item):
    """One place for phone and window, half an hour from now."""
    return make.slot(counter=item.counters.get(), starts_at=make.moment(0, 10), channel="counter", capacity=1)


def test_walk_in_is_taken_in_at_once(client, clerk, item, hall, place):
    form = client.get(url_of("walk_in", hall.short_code))
    assert "autofocus" in form.text
    response = walk_in(client, hall, item, phone="138 0013 8000")
    assert response["Location"] == f"{sheet_url(hall)}?date=2026-11-24"
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.origin, ticket.item) == ("waiting", "desk", item)
    assert (ticket.resident.name, ticket.resident.phone) == ("赵大爷", "13800138000")
    assert ticket.label in client.get(sheet_url(hall)).text
    place.refresh_from_db()
    assert place.taken == 0


def test_double_click_takes_in_one_person_once(client, clerk, item, hall, place):
    place.resize(1)
    assert [walk_in(client, hall, item).status_code for _ in range(2)] == [302, 302]
    assert (Ticket.objects.count(), Resident.objects.count()) == (1, 1)


def test_walk_in_offers_what_is_served_here(client, clerk, item, hall):
    """Also what has no time left today; not what is served elsewhere, or withdrawn."""
    other = make.item()
    make.counter(items=[other, make.item(withdrawn_on=TODAY)], facility=hall)
    make.counter(items=[make.item()])
    form = client.get(url_of("walk_in", hall.short_code)).context["form"]
    assert set(form.fields["item"].queryset) == {item, other}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "", "phone": "13800138000"}, "name_missing"),
        ({"priority": "rich"}, "invalid_choice"),
        ({"item": "NONE"}, "invalid_choice"),
        ({"phone": "12"}, "phone_invalid"),
    ],
)
def test_walk_in_form_says_what_is_wrong(client, clerk, item, hall, place, values, code):
    response = walk_in(client, hall, item, **values)
    assert (response.status_code, codes_in(response)) == (422, [code])
    assert not Ticket.objects.exists()


def test_walk_in_who_may_be_in_the_register_is_chosen_there(client, clerk, item, hall, place):
    known, spouse = (make.resident(name=name, phone="13800138000") for name in ("赵大爷", "赵大妈"))
    by_phone = {"phone": "13800138000", "name": "赵老"}
    for typed in ({"name": "zdy"}, {"name": "8000"}, {"name": "赵大爷"}, by_phone):
        response = walk_in(client, hall, item, **typed)
        assert (response.status_code, codes_in(response)) == (422, ["choose_person"]), typed
        assert f'value="{known.code}"' in response.text
    assert f'value="{spouse.code}"' in response.text
    assert (Ticket.objects.count(), Resident.objects.count()) == (0, 2)
    assert walk_in(client, hall, item, name="zdy", person=str(known.code)).status_code == 302
    assert (Ticket.objects.get().resident, Resident.objects.count()) == (known, 2)


def test_walk_in_somebody_new_of_a_known_name_is_registered(client, clerk, item, hall, place):
    known = make.resident(name="赵大爷", phone="13800138000")
    assert walk_in(client, hall, item, person="new").status_code == 302
    resident = Ticket.objects.get().resident
    assert (resident.name, resident.phone, resident != known) == ("赵大爷", "", True)


@pytest.mark.parametrize("typed", ["0027", "13912340027"])
def test_number_that_finds_nobody_is_no_name(client, clerk, item, hall, place, typed):
    response = walk_in(client, hall, item, name=typed)
    assert (response.status_code, codes_in(response)) == (422, ["name_missing"])
    assert not Resident.objects.exists()


def test_walk_in_as_somebody_of_another_community_is_asked_again(client, clerk, item, hall, place):
    make.resident(name="赵大爷")
    stranger = make.resident(name="赵大爷", community=make.community())
    response = walk_in(client, hall, item, person=str(stranger.code))
    assert codes_in(response) == ["choose_person"]
    assert str(stranger.code) not in response.text.replace(f'value="{stranger.code}"', "", 1)
    assert not Ticket.objects.exists()


def test_walk_in_that_is_refused_keeps_what_was_typed(client, clerk, item, hall, place):
    known = make.own_resident(name="钱大妈")
    make.booking(
        item=item, slot=make.slot(counter=place.counter, starts_at=make.moment(0, 11)), resident=known
    )
    response = walk_in(client, hall, item, name="钱大妈", person=str(known.code))
    assert (response.status_code, codes_in(response)) == (422, ["already_booked"])
    assert "钱大妈" in response.text
    assert not Ticket.objects.exists()


# Doors ------------------------------------------------------------------------------------------------------


def addresses(booking) -> dict[str, list[str]]:
    """Every address of the desk for this booking and its hall, by method."""
    hall = booking.slot.counter.facility.short_code
    look = [("day", hall), ("ask", booking.code, "arrive"), ("walk_in", hall)]
    act = [("check_in", hall), ("do", booking.code), ("walk_in", hall)]
    return {"get": [url_of(*args) for args in look], "post": [url_of(*args) for args in act]}


def answers(client, booking) -> set[int]:
    return {
        getattr(client, method)(url, {"verb": "arrive", "code": booking.code}).status_code
        for method, urls in addresses(booking).items()
        for url in urls
    }


def test_desk_is_shut_to_strangers(client, item):
    booking = booked(item)
    for urls in addresses(booking).values():
        for url in urls:
            assert client.post(url)["Location"].startswith("/admin/login/")


def test_desk_of_another_community_is_not_found(client, item):
    client.force_login(make.clerk(community=make.community()))
    assert answers(client, booked(item)) == {404}


def test_desk_needs_permission(client, item):
    booking = booked(item)
    client.force_login(make.staff("circle.view_resident"))
    assert answers(client, booking) == {403}
    client.force_login(make.staff("services.view_booking"))
    assert {client.post(url).status_code for url in addresses(booking)["post"]} == {403}
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_state_is_never_changed_by_get(client, clerk, item, hall):
    booking = booked(item)
    for url in (url_of("check_in", hall.short_code), url_of("do", booking.code)):
        assert client.get(url, {"verb": "arrive", "code": booking.code}).status_code == 405
    assert client.post(sheet_url(hall)).status_code == 405
    booking.refresh_from_db()
    assert booking.status == "booked"
