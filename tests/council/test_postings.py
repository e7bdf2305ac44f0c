"""Adopted resolutions are posted for the days of the rule, may be objected to, and then are in force."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from circle.models import Record
from council import actions
from council.hooks.schedule import invariants
from council.models import AgendaItem, MinutesVersion, Objection, Posting
from tests import make
from tests import make_council as council
from tests.council.desk import code_of, url
from tests.make_council import AFTER as AT
from tests.make_council import refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(2026, 11, 27), dt.date(2026, 12, 3)


def posting(**values) -> Posting:
    council.published(**values)
    return Posting.objects.get()


def objected(found: Posting, **values) -> Objection:
    sent = {"posting": found, "text": "费用太高", "at": AT + DAY, "by": council.secretary()}
    return actions.record_objection(**sent | values)


def test_adopted_resolution_is_posted_with_the_minutes_for_seven_days():
    found = posting()
    assert (found.posted_on, found.ends_on, found.status) == (FIRST, LAST, "posted")
    assert Record.objects.get(verb="resolution_posted").details["until"] == "2026-12-03"


def test_days_are_those_of_the_meetings_rule():
    body = council.body(posting_days=10)
    assert posting(body=body).ends_on == FIRST + 9 * DAY


def test_rejected_resolution_is_not_posted():
    meeting = council.in_session()
    council.resolution(item=meeting.items.get(), yes=3, no=6, abstain=0)
    council.published(meeting=actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary()))
    assert not Posting.objects.exists()


@pytest.mark.parametrize(("day", "status"), [(LAST, "posted"), (LAST + DAY, "in_force")])
def test_in_force_on_the_day_after_the_last(day, status):
    found = posting()
    at = dt.datetime.combine(day, dt.time(0, 5), council.AFTER.tzinfo)
    assert actions.put_due_in_force(at=at) == (status == "in_force")
    found.refresh_from_db()
    assert found.status == status


def test_open_objection_stops_it_and_the_answer_lets_it_go_on():
    found = posting()
    objection = objected(found)
    assert actions.put_due_in_force(at=AT + 20 * DAY) == 0
    actions.answer_objection(objection=objection, answer_zh="已有补贴", at=AT + 2 * DAY, by=council.chair())
    assert actions.put_due_in_force(at=AT + 20 * DAY) == 1
    assert list(invariants()) == []


def test_objection_is_due_after_the_days_of_the_rule():
    assert objected(posting()).due_on == FIRST + 4 * DAY


@pytest.mark.parametrize("day", [FIRST - DAY, LAST + DAY])
def test_objection_of_another_day_is_refused(day):
    found = posting()
    sent = {"found": found, "received_on": day, "at": AT + 10 * DAY}
    assert refused(objected, **sent) == "not_posted_then"


@pytest.mark.parametrize(("text", "code"), [("", "text_missing"), ("打13800000000", "personal_data_shown")])
def test_objection_is_said_in_public_words(text, code):
    assert refused(objected, found=posting(), text=text) == code


def test_objection_after_it_is_in_force_is_refused():
    found = posting()
    actions.put_due_in_force(at=AT + 20 * DAY)
    assert refused(objected, found=found, at=AT + 21 * DAY, received_on=LAST) == "not_possible"


def test_upheld_objection_brings_the_item_back_to_the_next_agenda():
    found = posting()
    actions.uphold_objection(objection=objected(found), answer_zh="再议", at=AT + 2 * DAY, by=council.chair())
    assert Posting.objects.get().status == "sent_back"
    body = found.resolution.item.meeting.body
    month = dt.timedelta(days=35)
    later = council.meeting(
        body=body, starts_at=council.STARTS + month, ends_at=council.ENDS + month,
        call_opens_at=council.OPENS + month, call_closes_at=council.CLOSES + month,
    )  # fmt: skip
    actions.take_over_items(meeting=later, at=AT + 3 * DAY, by=council.secretary())
    assert AgendaItem.objects.get(meeting=later, minutes_of=None).continues == found.resolution.item
    assert actions.put_due_in_force(at=AT + 20 * DAY) == 0


def test_corrected_resolution_is_posted_anew_and_an_unchanged_one_is_not():
    found = posting()
    published = MinutesVersion.objects.get()
    council.corrected(published)
    assert Posting.objects.get().posted_on == FIRST
    current = MinutesVersion.objects.current().get()
    minutes = actions.correct_minutes(
        published=current, reason="更正", at=AT + 5 * DAY, by=council.secretary()
    )
    council.resolution(item=found.resolution.item, text_zh="同意，限一年。")
    minutes = council.to_approved(council.written(minutes))
    actions.publish_minutes(minutes=minutes, at=AT + 5 * DAY, by=council.secretary())
    assert Posting.objects.get().posted_on == FIRST + 5 * DAY


def test_count_that_was_objected_to_is_not_annulled():
    found = posting()
    objected(found)
    published = MinutesVersion.objects.get()
    actions.correct_minutes(published=published, reason="更正", at=AT + DAY, by=council.secretary())
    sent = {"item": found.resolution.item, "reason": "记错", "at": AT + DAY, "by": council.secretary()}
    assert refused(actions.annul_resolution, **sent) == "acted_on"


def test_database_wants_an_answer_to_end_an_objection():
    objection = objected(posting())
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(status="answered")


def test_posting_in_force_with_an_open_objection_is_named():
    found = posting()
    objected(found)
    Posting.objects.filter(pk=found.pk).update(status="in_force")
    assert [line for line in invariants() if "open objection" in line]
    Objection.objects.update(status="answered", answer_zh="好")


def test_objection_at_the_desk(client, secretary, clock):
    found = posting()
    clock.move_to(AT + DAY)
    address = url("posting_do", found.pk, "object")
    assert code_of(client.post(address, {"text": "打13800000000"})) == "personal_data_shown"
    assert client.post(address, {"text": "费用太高"}).status_code == 302
    answer = {"objection": Objection.objects.get().pk, "answer_zh": "已有补贴"}
    assert client.post(url("posting_do", found.pk, "answer"), answer).status_code == 302
    page = client.get(url("posting_change", found.pk))
    assert "已有补贴" in page.text


def test_supervisor_reads_postings_and_changes_none(client):
    found = posting()
    client.force_login(make.post(role="supervisor").user)
    assert client.get(url("posting_change", found.pk)).status_code == 200
    assert client.post(url("posting_do", found.pk, "object"), {"text": "费用太高"}).status_code == 403
