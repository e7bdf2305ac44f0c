"""Who can go, best first with one reason; what an elder wished for refuses or warns."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eldercare import actions
from eldercare.actions import Answers
from eldercare.backoffice.candidates import candidates
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING


@pytest.fixture
def boss():
    return care.coordinator(community=make.here())


def ticked(kind, *wishes, **values):
    """Confirmed, with these wishes."""
    return care.confirmed(slot=care.slot(kind=kind), answers=Answers(needs=wishes), **values)


def test_wish_that_the_kind_holds_to_refuses(refusal, boss):
    kind = care.kind()
    care.wish(kind=kind, is_strict=True)
    booking = ticked(kind, "woman")
    woman, man = care.carer(), care.carer("man")
    said = {"booking": booking, "at": MORNING, "by": boss}
    assert refusal(actions.assign_worker, worker=man.user, **said) == "wish_refused"
    assert refusal(actions.assign_worker, worker=man.user, despite_wish=True, **said) == "wish_refused"
    unknown = care.care_worker()  # nobody entered who they are
    assert refusal(actions.assign_worker, worker=unknown, **said) == "wish_refused"
    assert actions.assign_worker(worker=woman.user, **said).assigned_to == woman.user


def test_other_wish_asks_first(refusal, boss):
    kind = care.kind()
    care.wish(kind=kind)
    said = {"booking": ticked(kind, "woman"), "worker": care.carer("man").user, "at": MORNING, "by": boss}
    assert refusal(actions.assign_worker, **said) == "wish_asked"
    assert actions.assign_worker(despite_wish=True, **said).assigned_to == said["worker"]


def test_nobody_is_refused_without_a_wish(boss):
    kind = care.kind()
    care.wish(kind=kind, is_strict=True)
    man = care.carer("man").user
    assert actions.assign_worker(booking=ticked(kind), worker=man, at=MORNING, by=boss).assigned_to == man


def test_two_carers_of_a_bath_are_both_women(refusal, boss):
    kind = care.bath_kind()
    care.wish(kind=kind, is_strict=True)
    booking = ticked(kind, "woman")
    lead, second, man = care.carer(), care.carer(), care.carer("man")
    said = {"booking": booking, "worker": lead.user, "at": MORNING, "by": boss}
    assert refusal(actions.assign_worker, assistant=man.user, **said) == "wish_refused"
    assert actions.assign_worker(assistant=second.user, **said).assistant == second.user


def test_same_carer_is_who_came_the_last_time(refusal, boss):
    kind = care.kind()
    care.wish("same", kind=kind, text_zh="还是上次那位")
    first = care.assigned(slot=care.slot(kind=kind))
    actions.complete_booking(booking=first, at=make.moment(1, 10), by=first.assigned_to)
    elder = first.resident
    slot = care.slot(kind=kind, starts_at=make.moment(3, 9))
    booking = care.confirmed(slot=slot, resident=elder, answers=Answers(needs=["same"]))
    said = {"booking": booking, "at": MORNING, "by": boss}
    assert refusal(actions.assign_worker, worker=care.care_worker(), **said) == "wish_asked"
    assert actions.assign_worker(worker=first.assigned_to, **said).assigned_to == first.assigned_to


def test_same_carer_says_nothing_the_first_time(boss):
    kind = care.kind()
    care.wish("same", kind=kind)
    worker = care.care_worker()
    booking = actions.assign_worker(booking=ticked(kind, "same"), worker=worker, at=MORNING, by=boss)
    assert booking.assigned_to == worker


def test_database_knows_a_wish_as_a_need():
    with pytest.raises(IntegrityError), transaction.atomic():
        care.question(wish="woman")


def test_who_can_go_stands_first_with_a_reason_and_who_cannot_with_why():
    kind = care.kind(skill="bathing")
    care.wish(kind=kind, is_strict=True)
    booking = ticked(kind, "woman")
    week = booking.day - dt.timedelta(days=booking.day.weekday())
    idle, used, busy, man = care.carer(), care.carer(), care.carer(), care.carer("man")
    untrained = care.carer()
    for each in (idle, used, busy, man):
        care.certificate(user=each.user)
    other = care.kind()
    later = make.moment(1, 15)
    assert later.date() - dt.timedelta(days=later.weekday()) == week
    care.assigned(slot=care.slot(kind=other, starts_at=later), worker=used.user)
    care.assigned(slot=care.slot(kind=other, starts_at=booking.starts_at), worker=busy.user)
    found = {each.user: each for each in candidates(booking)}
    order = list(found)
    assert order[:2] == [idle.user, used.user]
    assert (found[idle.user].reason, found[used.user].reason) == ("这周0次", "这周1次")
    why = [found[each.user].obstacle for each in (busy, man, untrained)]
    assert why == ["那个时间有别的服务", "要求：想要女护理员", "那天没有有效证书"]


def test_whoever_is_nearest_before_it_comes_first():
    kind = care.kind(is_at_home=True)
    near, far = make.building(east=100), make.building(east=900)
    start = make.moment(1, 11)
    at_home = {"building": near, "door": "1-101"}
    booking = care.confirmed(slot=care.slot(kind=kind, starts_at=start), answers=Answers(**at_home))
    workers = [care.carer().user for _ in range(2)]
    for worker, building in zip(workers, (far, near), strict=True):
        before = care.slot(kind=care.kind(is_at_home=True), starts_at=make.moment(1, 9))
        care.assigned(slot=before, answers=Answers(building=building, door="1-101"), worker=worker)
    found = [each for each in candidates(booking) if each.user in workers]
    assert [each.user for each in found] == [workers[1], workers[0]]
    assert found[0].reason == "从上一家步行0分钟"


def test_list_takes_the_same_queries_for_five():
    booking = care.confirmed()
    counts = []
    for more in (1, 4):
        for _ in range(more):
            care.carer()
        with CaptureQueriesContext(connection) as asked:
            candidates(booking)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_coordinator_assigns_despite_a_wish_with_a_tick(client, boss, html):
    kind = care.kind()
    care.wish(kind=kind)
    booking, man = ticked(kind, "woman"), care.carer("man").user
    client.force_login(boss)
    page = html(client.get(reverse("admin:eldercare_carebooking_ask", args=[booking.code, "assign"])))
    assert "要求：想要女护理员" in page
    url = reverse("admin:eldercare_carebooking_do", args=[booking.code])
    said = {"verb": "assign", "worker": man.pk}
    assert client.post(url, said).status_code == 422
    assert client.post(url, said | {"despite_wish": "on"}).status_code == 302
    booking.refresh_from_db()
    assert booking.assigned_to == man


def test_number_of_a_carer_can_be_checked_at_the_door(client, html):
    worker = care.carer()
    ask = {"code": worker.number}
    assert "care worker, on the team" in html(client.post("/en/help/real/", ask))
    worker.user.posts.update(ends_on=MORNING.date() - dt.timedelta(days=1))
    assert "no longer on the team" in html(client.post("/en/help/real/", ask))
