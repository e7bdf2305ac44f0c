"""Day care: half-days with their own places, an agreement first, who collects, arrival and leaving."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.actions import report_death
from eldercare import actions
from eldercare.models import CareBooking, CareKind, DayAgreement, DayStay
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT, DAY = make.MORNING, dt.timedelta(days=1)


def halves(kind: CareKind, **values):
    return [care.slot(kind=kind, starts_at=make.moment(1, hour), **values) for hour in (9, 13)]


def test_half_days_are_places_of_their_own_and_a_whole_day_is_both_or_none(refusal):
    signed = care.agreement()
    kind, elder = signed.kind, signed.resident
    morning, afternoon = halves(kind, capacity=1)
    mine = care.asked({"kind": kind, "resident": elder}, AT)
    first = actions.book_whole_day(slot=afternoon, **mine)
    assert (first.slot, first.part) == (morning, "am")
    assert set(CareBooking.objects.values_list("part", flat=True)) == {"am", "pm"}
    assert refusal(actions.book_slot, slot=morning, **mine) == "already_booked"
    other = care.asked({"kind": kind, "resident": care.agreement(kind=kind).resident}, AT)
    actions.cancel_booking(booking=first, at=AT, via="online", by=elder.login)
    assert refusal(actions.book_whole_day, slot=morning, **other) == "full"
    assert CareBooking.objects.live().count() == 1  # the morning was given back with the rest
    assert actions.book_slot(slot=morning, **other).part == "am"
    plain = care.slot()
    assert (
        refusal(actions.book_whole_day, slot=plain, **care.asked({"kind": plain.kind}, AT)) == "no_other_half"
    )


def test_day_is_booked_under_an_agreement_in_force_only(refusal):
    signed = care.agreement(until=AT.date())
    morning, _afternoon = halves(signed.kind)
    asked = care.asked({"kind": signed.kind, "resident": signed.resident}, AT) | {"slot": morning}
    assert refusal(actions.book_slot, **asked) == "agreement_missing"  # it ends today
    boss = care.coordinator(community=signed.community)
    said = {"resident": signed.resident, "kind": signed.kind, "at": AT, "by": boss, "signed_on": AT.date()}
    assert refusal(actions.sign_agreement, **said) == "nobody_collects"
    assert refusal(actions.sign_agreement, **said, collectors=["儿子"]) == "already_signed"
    actions.end_agreement(agreement=signed, at=AT, by=boss)
    for wrong, code in (
        ({"signed_on": AT.date() + DAY}, "day_in_future"),
        ({"until": AT.date() - DAY}, "day_past"),
        ({"collectors": [f"邻居{number}" for number in range(7)]}, "too_many_collectors"),
        ({"collectors": ["长" * 41]}, "name_too_long"),
    ):
        assert refusal(actions.sign_agreement, **{**said, "may_leave_alone": True, **wrong}) == code
    actions.sign_agreement(**said, collectors=["儿子"])
    assert actions.book_slot(**asked).status == "requested"
    report_death(resident=signed.resident, died_on=AT.date(), at=AT, by=boss)
    assert not DayAgreement.objects.live().exists()


def test_elder_comes_and_leaves_with_whom_the_agreement_names_only(client, refusal):
    signed = care.agreement(collectors=["女儿 王芳"])
    slot = care.slot(kind=signed.kind, starts_at=make.moment(0, 9))
    booking = care.confirmed(slot=slot, resident=signed.resident)
    boss = care.coordinator(community=signed.community)
    said = {"booking": booking, "by": boss}
    left = {"left_with": "女儿 王芳", "at": make.moment(0, 12), **said}
    assert refusal(actions.record_arrival, at=AT + DAY, **said) == "wrong_day"
    assert refusal(actions.record_leaving, **left) == "not_here"
    client.force_login(boss)
    do = reverse("admin:eldercare_carebooking_do", args=[booking.code])
    assert client.post(do, {"verb": "came"}).status_code == 302
    assert actions.record_arrival(at=make.moment(0, 9), **said) == DayStay.objects.get()
    assert refusal(actions.record_leaving, **left | {"left_with": "陌生人"}) == "not_collector"
    assert refusal(actions.record_leaving, **left | {"left_with": ""}) == "not_alone"
    ask = reverse("admin:eldercare_carebooking_ask", args=[booking.code, "left"])
    assert "女儿 王芳" in client.get(ask).text
    assert client.post(do, {"verb": "left", "left_with": "女儿 王芳"}).status_code == 302
    assert refusal(actions.record_leaving, **left) == "already_left"
    change = client.get(reverse("admin:eldercare_carebooking_change", args=[booking.pk])).text
    assert "女儿 王芳" in change
    with pytest.raises(IntegrityError), transaction.atomic():
        DayStay.objects.update(left_with="")
    client.force_login(signed.resident.login)
    assert client.get(booking.get_absolute_url()).status_code == 200


def test_agreement_is_entered_and_changed_at_the_desk(client):
    kind = care.kind(needs_agreement=True)
    boss, grandpa = care.coordinator(community=kind.community), care.elder(community=kind.community)
    client.force_login(boss)
    card = reverse("admin:circle_resident_card", args=[grandpa.code])
    new = f"{reverse('admin:eldercare_dayagreement_new')}?resident={grandpa.code}"
    assert new in client.get(card).text.replace("&amp;", "&")
    said = {"kind": kind.pk, "signed_on": AT.date().isoformat(), "names": "儿子 王强\n邻居"}
    assert client.post(new, said)["Location"] == card
    signed = DayAgreement.objects.get()
    assert (signed.collectors, signed.may_leave_alone) == (["儿子 王强", "邻居"], False)
    change = reverse("admin:eldercare_dayagreement_ask", args=[signed.pk, "collectors"])
    assert "儿子 王强" in client.get(change).text
    client.post(change, {"names": "", "may_leave_alone": "on"})
    signed.refresh_from_db()
    assert (signed.collectors, signed.may_leave_alone) == ([], True)
    client.post(reverse("admin:eldercare_dayagreement_ask", args=[signed.pk, "end"]))
    signed.refresh_from_db()
    assert not signed.is_live
