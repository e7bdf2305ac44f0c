"""A meeting held on paper: entered afterwards with its real times, marked so, and nobody is told."""

import datetime as dt

import pytest

from circle.models import Message
from council import actions
from council.models import Meeting
from tests import make
from tests import make_council as council
from tests.council.desk import url
from tests.make_council import AFTER as AT
from tests.make_council import refused

pytestmark = pytest.mark.django_db
LAST_YEAR = dt.datetime(2025, 10, 16, 19, tzinfo=AT.tzinfo)
IN_2019 = LAST_YEAR.replace(year=2019)
TWO_HOURS = dt.timedelta(hours=2)
ITEMS = [actions.PaperItem("通报", "report"), actions.PaperItem("加装扶手", "decision")]


def entered(**values) -> Meeting:
    body = values.pop("body", None) or council.the_council()
    if not body.memberships.exists():
        council.seats(12, body=body, starts_on=dt.date(2025, 1, 1))
    sent = {"starts_at": LAST_YEAR, "ended_at": LAST_YEAR + TWO_HOURS, "items": ITEMS, "at": AT}
    sent |= {"body": body, "place": make.facility(), "by": council.secretary()}
    return actions.enter_paper_meeting(**sent | values)


def test_meeting_of_last_year_goes_from_paper_to_published_minutes(client):
    found = entered()
    by = council.secretary()
    actions.record_attendance(meeting=found, marks=council.marked(found, 9), at=AT, by=by)
    first, second = found.items.order_by("number")
    actions.note_item(item=first, at=AT, by=by)
    resolution = council.resolution(item=second, at=AT, voted_at=LAST_YEAR + TWO_HOURS / 2)
    minutes = council.published(meeting=found)
    assert resolution.number == "议〔2025〕10-01"
    sheet = minutes.sheet
    assert sheet.is_from_paper
    assert (sheet.begun, sheet.ended) == ("2025-10-16T19:00:00+08:00", "2025-10-16T21:00:00+08:00")
    page = client.get("/council/2025-10/")
    assert "据纸质记录补录" in page.text


@pytest.mark.parametrize(("started", "told"), [(LAST_YEAR, 0), (AT - dt.timedelta(days=1), 9)])
def test_minutes_of_a_paper_meeting_of_these_days_are_reviewed_by_who_was_there(started, told):
    found = entered(starts_at=started, ended_at=started + TWO_HOURS)
    by = council.secretary()
    actions.record_attendance(meeting=found, marks=council.marked(found, 9), at=AT, by=by)
    for item in found.items.all():
        actions.note_item(item=item, at=AT, by=by)
    minutes = council.draft(meeting=found)
    actions.submit_minutes(minutes=minutes, at=AT, by=by)
    assert Message.objects.filter(event="minutes_in_review").count() == told


def test_nobody_is_told():
    council.seat(resident=make.own_resident(), starts_on=dt.date(2025, 1, 1))
    entered()
    assert not Message.objects.exists()


def test_rule_and_seats_are_those_of_its_day():
    body = council.the_council()
    council.change_rule(body, valid_from=dt.date(2026, 1, 1), quorum_num=1, quorum_den=1)
    council.seats(12, body=body, starts_on=dt.date(2025, 1, 1))
    council.seat(body=body, starts_on=dt.date(2026, 1, 1))
    found = entered(body=body)
    assert found.rule.quorum_den == 3
    assert found.roll.count() == 12


def test_resolution_without_a_quorum_on_paper_is_refused():
    found = entered()
    actions.record_attendance(meeting=found, marks=council.marked(found, 7), at=AT, by=council.secretary())
    item = found.items.get(kind="decision")
    assert refused(council.resolution, item=item, at=AT, voted_at=LAST_YEAR) == "no_quorum"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"items": []}, "agenda_empty"),
        ({"ended_at": AT + dt.timedelta(days=1), "starts_at": AT}, "session_times_wrong"),
        ({"ended_at": LAST_YEAR - TWO_HOURS}, "session_times_wrong"),
        (
            {"starts_at": IN_2019, "ended_at": IN_2019 + TWO_HOURS},
            "rule_missing",
        ),
    ],
)
def test_paper_meeting_has_items_and_is_over(values, code):
    assert refused(entered, **values) == code
    assert not Meeting.objects.exists()


def test_entered_twice_is_refused():
    entered()
    assert refused(entered) == "already_planned"


def test_further_meeting_of_the_month_gets_the_next_number():
    entered()
    assert entered(starts_at=LAST_YEAR + TWO_HOURS * 24, ended_at=LAST_YEAR + TWO_HOURS * 25).part == 2


def test_yesterdays_meeting_is_entered_on_one_page(client, secretary, clock):
    clock.move_to(AT)
    body = council.the_council()
    council.seats(12, body=body)
    sent = {
        "body": body.pk,
        "place": make.facility().pk,
        "day": "2026-11-26",
        "began": "19:00",
        "ended": "20:40",
    }
    empty = client.post(url("meeting_paper"), sent)
    assert empty.status_code == 422
    sent |= {"title_1": "通报", "kind_1": "report", "title_2": "加装扶手", "kind_2": "decision"}
    answer = client.post(url("meeting_paper"), sent)
    found = Meeting.objects.get()
    assert answer.url == url("meeting_change", found.pk)
    assert found.ended_at == dt.datetime(2026, 11, 26, 20, 40, tzinfo=AT.tzinfo)
    assert client.get(answer.url).status_code == 200


def test_roll_of_a_paper_meeting_begins_empty_and_the_rest_is_marked_present(client):
    found = entered()
    client.force_login(council.secretary())
    for page in ("meeting_roll", "meeting_session"):
        context = client.get(url(page, found.pk)).context
        lines = context["seats"] if "seats" in context else [line.form for line in context["lines"]]
        assert {line["status"].value() for line in lines} == {""}
    sent = {"rest": "present", "revision": 0}
    assert client.post(url("meeting_roll", found.pk), sent).status_code == 302
    assert found.roll.filter(status="present").count() == 12
