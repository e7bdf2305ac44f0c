"""Visits and hours of a volunteer, the certificate, and the number that can be checked."""

import pytest
from django.urls import reverse

from eldercare import actions
from eldercare.actions.volunteer_hours import say_hours, service_of
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING


@pytest.fixture
def mine():
    return care.pairing()


def test_hours_count_every_visit_of_the_year_also_where_nobody_opened(mine):
    volunteer = mine.volunteer
    for outcome in ("well", "not_home"):
        care.visit(outcome, resident=mine.resident, by=volunteer.user)
    care.visit(resident=mine.resident)  # of the office
    last_year = MORNING.replace(year=MORNING.year - 1)
    care.visit(resident=mine.resident, by=volunteer.user, at=last_year)
    given = service_of(volunteer, MORNING.date())
    assert (given.visits, given.hours, given.all_visits, given.all_hours) == (2, "0.8", 3, "1.2")


@pytest.mark.parametrize(("minutes", "said"), [(0, "0.0"), (59, "0.9"), (60, "1.0"), (6_000, "100.0")])
def test_hours_are_never_rounded_up(minutes, said):
    assert say_hours(minutes) == said


def test_certificate_names_the_volunteer_and_no_elder(client, mine, html):
    care.visit(resident=mine.resident, by=mine.volunteer.user)
    client.force_login(mine.volunteer.user)
    assert reverse("volunteer_certificate") in html(client.get(reverse("visit_round")))
    page = html(client.get(reverse("volunteer_certificate")))
    assert mine.volunteer.number in page
    assert "0.4" in page
    assert mine.resident.name not in page


def test_certificate_is_for_who_is_on_the_team(client, mine):
    boss = care.coordinator(community=make.here())
    client.force_login(mine.volunteer.user)
    assert client.get(reverse("volunteer_certificate")).status_code == 200
    actions.remove_volunteer(volunteer=mine.volunteer, reason="有人投诉", at=MORNING, by=boss)
    assert client.get(reverse("volunteer_certificate")).status_code == 404


def check(client, number, html):
    return html(client.post("/en/help/real/", {"code": number}))


def test_number_at_the_door_can_be_checked(client, mine, html):
    volunteer, boss = mine.volunteer, care.coordinator(community=make.here())
    page = check(client, volunteer.number.lower(), html)
    assert "volunteer who looks in on elders, on the team" in page
    assert str(volunteer.user) not in page or not str(volunteer.user)
    actions.remove_volunteer(volunteer=volunteer, reason="有人投诉", at=MORNING, by=boss)
    assert "no longer on the team" in check(client, volunteer.number, html)


def test_number_of_who_was_never_trained_is_unknown(client, html):
    asked = actions.join_volunteers(community=make.here(), user=make.resident_login(), at=MORNING)
    assert "We know no message" in check(client, asked.number, html)


def test_staff_see_the_hours(client, mine, html):
    care.visit(resident=mine.resident, by=mine.volunteer.user)
    client.force_login(make.post("volunteer_leader").user)
    page = html(client.get(reverse("admin:eldercare_volunteer_change", args=[mine.volunteer.pk])))
    assert "1 · 0.4" in page
