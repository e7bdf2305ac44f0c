"""A kind of care that asks for a skill is given by people whose certificate is valid on that day."""

import datetime as dt

import pytest
from django.urls import reverse

from eldercare import actions
from eldercare.backoffice.queues import care_queues
from eldercare.models import CareBooking, Certificate
from tests import make
from tests import make_eldercare as care
from tests.eldercare.test_care_crew import measure

pytestmark = pytest.mark.django_db
AT, NINE = make.MORNING, make.moment(1, 9)
TODAY = AT.date()
DAY = TODAY + dt.timedelta(days=1)  # of the bath


def bath() -> CareBooking:
    return care.confirmed(kind=care.bath_kind(skill="bathing"))


def assign(booking: CareBooking, *crew) -> dict:
    worker, assistant = crew
    boss = care.coordinator(community=booking.community)
    return {"booking": booking, "worker": worker, "assistant": assistant, "at": AT, "by": boss}


def test_both_hold_a_certificate_that_is_valid_on_the_day(refusal):
    booking, first, second = bath(), care.care_worker(), care.care_worker()
    crew = assign(booking, first, second)
    assert refusal(actions.assign_worker, **crew) == "certificate_missing"
    care.certificate(user=first)
    assert refusal(actions.assign_worker, **crew) == "certificate_missing"
    care.certificate(user=second, until=TODAY)
    assert refusal(actions.assign_worker, **crew) == "certificate_expired"
    care.certificate(user=second, until=DAY)
    actions.assign_worker(**crew)
    assert booking.status == "assigned"


def test_certificate_of_another_skill_or_community_does_not_count(refusal):
    booking, first, second = bath(), care.care_worker(), care.care_worker()
    care.certificate(user=first)
    care.certificate(user=second, skill="first_aid")
    care.certificate(user=second, community=make.community())
    assert refusal(actions.assign_worker, **assign(booking, first, second)) == "certificate_missing"


def test_bath_does_not_begin_once_a_certificate_is_taken_back(refusal):
    booking, first, second = bath(), care.care_worker(), care.care_worker()
    care.certificate(user=first)
    taken_back = care.certificate(user=second)
    actions.assign_worker(**assign(booking, first, second))
    measure(booking)
    taken_back.until = TODAY
    taken_back.save()
    given = {"booking": booking, "at": NINE, "by": first}
    assert refusal(actions.begin_care, **given) == "certificate_expired"
    actions.stop_for_safety(**given, reason="证书过期")
    assert (booking.status, booking.is_free) == ("stopped", True)


def test_care_without_a_skill_asks_for_none():
    assert care.assigned().status == "assigned"


def test_choices_are_those_who_may_go(client, in_the_morning):
    booking, first = bath(), care.care_worker()
    care.care_worker()
    care.certificate(user=first)
    client.force_login(care.coordinator(community=booking.community))
    page = client.get(reverse("admin:eldercare_carebooking_ask", args=[booking.code, "assign"]))
    [(value, label)] = page.context["form"].fields["worker"].widget.choices
    assert (value, label.split(" · ")[0]) == (str(first.pk), str(first))


def test_certificates_that_end_soon_wait_in_a_queue(in_the_morning):
    boss = care.coordinator()
    old = care.certificate(until=TODAY + dt.timedelta(days=30))
    care.certificate(until=TODAY + dt.timedelta(days=31))
    renewed = care.certificate(until=TODAY + dt.timedelta(days=3))
    care.certificate(user=renewed.user, until=TODAY + dt.timedelta(days=400))
    [queue] = [each for each in care_queues(boss) if "certificate" in each.url]
    assert queue.count == 1
    assert list(Certificate.objects.ending(TODAY)) == [old]
