"""Two clerks, many residents, one clock: what may happen once happens once, on both databases."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from council import actions
from council.models import Meeting, MinutesVersion, Series, Topic
from tests import make
from tests import make_council as council

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
CLERKS = 6


def outcomes(answers: list) -> list[str]:
    """Refusals by code; what was done is "done", and any other error comes up."""
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, ValidationError):
            raise answer
    return sorted(answer.code if isinstance(answer, ValidationError) else "done" for answer in answers)


def test_version_is_published_once_by_many_clerks(at_once):
    minutes, by = council.approved(members=3, present=3), council.secretary()

    def publish() -> MinutesVersion:
        row = MinutesVersion.objects.get(pk=minutes.pk)
        return actions.publish_minutes(minutes=row, at=council.AFTER, by=by)

    assert outcomes(at_once(*[publish] * CLERKS)) == ["already_published"] * (CLERKS - 1) + ["done"]


def test_correction_replaces_once(at_once):
    first = council.published(members=3, present=3)
    by = council.secretary()
    second = actions.correct_minutes(published=first, reason="补记", at=council.AFTER, by=by)
    council.to_approved(council.written(second))

    def publish() -> MinutesVersion:
        row = MinutesVersion.objects.get(pk=second.pk)
        return actions.publish_minutes(minutes=row, at=council.AFTER, by=by)

    assert outcomes(at_once(*[publish] * CLERKS)) == ["already_published"] * (CLERKS - 1) + ["done"]
    states = MinutesVersion.objects.order_by("version").values_list("status", flat=True)
    assert list(states) == ["superseded", "published"]


def test_agenda_is_published_once_by_many_clerks(at_once):
    meeting, by = council.item().meeting, council.secretary()

    def publish() -> Meeting:
        row = Meeting.objects.get(pk=meeting.pk)
        return actions.publish_agenda(meeting=row, at=council.NOTICED, by=by)

    assert outcomes(at_once(*[publish] * CLERKS)) == ["already_noticed"] * (CLERKS - 1) + ["done"]


def test_minutes_are_begun_once(at_once):
    meeting, by = council.held(members=3, present=3), council.secretary()
    drafts = at_once(*[lambda: actions.draft_minutes(meeting=meeting, at=council.AFTER, by=by).pk] * CLERKS)
    assert len(set(drafts)) == MinutesVersion.objects.count() == 1


def test_receipts_of_many_residents_are_all_different(at_once):
    meeting = council.calling()
    people = [make.own_resident() for _ in range(8)]
    calls = [
        lambda person=person: council.topic(meeting=meeting, resident=person).receipt for person in people
    ]
    receipts = at_once(*calls)
    assert sorted(receipts) == [f"SJ-2026-{number:05}" for number in range(1, 9)]


def test_call_that_closes_takes_nothing_afterwards(at_once):
    """Whoever was in time is counted before the call is closed; nobody slips in behind it."""
    meeting, by = council.calling(), council.secretary()
    people = [make.own_resident() for _ in range(5)]
    at = council.IN_CALL
    calls = [
        lambda person=person: council.topic(meeting=meeting, resident=person, at=at) for person in people
    ]
    answers = at_once(*calls, lambda: actions.close_call(meeting=meeting, at=at, by=by))
    assert set(outcomes(answers)) <= {"done", "call_closed"}
    assert Topic.objects.count() == outcomes(answers[:-1]).count("done")
    with pytest.raises(ValidationError) as refusal:
        council.topic(meeting=meeting, resident=make.own_resident(), at=at)
    assert refusal.value.code == "call_closed"


def test_one_person_stays_within_five_topics(at_once):
    meeting, person = council.calling(), make.own_resident()
    answers = at_once(*[lambda: council.topic(meeting=meeting, resident=person)] * 8)
    assert outcomes(answers) == ["done"] * 5 + ["too_many"] * 3


def test_firm_that_clicks_many_times_says_it_once(at_once):
    manager = make.post("property_manager")
    topic = council.of_firm(firm=manager.firm)
    said = {"topic": topic, "status": "done", "text": "已修好。", "at": council.IN_CALL, "by": manager.user}
    replies = at_once(*[lambda: actions.reply_as_firm(**said).pk] * CLERKS)
    assert len(set(replies)) == topic.replies.count() == 1


@pytest.mark.planted
def test_naive_series_gives_a_number_twice(at_once):
    """The negative control: without it a race test may pass because nothing ever raced.

    Only PostgreSQL can give one twice: on SQLite, IMMEDIATE lets one writer in at a time, reading included.
    """
    Series.objects.create(name="naive")

    def naive() -> int:
        with transaction.atomic():
            row = Series.objects.get(name="naive")
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute("SELECT pg_sleep(0.05)")
            row.last += 1
            row.save()
            return row.last

    numbers = at_once(*[naive] * 8)
    assert (len(set(numbers)) < len(numbers)) == (connection.vendor == "postgresql")
