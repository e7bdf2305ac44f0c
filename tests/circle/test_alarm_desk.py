"""The desk of alarms: it refreshes itself, and every step a person takes goes through it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circle import actions
from circle.backoffice.queues import circle_queues
from circle.models import Alarm, Record, Resident
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
DESK = "/admin/circle/alarm/desk/"


@pytest.fixture
def boss(client):
    user = make.post("elder_coordinator", community=make.here()).user
    client.force_login(user)
    return user


def alarm(**values) -> Alarm:
    resident = values.pop("resident", None) or make.resident()
    return actions.raise_alarm(resident=resident, source="help", at=make.MORNING, **values)


def send(client, row: Alarm, verb: str, **said):
    return client.post(reverse("admin:circle_alarm_do", args=[row.code]), {"verb": verb, **said}, follow=True)


def test_desk_refreshes_itself_without_a_script_until_paused(client, boss):
    page = client.get(DESK)
    assert page["Refresh"] == "30"
    assert "http-equiv" not in page.text
    assert "Refresh" not in client.get(DESK, {"pause": "1"})


def test_alarm_goes_from_raised_to_closed(client, boss):
    row = alarm(words="摔倒了")
    page = client.get(DESK).text
    assert row.resident.name in page
    assert "摔倒了" in page
    [queue] = [each for each in circle_queues(boss) if each.url == DESK]
    assert (queue.count, queue.is_urgent) == (1, True)
    send(client, row, "acknowledge")
    row.refresh_from_db()
    assert row.acknowledged_by == boss
    [queue] = [each for each in circle_queues(boss) if each.url == DESK]
    assert (queue.count, queue.is_urgent) == (1, False)
    send(client, row, "note", words="邻居在敲门")
    assert "邻居在敲门" in client.get(DESK).text
    refused = send(client, row, "close", words=" ")
    assert refused.status_code == 422
    send(client, row, "close", words="扶起来了，没受伤")
    row.refresh_from_db()
    assert (row.status, row.outcome) == ("closed", "扶起来了，没受伤")
    assert row.resident.name not in client.get(DESK).text
    kept = client.get(reverse("admin:circle_alarm_change", args=[row.pk])).text
    assert "邻居在敲门" in kept


def test_call_is_typed_in_from_the_card_of_the_person(client, boss):
    resident = make.resident()
    url = f"/admin/circle/alarm/call/?resident={resident.code}"
    assert url.replace("&", "&amp;") in client.get(f"/admin/circle/resident/card/{resident.code}/").text
    assert "120" in client.get(url).text
    client.post(url, {"words": "起不来了"})
    client.post(url, {"words": "又打来了"})
    row = Alarm.objects.get()
    assert (row.resident, row.words, row.steps.count()) == (resident, "起不来了", 2)


def test_page_about_one_alarm_is_recorded_as_a_look(client, boss):
    row = alarm()
    client.get(reverse("admin:circle_alarm_ask", args=[row.code, "close"]))
    assert Record.objects.get(verb="data_read").details["page"] == "alarm"


def test_desk_takes_as_many_queries_for_twenty_as_for_two(client, boss):
    def person() -> Resident:
        household = make.household(building=make.building())
        return make.resident(building=household.building, household=household)

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(DESK)
        return len(found)

    for _ in range(2):
        alarm(resident=person())
    count()
    few = count()
    for _ in range(18):
        alarm(resident=person(), words="摔倒了")
    assert count() == few


def test_alarm_about_a_child_is_for_who_may_see_it(client, boss):
    row = actions.raise_alarm(resident=make.resident(), source="not_collected", at=make.MORNING)
    assert row.resident.name not in client.get(DESK).text
    assert client.get(reverse("admin:circle_alarm_ask", args=[row.code, "close"])).status_code == 404
    assert client.get(reverse("admin:circle_alarm_change", args=[row.pk])).status_code == 302


def test_roster_is_planned_with_those_who_see_to_alarms(client, boss):
    make.post("hall_clerk", community=make.here())
    leader = make.post("volunteer_leader", community=make.here()).user
    form = client.get(reverse("admin:circle_dutyshift_add")).context["adminform"].form
    assert set(form.fields["user"].queryset) == {boss, leader}
    make.duty(user=leader)
    assert str(leader) in client.get(DESK).text
