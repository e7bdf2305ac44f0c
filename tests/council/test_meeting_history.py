"""What the pages about a meeting say of its state, its past and its year."""

import datetime as dt

import pytest
from icalendar import Calendar

from circle.models import Record
from council import actions
from council.models import AnnulledResolution, Meeting
from tests import make_council as council
from tests.council.desk import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_history_of_a_meeting_shows_every_step(client, secretary):
    meeting = council.published().meeting
    item = meeting.items.get()
    page = client.get(url("meeting_history", meeting.pk))
    steps = page.context["action_list"]
    recorded = Record.objects.exclude(verb__startswith="topic").count()
    assert len(steps) == recorded > 10
    assert {"call_opened", "roll_recorded", "resolution_recorded", "minutes_published"} <= {
        step.verb for step in steps
    }
    assert any(str(item) in step.get_change_message() for step in steps)
    assert str(secretary) in page.text


def test_annulled_count_and_dropped_correction_stay_in_the_history(client, secretary):
    published = council.published()
    item = published.meeting.items.get()
    correction = actions.correct_minutes(published=published, reason="补记", at=council.AFTER, by=secretary)
    actions.drop_correction(minutes=correction, at=council.AFTER, by=secretary)
    actions.correct_minutes(published=published, reason="补记", at=council.AFTER, by=secretary)
    actions.annul_resolution(item=item, reason="记错", at=council.AFTER, by=secretary)
    steps = client.get(url("meeting_history", published.meeting_id)).context["action_list"]
    verbs = {step.verb for step in steps}
    assert {"resolution_annulled", "correction_dropped"} <= verbs
    number = AnnulledResolution.objects.get().number
    [counted] = [step for step in steps if step.verb == "resolution_recorded"]
    assert counted.subject == number
    [posted] = [step for step in steps if step.verb == "resolution_posted"]
    assert posted.subject == number


def test_history_of_another_community_is_out_of_reach(client):
    meeting = council.meeting()
    client.force_login(council.secretary(community=council.make.community()))
    assert client.get(url("meeting_history", meeting.pk)).status_code in (302, 403, 404)


@pytest.mark.parametrize(
    ("make_it", "status"),
    [
        (council.meeting, "TENTATIVE"),
        (council.calling, "TENTATIVE"),
        (council.noticed, "CONFIRMED"),
        (council.held, "CONFIRMED"),
    ],
)
def test_calendar_says_what_is_not_fixed_yet(client, make_it, status):
    meeting = make_it()
    for address in (f"{meeting.get_absolute_url()}calendar.ics", "/council/calendar.ics"):
        [event] = Calendar.from_ical(client.get(address).content).walk("VEVENT")
        assert str(event["status"]) == status


def test_years_of_the_past_hold_a_past_meeting(client):
    meeting = council.meeting(at=council.OPENS - dt.timedelta(days=400))
    begins = dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC)
    later = {"year": 2027, "starts_at": begins, "ends_at": begins + dt.timedelta(hours=1)}
    Meeting.objects.filter(pk=meeting.pk).update(**later)
    assert list(client.get("/council/").context["years"]) == []
    assert client.get("/council/2027/").status_code == 200
