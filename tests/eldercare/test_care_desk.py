"""The coordinator's desk and the care worker's sheet, in the admin."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from eldercare.actions import Answers
from eldercare.backoffice.queues import care_queues
from eldercare.models import CareBooking, CareSlot
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
TOMORROW = "2026-11-25"
SHEET = "/admin/eldercare/carebooking/day/"


@pytest.fixture
def boss(client):
    make.here()
    found = care.coordinator()
    client.force_login(found)
    return found


@pytest.fixture
def there():
    """Tomorrow at half past ten."""
    with time_machine.travel(make.moment(1, 10, 30), tick=False):
        yield


def do(client, booking: CareBooking, verb: str, **said):
    return client.post(
        reverse("admin:eldercare_carebooking_do", args=[booking.code]), {"verb": verb, "back": "day"} | said
    )


def refused(response) -> str:
    """The code on a page that asks again."""
    assert response.status_code == 422
    return response.context["question"].refusal.code


def status_of(booking: CareBooking) -> str:
    booking.refresh_from_db()
    return booking.status


# The day's sheet --------------------------------------------------------------------------------------------


def test_sheet_shows_the_day_by_time_and_what_has_no_day(client, boss):
    late = care.booking(slot=care.slot(starts_at=make.moment(1, 14)))
    early, open_one = care.booking(), care.request()
    gone = care.booking()
    do(client, gone, "cancel")
    care.booking(slot=care.slot(starts_at=make.moment(2, 9)))
    sheet = client.get(SHEET, {"date": TOMORROW}).context["sheet"]
    assert [row.booking for row in sheet.rows] == [early, late]
    assert [row.booking for row in sheet.without_day] == [open_one]
    text = client.get(SHEET, {"date": TOMORROW, "print": "1"}).text
    assert (early.code in text, gone.code in text) == (True, False)


def test_sheet_masks_phones_and_takes_few_queries(client, boss, queries_of):
    booking = care.booking()
    assert booking.resident.phone not in client.get(SHEET, {"date": TOMORROW}).text
    few = queries_of(f"{SHEET}?date={TOMORROW}")
    for number in range(6):
        slot = care.slot(starts_at=make.moment(1, 10 + number))
        care.question(kind=slot.kind)
        slot.kind.questions.all().update(is_active=False)
        care.assigned(slot=slot)
    assert queries_of(f"{SHEET}?date={TOMORROW}") == few <= 20


def test_nonsense_day_is_today(client, boss):
    assert client.get(SHEET, {"date": "2026-02-30"}).context["date"] == dt.date(2026, 11, 24)


def test_desk_is_shut_to_others(client):
    booking = care.booking()
    for user in (make.post("nurse").user, make.staff("circle.view_resident")):
        client.force_login(user)
        assert client.get(SHEET).status_code == 403
        assert do(client, booking, "confirm").status_code == 403
        assert client.get("/admin/eldercare/carebooking/new/").status_code == 403
    client.force_login(make.clerk())  # takes care down, and reads and changes none
    assert client.get(SHEET).status_code == 403
    assert do(client, booking, "confirm").status_code == 403
    client.force_login(booking.resident.login)
    assert client.get(SHEET).status_code == 302


def test_coordinator_of_another_community_sees_and_does_nothing(client):
    booking = care.booking()
    client.force_login(care.coordinator(community=make.community()))
    assert client.get(SHEET, {"date": TOMORROW}).context["sheet"].rows == []
    assert do(client, booking, "confirm").status_code == 404
    url = reverse("admin:eldercare_carebooking_change", args=[booking.pk])
    assert client.get(url).status_code == 302
    assert client.get("/admin/eldercare/carebooking/").context["cl"].result_count == 0


def test_director_without_a_post_sees_every_community(client):
    booking = care.booking()
    client.force_login(make.director())
    assert [row.booking for row in client.get(SHEET, {"date": TOMORROW}).context["sheet"].rows] == [booking]
    do(client, booking, "confirm")
    assert status_of(booking) == "confirmed"


# Verbs ------------------------------------------------------------------------------------------------------


def test_booking_goes_from_confirmed_to_done(client, boss, there):
    booking, worker = care.booking(), care.care_worker()
    do(client, booking, "confirm")
    assert refused(do(client, booking, "assign")) == "worker_missing"
    do(client, booking, "assign", worker=worker.pk)
    assert (status_of(booking), booking.assigned_to) == ("assigned", worker)
    do(client, booking, "finish")
    assert status_of(booking) == "done"
    do(client, booking, "undo")
    assert status_of(booking) == "assigned"


def test_somebody_who_is_not_on_the_team_is_not_sent(client, boss):
    booking = care.confirmed()
    assert refused(do(client, booking, "assign", worker=make.clerk().pk)) == "worker_missing"


def test_request_is_agreed_on_over_a_page_of_its_own(client, boss):
    request = care.request()
    ask = client.get(reverse("admin:eldercare_carebooking_ask", args=[request.code, "agree"]))
    assert 'type="date"' in ask.text
    assert refused(do(client, request, "agree", day="")) == "day_missing"
    assert refused(do(client, request, "agree", day="2026-02-30")) == "day_missing"
    do(client, request, "agree", day="2026-11-27")
    assert (status_of(request), request.day) == ("confirmed", dt.date(2026, 11, 27))


def test_calling_off_needs_a_reason(client, boss):
    booking = care.booking()
    assert refused(do(client, booking, "revoke")) == "reason_missing"
    do(client, booking, "revoke", reason="停水")
    assert (status_of(booking), booking.reason) == ("revoked", "停水")


def test_missed_elder_waits_on_the_index_until_somebody_knows_more(client, boss, there):
    booking = care.assigned()
    do(client, booking, "not_home")
    missed = care_queues(boss)[0]
    assert (missed.count, missed.is_urgent) == (1, True)
    assert list(client.get(missed.url).context["cl"].queryset) == [booking]
    assert refused(do(client, booking, "settle")) == "reason_missing"
    do(client, booking, "settle", outcome="在女儿家，平安")
    booking.refresh_from_db()
    assert (booking.outcome, booking.settled_by, care_queues(boss)[0].count) == ("在女儿家，平安", boss, 0)


def test_refusal_of_a_button_is_said_on_the_sheet(client, boss):
    booking = care.confirmed()
    response = client.post(
        reverse("admin:eldercare_carebooking_do", args=[booking.code]),
        {"verb": "confirm", "back": "day"},
        follow=True,
    )
    assert [message.extra_tags for message in response.context["messages"]] == ["already_confirmed"]


@pytest.mark.parametrize("verb", ["", "serve", "delete"])
def test_unknown_verb_is_not_found(client, boss, verb):
    assert do(client, care.booking(), verb).status_code == 404


def test_every_verb_that_asks_has_its_page(client, boss, there):
    missed = care.missed()
    for booking in (care.booking(slot=care.slot(starts_at=make.moment(2, 9))), care.request(), missed):
        url = reverse("admin:eldercare_carebooking_change", args=[booking.pk])
        verbs = client.get(url).context["verbs"]
        assert verbs
        for verb in verbs:
            page = client.get(reverse("admin:eldercare_carebooking_ask", args=[booking.code, verb.name]))
            assert page.status_code == 200


# Lists ------------------------------------------------------------------------------------------------------


def bulk(client, action: str, rows, **said):
    url = reverse("admin:eldercare_carebooking_changelist")
    sent = {"action": action, "_selected_action": [row.pk for row in rows], "confirmed": "yes"}
    return client.post(url, sent | said, follow=True)


def test_several_are_confirmed_at_once_each_for_itself(client, boss):
    rows = [care.booking(), care.confirmed(), care.request()]
    response = bulk(client, "confirm_all", rows)
    assert [status_of(row) for row in rows] == ["confirmed", "confirmed", "requested"]
    tags = sorted(message.extra_tags for message in response.context["messages"])
    assert tags == ["", "already_confirmed", "day_missing"]


def test_several_are_called_off_with_one_reason(client, boss):
    rows = [care.booking(), care.confirmed()]
    bulk(client, "revoke_all", rows, reason="停水")
    assert {status_of(row) for row in rows} == {"revoked"}


def test_list_finds_a_code_and_a_name(client, boss):
    booking = care.booking()
    care.booking()
    url = reverse("admin:eldercare_carebooking_changelist")
    for words in (booking.code.lower(), booking.resident.name):
        assert list(client.get(url, {"q": words}).context["cl"].queryset) == [booking]


def test_times_are_closed_and_opened_from_the_list(client, boss):
    slot = care.slot()
    url = reverse("admin:eldercare_careslot_changelist")
    for action, closed_by in (("close", "staff"), ("reopen", "")):
        client.post(url, {"action": action, "_selected_action": [slot.pk], "confirmed": "yes"})
        assert CareSlot.objects.get().closed_by == closed_by


def test_queues_count_what_waits(boss):
    care.booking()
    care.request()
    care.assigned(slot=care.slot(starts_at=make.moment(0, 9)))
    stranded = care.booking(slot=care.slot(starts_at=make.moment(3, 9)))
    CareSlot.objects.filter(pk=stranded.slot_id).update(closed_by="timetable")
    care.booking(slot=care.slot(kind=care.kind(facility=make.facility(community=make.community()))))
    care.visit_duty()
    counts = [queue.count for queue in care_queues(boss) if "festival" not in queue.url]
    meals = [0, 0, 0, 0, 7]  # the last: days without a menu
    assert counts == [0, 3, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, *meals]


# Care for a resident on the phone ---------------------------------------------------------------------------


def test_care_is_arranged_on_the_phone(client, boss):
    grandma = make.resident(name="王秀英")
    found = client.post("/admin/eldercare/carebooking/new/", {"q": "秀英"})
    assert found.context["people"] == [grandma]
    slot = care.slot(kind=care.kind(is_at_home=True))
    fever = care.question(kind=slot.kind)
    url = f"/admin/eldercare/carebooking/new/what/?resident={grandma.code}&kind={slot.kind.code}"
    assert str(slot.code) in client.get(url).text
    said = {f"condition_{fever.code}": "yes", "building": make.building().short_code, "door": "2-501"}
    said |= {"slot": slot.code, "via": "phone", "once": "key", "consents": "on"}
    answers = {client.post(url, said)["Location"] for _ in range(2)}
    booking = CareBooking.objects.get()
    assert (booking.via, booking.booked_by, booking.door) == ("phone", boss, "2-501")
    [address] = answers
    assert booking.code in client.get(address).text


def test_condition_that_does_not_hold_is_refused_on_the_phone_as_well(client, boss, codes):
    slot, elder = care.slot(), make.resident()
    fever = care.question(kind=slot.kind)
    url = f"/admin/eldercare/carebooking/new/what/?resident={elder.code}&kind={slot.kind.code}"
    said = {f"condition_{fever.code}": "no", "slot": slot.code, "via": "phone", "once": "key"}
    response = client.post(url, said)
    assert (response.status_code, codes(response)) == (422, {"precondition"})


def test_refused_booking_on_the_phone_keeps_what_was_typed(client, boss, codes):
    slot, elder = care.slot(capacity=0), make.resident()
    url = f"/admin/eldercare/carebooking/new/what/?resident={elder.code}&kind={slot.kind.code}"
    said = {"slot": slot.code, "via": "phone", "once": "key", "note": "请走东门", "consents": "on"}
    response = client.post(url, said)
    assert (response.status_code, codes(response)) == (422, {"full"})


def test_request_is_taken_down_and_a_newcomer_registered(client, boss):
    kind = care.request_kind()
    sent = {"name": "新来的", "phone": "", "once": "key"}
    answer = client.post("/admin/eldercare/carebooking/new/register/", sent)
    response = client.post(f"{answer['Location']}&kind={kind.code}", {"via": "window", "once": "k2"})
    assert response.status_code == 302
    assert CareBooking.objects.get().resident.name == "新来的"
    assert client.post("/admin/eldercare/carebooking/new/register/", {"name": ""}).status_code == 422


def test_resident_of_another_community_is_not_found(client, boss):
    elder = make.resident(community=make.community())
    assert client.get(f"/admin/eldercare/carebooking/new/what/?resident={elder.code}").status_code == 404


# The care worker --------------------------------------------------------------------------------------------


@pytest.fixture
def visit(client):
    booking = care.assigned()
    client.force_login(booking.assigned_to)
    return booking


def test_worker_sees_only_what_is_assigned_to_them(client, visit):
    care.assigned(slot=care.slot(starts_at=make.moment(1, 11)))
    care.booking()
    care.request()
    sheet = client.get(SHEET, {"date": TOMORROW}).context["sheet"]
    assert ([row.booking for row in sheet.rows], sheet.without_day) == ([visit], [])
    assert client.get("/admin/eldercare/carebooking/").status_code == 403
    assert client.get("/admin/").status_code == 200


def test_worker_enters_the_outcome_and_nothing_else(client, visit, there):
    for verb in ("confirm", "assign", "cancel", "revoke", "settle"):
        assert do(client, visit, verb).status_code == 403
    sheet = client.get(SHEET, {"date": TOMORROW}).context["sheet"]
    assert [verb.name for verb in sheet.rows[0].verbs] == ["begin", "finish", "not_home", "stop"]
    do(client, visit, "finish", signature="paper")
    assert status_of(visit) == "done"


def test_worker_does_nothing_to_the_visit_of_another(client, visit, there):
    other = care.assigned(slot=care.slot(starts_at=make.moment(1, 9)))
    assert do(client, other, "finish").status_code == 404
    assert status_of(other) == "assigned"


def test_worker_finds_todays_visits_on_the_index(visit, there):
    [queue] = care_queues(visit.assigned_to)
    assert (queue.count, queue.url) == (1, SHEET)


@pytest.mark.parametrize("role", ["grid_worker", "volunteer_leader"])
def test_who_only_sees_a_visit_gets_no_buttons_and_closes_nothing(client, there, role):
    kind = care.kind(is_at_home=True, is_volunteer_led=True)
    answers = Answers(building=make.building(community=kind.community), door="1-101")
    booking = care.missed(kind=kind, answers=answers)
    post = make.post(role, community=booking.community)
    if role == "grid_worker":
        booking.resident.building = make.building(community=booking.community, grid=post.grid)
        booking.resident.save(update_fields=["building"])
    client.force_login(post.user)
    sheet = client.get(SHEET, {"date": TOMORROW}).context["sheet"]
    assert [(row.booking, row.verbs) for row in sheet.rows] == [(booking, [])]
    assert do(client, booking, "undo").status_code in {403, 404}
    assert status_of(booking) == "not_home"
