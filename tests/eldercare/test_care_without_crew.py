"""Care whose carer becomes absent or whose post ends: asked about before it is saved; a queue until empty."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle.models import Absence, Message, StaffPost
from circle.models.roles import Role
from eldercare import actions
from eldercare.backoffice.queues import care_queues
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care
from tests.asked_first import answer
from tests.html_forms import sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT = make.MORNING
TODAY = AT.date()
TOMORROW = make.moment(1, 9).date()


@pytest.fixture
def booking():
    """Assigned for tomorrow at nine; the next time is the day after."""
    found = care.assigned()
    care.shift(kind=found.kind, weekday=3, opens=dt.time(10), closes=dt.time(11))
    care.slot(kind=found.kind, starts_at=make.moment(2, 10))
    return found


@pytest.fixture
def director(client):
    client.force_login(make.director())
    return client


def post_of(booking: CareBooking) -> StaffPost:
    return StaffPost.objects.get(user=booking.assigned_to)


def colleague(booking: CareBooking) -> StaffPost:
    return StaffPost.objects.get(user=care.care_worker(community=booking.community))


def enter_absence(client, booking: CareBooking, day: dt.date = TOMORROW):
    """As the director does, on the page of the post."""
    url = reverse("admin:circle_staffpost_change", args=[post_of(booking).pk])
    sent = sent_by(client.get(url), "staffpost_form") | {
        "absences-TOTAL_FORMS": "1",
        "absences-0-starts_on": day.isoformat(),
        "absences-0-ends_on": day.isoformat(),
        "absences-0-substitute": str(colleague(booking).pk),
    }
    return client.post(url, sent, follow=True)


def end_post(client, booking: CareBooking, last_day: dt.date = TODAY):
    url = reverse("admin:circle_staffpost_end", args=[post_of(booking).pk])
    return client.post(url, {"last_day": last_day.isoformat()}, follow=True)


def asked_about(page) -> list[str]:
    return page.context["question"].rows if page.context and "question" in page.context else []


@pytest.mark.parametrize("change", [enter_absence, end_post])
def test_change_that_takes_the_carer_asks_before_it_is_saved(director, booking, change):
    page = change(director, booking)
    assert [booking.code in line and str(booking.assigned_to) in line for line in asked_about(page)] == [True]
    assert not Absence.objects.exists()
    assert post_of(booking).ends_on is None
    assert page.context["group_text"] == ""  # nobody else is concerned


@pytest.mark.parametrize("change", [enter_absence, end_post])
def test_all_are_moved_to_the_next_like_time_with_one_message(director, booking, change):
    page = answer(director, change(director, booking), "move", "护理员请假")
    booking.refresh_from_db()
    moved_to = make.moment(2, 10).date()
    assert (booking.status, booking.assigned_to, booking.day) == ("confirmed", None, moved_to)
    assert Message.objects.filter(event="care_moved", resident=booking.resident).count() == 1
    assert Absence.objects.exists() or StaffPost.objects.filter(ends_on=TODAY).exists()
    assert page.status_code == 200


def test_all_are_called_off_with_the_reason(director, booking):
    answer(director, enter_absence(director, booking), "call_off", "护理员请假")
    booking.refresh_from_db()
    assert (booking.status, booking.reason) == ("revoked", "护理员请假")


def test_what_stays_is_a_queue_until_it_is_empty(director, booking):
    answer(director, enter_absence(director, booking), "stay", "")
    boss = care.coordinator(community=booking.community)

    def waiting() -> list[int]:
        return [queue.count for queue in care_queues(boss) if queue.url.endswith("attention=crew")]

    assert waiting() == [1]
    director.force_login(boss)
    listed = director.get(reverse("admin:eldercare_carebooking_changelist"), {"attention": "crew"})
    assert [row.pk for row in listed.context["cl"].result_list] == [booking.pk]
    other = colleague(booking).user
    actions.assign_worker(booking=booking, worker=other, at=AT, by=boss)
    assert waiting() == [0]


@pytest.mark.parametrize("days", [2, -1])
def test_absence_on_another_day_asks_nothing(director, booking, days):
    assert asked_about(enter_absence(director, booking, TOMORROW + dt.timedelta(days=days))) == []
    assert Absence.objects.count() == 1


def test_post_that_ends_on_the_day_of_the_care_asks_nothing(director, booking):
    assert asked_about(end_post(director, booking, TOMORROW)) == []
    assert post_of(booking).ends_on == TOMORROW


def test_who_has_another_post_on_the_team_still_comes(director, booking):
    make.post(user=booking.assigned_to, role=Role.ELDER_COORDINATOR, community=booking.community)
    url = reverse("admin:circle_staffpost_end", args=[StaffPost.objects.get(role=Role.CARE_WORKER).pk])
    director.post(url, {"last_day": TODAY.isoformat()})
    assert list(CareBooking.objects.without_crew(AT)) == []
    assert StaffPost.objects.get(role=Role.CARE_WORKER).ends_on == TODAY


def test_second_of_a_crew_is_missed_as_well():
    booking = care.confirmed(kind=care.kind(crew_size=2))
    boss = care.coordinator(community=booking.community)
    first, second = [care.care_worker(community=booking.community) for _ in range(2)]
    actions.assign_worker(booking=booking, worker=first, assistant=second, at=AT, by=boss)
    assert list(CareBooking.objects.without_crew(AT)) == []
    StaffPost.objects.filter(user=second).update(ends_on=TODAY)
    assert list(CareBooking.objects.without_crew(AT)) == [booking]


def test_closed_care_is_moved_with_the_same_answer(director, booking):
    sent = {"facility": booking.kind.facility_id, "starts_on": TOMORROW, "ends_on": TOMORROW}
    page = director.post(reverse("admin:circle_closure_add"), sent | {"reason_zh": "停电"})
    assert [booking.code in line for line in asked_about(page)] == [True]
    answer(director, page, "move", "停电")
    booking.refresh_from_db()
    assert (booking.day, booking.reason) == (make.moment(2, 10).date(), "停电")


def test_closed_request_goes_to_the_next_open_day(director):
    booking = care.request(day=TOMORROW)
    sent = {"facility": booking.kind.facility_id, "starts_on": TOMORROW, "ends_on": TOMORROW}
    page = director.post(reverse("admin:circle_closure_add"), sent | {"reason_zh": "停电"})
    answer(director, page, "move", "停电")
    booking.refresh_from_db()
    assert (booking.day, booking.status) == (make.moment(2, 9).date(), "confirmed")


def test_care_that_takes_place_or_finds_no_time_stays(booking):
    boss = care.coordinator(community=booking.community)
    said = {"booking": booking, "at": AT, "by": boss, "reason": "停电"}
    for spoil, code in [(lambda: None, "not_stranded"), (take_all, "no_time")]:
        spoil()
        with pytest.raises(ValidationError) as refusal:
            actions.move_to_like_time(**said)
        assert refusal.value.code == code
    with pytest.raises(ValidationError) as refusal:
        actions.move_to_like_time(**said | {"reason": " "})
    assert refusal.value.code == "reason_missing"


def take_all() -> None:
    booking = CareBooking.objects.get()
    booking.kind.slots.exclude(pk=booking.slot_id).update(closed_by="staff")
    booking.kind.slots.filter(pk=booking.slot_id).update(closed_by="staff")
