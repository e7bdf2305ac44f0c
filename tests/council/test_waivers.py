"""Late notice and late items: nothing is decided until two thirds of those present waive it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from council import actions
from council.models import AgendaItem, Resolution, Waiver
from tests import make_council as council
from tests.council.desk import again, code_of, url
from tests.make_council import HALF_PAST, refused

pytestmark = pytest.mark.django_db
SEVEN_DAYS = council.STARTS - dt.timedelta(days=7)
HOUR = dt.timedelta(hours=1)


def meeting_of_seven_days():
    """Its rule asks for seven days of notice; nine of twelve are present."""
    found = council.calling(
        body=council.body(notice_days=7), call_closes_at=SEVEN_DAYS - dt.timedelta(days=1)
    )
    council.item(meeting=found)
    council.seats(12, body=found.body)
    return found


def published(found, at, **more):
    return actions.publish_agenda(meeting=found, at=at, by=council.secretary(), **more)


def late_session():
    found = published(meeting_of_seven_days(), SEVEN_DAYS + HOUR, late_reason="场地未定")
    by = council.secretary()
    marks = council.marked(found, 9)
    actions.record_attendance(meeting=found, marks=marks, at=council.STARTS, by=by)
    return actions.open_session(meeting=found, at=council.STARTS, by=by)


def waived(found, hands: int = 6, **more) -> Waiver:
    sent = {"meeting": found, "in_favour": hands, "at": HALF_PAST, "by": council.secretary()}
    return actions.record_waiver(**sent | more)


def test_scenario_6_six_days_and_23_hours_are_late():
    found = meeting_of_seven_days()
    assert refused(published, found=found, at=SEVEN_DAYS + HOUR) == "notice_late"
    assert published(found, SEVEN_DAYS + HOUR, late_reason="场地未定").late_notice_reason == "场地未定"


def test_seven_days_to_the_minute_are_in_time():
    assert published(meeting_of_seven_days(), SEVEN_DAYS).late_notice_reason == ""


def test_scenario_6_decisions_wait_for_the_waiver_and_the_minutes_print_it(client):
    found = late_session()
    item = found.items.get()
    assert refused(council.resolution, item=item) == "waiver_missing"
    assert not Resolution.objects.exists()
    waived(found)
    council.resolution(item=item)
    held = actions.end_session(meeting=found, at=council.ENDS, by=council.secretary())
    minutes = council.published(meeting=held)
    [printed] = minutes.sheet.waivers
    assert (printed.number, printed.in_favour, printed.present) == (None, 6, 9)
    assert "6" in client.get(found.get_absolute_url()).text


@pytest.mark.parametrize(("hands", "code"), [(5, "waiver_too_few"), (10, "too_many_hands")])
def test_waiver_needs_two_thirds_of_those_present(hands, code):
    assert refused(waived, found=late_session(), hands=hands) == code


def test_waiver_twice_is_one():
    found = late_session()
    assert waived(found) == waived(found, 9)


def test_notice_in_time_needs_no_waiver():
    assert refused(waived, found=council.in_session()) == "not_late"


def test_database_wants_two_thirds():
    row = waived(late_session())
    values = {"community": row.community, "given_at": HALF_PAST, "entered_by": row.entered_by}
    item = council.item(meeting=council.calling(body=council.committee()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.create(meeting=item.meeting, item=item, present=9, in_favour=5, **values)


def late_item(found, kind: str = "decision", **more) -> AgendaItem:
    sent = {"title_zh": "临时议题", "kind": kind, "at": council.STARTS, "by": council.secretary()}
    return actions.add_late_item(meeting=found, **sent | more)


def test_late_item_is_heard_but_decided_only_after_a_waiver():
    found = council.in_session()
    report, decision = late_item(found, "report"), late_item(found)
    assert [report.number, decision.number] == [2, 3]
    actions.note_item(item=report, at=HALF_PAST, by=council.secretary())
    assert refused(council.resolution, item=decision) == "waiver_missing"
    waived(found, item=decision)
    council.resolution(item=decision)
    council.resolution(item=found.items.get(number=1))


@pytest.mark.parametrize(
    ("title", "code"), [(" ", "title_missing"), ("3栋2单元501室", "personal_data_shown")]
)
def test_late_item_has_a_title_that_everybody_may_read(title, code):
    assert refused(late_item, found=council.in_session(), title_zh=title) == code


def test_late_item_after_the_end_is_refused():
    assert refused(late_item, found=council.held()) == "not_possible"


def test_clerk_says_why_it_is_late_and_puts_down_the_waiver(client, secretary, clock):
    found = meeting_of_seven_days()
    clock.move_to(SEVEN_DAYS + HOUR)
    address = url("meeting_do", found.pk, "publish_agenda")
    assert code_of(client.post(address)) == "notice_late"
    assert client.post(address, {"late_reason": "场地未定"}).status_code == 302
    clock.move_to(council.STARTS)
    again(client, secretary)
    by = council.secretary()
    actions.record_attendance(meeting=found, marks=council.marked(found, 9), at=council.STARTS, by=by)
    actions.open_session(meeting=found, at=council.STARTS, by=by)
    address = url("meeting_do", found.pk, "waive_notice")
    assert code_of(client.post(address, {"in_favour": "5"})) == "waiver_too_few"
    assert client.post(address, {"in_favour": "6"}).status_code == 302
    address = url("meeting_do", found.pk, "late_item")
    assert client.post(address, {"title_zh": "临时议题", "kind": "decision"}).status_code == 302
    assert found.items.count() == 2
