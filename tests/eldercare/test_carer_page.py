"""The carer's page on the phone, the code of the second carer, and the record of the service."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.models import Record
from circle.privacy.data_export import WIPED_TEXT
from eldercare import actions
from eldercare.actions.own_codes import MOST_WRONG
from eldercare.admin.figures import counts_by_kind
from eldercare.backoffice.forms import CloseForm
from eldercare.hooks.ratable import served_care
from eldercare.models import CareBooking, ServiceRecord
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING
NOW = make.moment(0, 9)
VALUES = {"systolic": 128, "diastolic": 78, "pulse": 72, "temperature": "36.4"}


@pytest.fixture
def boss():
    return care.coordinator(community=make.here())


@pytest.fixture
def pair():
    """Two carers, the second with a code."""
    lead, second = care.carer(), care.carer()
    actions.set_own_code(worker=second, code="2580")
    return lead, second


@pytest.fixture
def travel_to_nine():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def today(boss, lead, second=None, *, kind=None, hour=9):
    """Of this morning, assigned."""
    slot = care.slot(kind=kind or care.kind(), starts_at=make.moment(0, hour))
    booking = care.booking(slot=slot, at=MORNING - dt.timedelta(days=1))
    actions.confirm_booking(booking=booking, at=MORNING, by=boss)
    assistant = second.user if second else None
    return actions.assign_worker(booking=booking, worker=lead.user, assistant=assistant, at=MORNING, by=boss)


def task(kind, code="wash"):
    return care.question(kind=kind, sort="task", code=code, text_zh="洗澡")


def test_second_carer_confirms_with_the_own_code(refusal, boss, pair):
    lead, second = pair
    booking = today(boss, *pair, kind=care.kind(crew_size=2))
    said = {"booking": booking, "at": NOW, "by": lead.user}
    assert refusal(actions.begin_together, code="1111", **said) == "code_wrong"
    assert refusal(actions.begin_together, code="", **said) == "code_wrong"
    begun = actions.begin_together(code="2580", **said)
    assert (begun.status, begun.second_at) == ("in_service", NOW)
    assert Record.objects.about(booking).get(verb="care_second_confirmed").actor == second.user
    actions.undo_transition(booking=booking, at=NOW, by=lead.user)
    booking.refresh_from_db()
    assert (booking.status, booking.second_at) == ("assigned", None)


def test_code_is_blocked_after_five_wrong_ones_and_a_new_one_frees_it(refusal, boss, pair):
    lead, second = pair
    booking = today(boss, *pair, kind=care.kind(crew_size=2))
    said = {"booking": booking, "at": NOW, "by": lead.user}
    wrong = [refusal(actions.begin_together, code=f"000{number}", **said) for number in range(MOST_WRONG + 1)]
    assert wrong == ["code_wrong"] * MOST_WRONG + ["code_blocked"]
    assert refusal(actions.begin_together, code="2580", **said) == "code_blocked"
    actions.set_own_code(worker=second, code="3690")
    assert actions.begin_together(code="3690", **said).status == "in_service"


def test_code_is_chosen_by_oneself_and_not_too_simple(refusal, boss, pair):
    _lead, second = pair
    for code, why in (("123", "code_not_four_digits"), ("12a4", "code_not_four_digits")):
        assert refusal(actions.set_own_code, worker=second, code=code) == why
    for code in ("0000", "1234"):
        assert refusal(actions.set_own_code, worker=second, code=code) == "code_too_simple"
    second.refresh_from_db()
    assert "2580" not in second.own_code
    booking = today(boss, second, _lead, kind=care.kind(crew_size=2))
    assert refusal(actions.begin_together, booking=booking, code="2580", at=NOW, by=second.user) == (
        "code_missing"
    )


def test_two_person_care_has_no_end_without_the_word_of_the_second(refusal, boss, pair):
    lead, _second = pair
    booking = today(boss, *pair, kind=care.kind(crew_size=2))
    actions.begin_care(booking=booking, at=NOW, by=boss)  # without the code
    said = {"booking": booking, "done": [], "signature": "paper", "at": make.moment(0, 10)}
    assert refusal(actions.finish_care, by=lead.user, **said) == "second_missing"
    assert actions.finish_care(by=boss, **said).status == "done"


def test_care_with_a_second_who_has_no_code_begins_and_it_is_recorded(client, boss, travel_to_nine):
    lead, helper = care.carer(), make.post("care_worker", community=make.here())
    booking = today(boss, lead, helper, kind=care.kind(crew_size=2))
    client.force_login(lead.user)
    url = reverse("carer_visit", args=[booking.code])
    assert "code" not in client.get(url).context["main_form"].fields
    assert client.post(url, {"verb": "begin"}).status_code == 302
    booking.refresh_from_db()
    assert (booking.status, booking.second_at) == ("in_service", None)
    assert Record.objects.about(booking).get(verb="care_second_unconfirmed").actor == lead.user
    end = make.moment(0, 10)
    actions.finish_care(booking=booking, done=[], signature="paper", at=end, by=lead.user)
    assert booking.status == "done"


def test_desk_asks_the_crew_for_the_code_and_the_record(client, boss, pair, travel_to_nine):
    lead, _second = pair
    booking = today(boss, *pair, kind=care.kind(crew_size=2))
    travel_to_nine.move_to(make.moment(0, 9, 40))
    client.force_login(lead.user)
    asks = reverse("admin:eldercare_carebooking_ask", args=[booking.code, "begin"])
    assert "code" in client.get(asks).context["form"].fields
    do = reverse("admin:eldercare_carebooking_do", args=[booking.code])
    assert client.post(do, {"verb": "begin", "code": "9999"}).status_code == 422
    assert client.post(do, {"verb": "finish", "signature": "paper"}).status_code == 422
    booking.refresh_from_db()
    assert booking.status == "assigned"
    assert client.post(do, {"verb": "begin", "code": "2580"}).status_code == 302
    assert client.post(do, {"verb": "finish"}).status_code == 422  # without the elder's word
    assert client.post(do, {"verb": "finish", "signature": "paper"}).status_code == 302
    assert ServiceRecord.objects.get().booking == booking


def test_screen_refuses_a_step_that_it_does_not_offer(client, boss, travel_to_nine):
    lead = care.carer()
    booking = today(boss, lead)
    client.force_login(lead.user)
    travel_to_nine.move_to(make.moment(0, 10))
    url = reverse("carer_visit", args=[booking.code])
    page = client.post(url, {"verb": "finish", "signature": "paper"})
    assert page.status_code == 422
    assert [error.code for error in page.context["form"].non_field_errors().as_data()] == ["not_offered"]
    booking.refresh_from_db()
    assert booking.status == "assigned"


def test_database_knows_no_second_confirmation_without_a_second(boss):
    booking = today(boss, care.carer())
    with pytest.raises(IntegrityError), transaction.atomic():
        CareBooking.objects.filter(pk=booking.pk).update(second_at=NOW)


def test_record_says_what_was_done_and_how_the_elder_agreed(refusal, boss):
    lead, kind = care.carer(), care.kind()
    task(kind)
    booking = today(boss, lead, kind=kind)
    actions.begin_together(booking=booking, code="", at=NOW, by=lead.user)
    end = make.moment(0, 10)
    said = {"booking": booking, "at": end, "by": lead.user}
    assert refusal(actions.finish_care, done=[], signature="paper", **said) == "nothing_done"
    assert refusal(actions.finish_care, done=["fly"], signature="paper", **said) == "task_unknown"
    assert refusal(actions.finish_care, done=["wash"], signature="", **said) == "signature_missing"
    actions.finish_care(done=["wash"], signature="paper", **said)
    record = booking.service_record
    assert (record.began_at, record.ended_at, record.done) == (NOW, end, ["wash"])
    assert (record.signed_at, record.signed_to) == (end, lead.user)
    actions.undo_transition(booking=booking, at=end, by=lead.user)
    assert not ServiceRecord.objects.exists()


def test_call_back_waits_in_the_list_until_somebody_had_it(refusal, boss):
    lead = care.carer()
    booking = today(boss, lead)
    actions.finish_care(booking=booking, done=[], signature="call", at=make.moment(0, 10), by=lead.user)
    assert list(CareBooking.objects.to_call_back()) == [booking]
    later = make.moment(0, 16)
    actions.confirm_by_call(booking=booking, at=later, by=boss)
    actions.confirm_by_call(booking=booking, at=make.moment(0, 17), by=boss)
    record = ServiceRecord.objects.get()
    assert (record.signed_at, record.signed_to) == (later, boss)
    assert not CareBooking.objects.to_call_back().exists()
    other = today(boss, care.carer(), hour=11)
    assert refusal(actions.confirm_by_call, booking=other, at=later, by=boss) == "not_possible"


def test_elder_who_says_on_the_telephone_that_nobody_came_is_taken_down(client, refusal, boss):
    lead = care.carer()
    booking = today(boss, lead)
    actions.finish_care(booking=booking, done=[], signature="call", at=make.moment(0, 10), by=lead.user)
    said = {"booking": booking, "at": make.moment(0, 16)}
    assert refusal(actions.record_dispute, reason=" ", by=boss, **said) == "reason_missing"
    assert refusal(actions.record_dispute, reason="没人来", by=lead.user, **said) == "not_yours"
    client.force_login(boss)
    do = reverse("admin:eldercare_carebooking_do", args=[booking.code])
    assert client.post(do, {"verb": "disputed", "reason": "没人来"}).status_code == 302
    record = ServiceRecord.objects.get()
    assert (record.dispute, record.disputed_at is None, record.signed_at) == ("没人来", False, None)
    assert not CareBooking.objects.to_call_back().exists()
    listed = client.get(reverse("admin:eldercare_carebooking_changelist"), {"attention": "disputed"})
    assert booking.code in listed.text
    assert Record.objects.about(booking).filter(verb="care_disputed", actor=boss).exists()
    assert refusal(actions.record_dispute, reason="没人来", by=boss, **said) == "not_possible"
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRecord.objects.update(dispute="")
    assert list(CareBooking.objects.given()) == []
    month = NOW.date().replace(day=1), NOW.date()
    counted = counts_by_kind(booking.community, *month)
    assert [(row["done"], row["disputed"]) for row in counted] == [(0, 1)]
    assert list(served_care(MORNING, make.moment(1, 0))) == []
    actions.confirm_by_call(by=boss, **said)  # it was cleared up
    assert list(CareBooking.objects.disputed()) == []
    assert list(CareBooking.objects.given()) == [booking]


def test_coordinator_closes_a_forgotten_end_with_a_reason(refusal, boss):
    lead = care.carer()
    booking = today(boss, lead)
    actions.begin_care(booking=booking, at=NOW, by=lead.user)
    said = {"booking": booking, "by": boss}
    ended, evening = make.moment(0, 10), make.moment(0, 19)
    early = {"ended_at": ended, "reason": "忘了点", "at": make.moment(0, 9, 50)}
    assert refusal(actions.close_forgotten, **early, **said) == "not_forgotten"
    assert (
        refusal(actions.close_forgotten, ended_at=ended, reason=" ", at=evening, **said) == "reason_missing"
    )
    for wrong in (make.moment(0, 8), make.moment(0, 20)):
        late = {"ended_at": wrong, "reason": "忘了点", "at": evening}
        assert refusal(actions.close_forgotten, **late, **said) == "time_wrong"
    actions.close_forgotten(ended_at=ended, reason="忘了点", at=evening, **said)
    booking.refresh_from_db()
    record = booking.service_record
    assert (booking.status, record.ended_at, record.closed_by) == ("done", ended, boss)
    assert (record.reason, record.signature, record.signed_at) == ("忘了点", "call", None)


def test_what_was_done_and_why_it_was_closed_is_forgotten_with_the_answers(boss):
    lead, kind = care.carer(), care.kind()
    task(kind)
    given, forgotten = today(boss, lead, kind=kind), today(boss, care.carer(), hour=10)
    ten, evening = make.moment(0, 10), make.moment(0, 19)
    actions.finish_care(booking=given, done=["wash"], signature="paper", at=ten, by=lead.user)
    actions.begin_care(booking=forgotten, at=ten, by=boss)
    actions.close_forgotten(booking=forgotten, ended_at=ten, reason="老人头晕", at=evening, by=boss)
    actions.record_dispute(booking=forgotten, reason="那天头晕", at=evening, by=boss)
    actions.forget_answers(CareBooking.objects.all())
    assert ServiceRecord.objects.get(booking=forgotten).dispute == WIPED_TEXT
    rows = {row.booking: row for row in ServiceRecord.objects.all()}
    assert (rows[given].done, rows[given].reason) == ([], "")
    assert (rows[forgotten].done, rows[forgotten].reason) == ([], WIPED_TEXT)


def test_screen_before_its_time_lets_nothing_be_entered(client, boss, html):
    lead = care.carer()
    booking = today(boss, lead, hour=11)
    client.force_login(lead.user)
    assert booking.resident.name in html(client.get(reverse("carer_day")))
    page = client.get(reverse("carer_visit", args=[booking.code]))
    assert (page.context["main"], [name for name, _form in page.context["others"]]) == ("", ["stop"])


def test_screen_leads_from_the_check_to_the_record(client, boss, pair, travel_to_nine):
    lead, _second = pair
    kind = care.bath_kind()
    task(kind)
    question = kind.questions.get(moment="day")
    booking = today(boss, *pair, kind=kind)
    client.force_login(lead.user)
    url = reverse("carer_visit", args=[booking.code])
    page = client.get(url)
    assert page.context["main"] == "check"
    assert 'inputmode="decimal"' in page.text
    sent = {"verb": "check", f"condition_{question.code}": "yes"} | VALUES
    assert client.post(url, sent | {"systolic": 190}).status_code == 302
    page = client.get(url)
    assert (page.context["main"], page.context["check"].is_passed) == ("check", False)
    assert client.post(url, sent).status_code == 302
    assert client.get(url).context["main"] == "begin"
    refused = client.post(url, {"verb": "begin", "code": "9999"})
    assert (refused.status_code, "密码" in refused.text) == (422, True)
    assert client.post(url, {"verb": "begin", "code": "2580"}).status_code == 302
    assert client.get(url).context["main"] == "finish"
    too_early = client.post(url, {"verb": "finish", "done": ["wash"], "signature": "paper"})
    assert too_early.status_code == 422
    for minute in (12, 24, 36):  # a screen that nobody touches is signed out
        travel_to_nine.move_to(make.moment(0, 9, minute))
        assert client.get(url).status_code == 200
    answer = client.post(url, {"verb": "finish", "done": ["wash"], "signature": "paper"})
    assert (answer.status_code, answer["Location"]) == (302, url)
    assert ServiceRecord.objects.get().done == ["wash"]


def test_carer_stops_or_finds_nobody_by_taps(client, boss, travel_to_nine):
    lead = care.carer()
    one = today(boss, lead)
    client.force_login(lead.user)
    url = reverse("carer_visit", args=[one.code])
    assert client.post(url, {"verb": "stop"}).status_code == 422
    assert client.post(url, {"verb": "stop", "reason": "unwell"}).status_code == 302
    one.refresh_from_db()
    assert (one.status, one.reason) == ("stopped", "老人身体不舒服")
    others = today(boss, care.carer())
    assert client.post(reverse("carer_visit", args=[others.code]), {"verb": "stop"}).status_code == 404


def test_visit_that_lasts_beyond_midnight_stays_on_the_page(client, boss):
    lead = care.carer()
    booking = today(boss, lead, hour=22)
    actions.begin_care(booking=booking, at=make.moment(0, 22), by=lead.user)
    with time_machine.travel(make.moment(1, 0, 30), tick=False):
        client.force_login(lead.user)
        assert list(client.get(reverse("carer_day")).context["bookings"]) == [booking]
        form = CloseForm({"time": "00:20", "reason": "忘了点"}, row=booking)
        assert form.is_valid()
        assert form.cleaned_data["ended_at"] == make.moment(1, 0, 20)
        actions.close_forgotten(booking=booking, **form.cleaned_data, at=make.moment(1, 0, 30), by=boss)
        assert list(client.get(reverse("carer_day")).context["bookings"]) == []
    early = CloseForm({"time": "22:40", "reason": "忘了点"}, row=booking)
    assert early.is_valid()
    assert early.cleaned_data["ended_at"] == make.moment(0, 22, 40)


def test_strangers_and_those_who_left_see_no_visit(client, boss):
    lead = care.carer()
    booking = today(boss, lead)
    url = reverse("carer_visit", args=[booking.code])
    client.force_login(boss)
    assert client.get(url).status_code == 404
    client.force_login(lead.user)
    assert client.get(url).status_code == 200
    lead.user.posts.update(ends_on=MORNING.date() - dt.timedelta(days=1))
    assert client.get(url).status_code == 404


def test_photo_can_be_taken_off_again(client, boss):
    worker = care.carer(photo=b"face")
    client.force_login(boss)
    url = reverse("admin:eldercare_careworker_change", args=[worker.pk])
    values = {"community": worker.community_id, "user": worker.user_id, "sex": "woman", "dialects": ""}
    values |= {"shifts-TOTAL_FORMS": 0, "shifts-INITIAL_FORMS": 0}
    assert client.post(url, values).status_code == 302
    worker.refresh_from_db()
    assert bytes(worker.photo) == b"face"
    assert client.post(url, values | {"remove_photo": "on"}).status_code == 302
    worker.refresh_from_db()
    assert bytes(worker.photo) == b""


def test_own_code_is_chosen_on_the_phone(client):
    worker = care.carer()
    client.force_login(worker.user)
    url = reverse("carer_code")
    assert client.post(url, {"code": "0000"}).status_code == 422
    assert client.post(url, {"code": "7412"}).status_code == 302
    worker.refresh_from_db()
    assert worker.own_code
    client.force_login(make.resident_login())
    assert client.get(url).status_code == 404


def test_desk_offers_call_and_closing_where_they_belong(client, boss, html):
    lead = care.carer()
    booking = today(boss, lead)
    actions.finish_care(booking=booking, done=[], signature="call", at=make.moment(0, 10), by=lead.user)
    client.force_login(boss)
    sheet = html(client.get(reverse("admin:eldercare_carebooking_day"), {"date": MORNING.date().isoformat()}))
    assert "电话确认" in sheet
    listed = client.get(reverse("admin:eldercare_carebooking_changelist"), {"attention": "call"})
    assert booking.code in listed.text
    done = reverse("admin:eldercare_carebooking_do", args=[booking.code])
    assert client.post(done, {"verb": "called"}).status_code == 302
    assert ServiceRecord.objects.get().signed_to == boss
