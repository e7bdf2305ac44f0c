"""Two clerks, many residents, one clock: what may happen once happens once, on both databases."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from council import actions
from council.actions.postings import put_in_force
from council.models import Meeting, MinutesVersion, Objection, Posting, Resolution, Series, Topic
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


def test_scenario_4_same_count_is_put_down_once_by_many_clerks(at_once):
    """Each has seen that nothing is counted yet; the others are told that somebody was faster."""
    meeting, by = council.in_session(members=3, present=3), council.secretary()
    item = meeting.items.get()

    def put_down(yes: int) -> Resolution:
        hands = {"text_zh": "同意。", "yes": yes, "no": 3 - yes, "abstain": 0}
        return actions.record_resolution(item=item, at=council.HALF_PAST, by=by, seen=0, **hands)

    answers = at_once(*[lambda yes=yes: put_down(yes) for yes in (3, 2, 3, 2)])
    assert outcomes(answers) == ["changed_meanwhile"] * 3 + ["done"]
    assert Resolution.objects.get().revision == 1


@pytest.mark.parametrize("what", ["minutes", "roll"])
def test_text_and_roll_that_two_clerks_saw_are_saved_by_one(at_once, what):
    """Fault 3: the later one is told, and overwrites nothing."""
    by = council.secretary()
    minutes = council.draft(members=3, present=3)
    meeting = minutes.meeting
    seen = {"minutes": minutes.revision, "roll": Meeting.objects.get(pk=meeting.pk).roll_revision}[what]

    def save(number: int) -> object:
        if what == "minutes":
            row = MinutesVersion.objects.get(pk=minutes.pk)
            texts = {1: (f"第{number}稿", "")}
            return actions.write_minutes(minutes=row, texts=texts, at=council.AFTER, by=by, seen=seen)
        marks = council.marked(meeting, 3)
        return actions.record_attendance(meeting=meeting, marks=marks, at=council.AFTER, by=by, seen=seen)

    answers = at_once(*[lambda number=number: save(number) for number in range(CLERKS)])
    assert outcomes(answers) == ["changed_meanwhile"] * (CLERKS - 1) + ["done"]


def test_resolution_comes_into_force_or_is_objected_to(at_once):
    """On the day after the posting ends an objection of the last day is entered while the clock works."""
    posting, by = council.posting(members=3, present=3), council.secretary()
    at = council.AFTER + dt.timedelta(days=8)

    def object_to() -> Objection:
        row = Posting.objects.get(pk=posting.pk)
        said = {"text": "太贵了。", "received_on": posting.ends_on, "at": at, "by": by}
        return actions.record_objection(posting=row, **said)

    def come_into_force() -> Posting:
        return put_in_force(posting=Posting.objects.get(pk=posting.pk), at=at)

    answers = at_once(object_to, come_into_force, object_to, come_into_force)
    posting.refresh_from_db()
    done = [not isinstance(answer, Exception) for answer in answers]
    assert set(outcomes(answers)) <= {"done", "not_possible", "changed_meanwhile", "already_in_force"}
    if posting.status == "in_force":
        assert (done.count(True), Objection.objects.count()) == (1, 0)
    else:
        assert (posting.status, done, Objection.objects.count()) == ("posted", [True, False, True, False], 2)


@pytest.mark.planted
def test_topics_joined_both_ways_at_once_leave_one_target(at_once):
    first, second = council.accepted(), council.accepted()
    by = council.secretary()

    def join(topic: Topic, target: Topic) -> None:
        actions.merge_topics(topic=topic, target=target, at=council.IN_CALL, by=by)

    ways = [lambda: join(first, second), lambda: join(second, first)] * 3
    assert set(outcomes(at_once(*ways))) == {"done", "merge_in_circle"}
    assert Topic.objects.filter(merged_into=None).count() == 1


def test_not_solved_told_many_times_opens_once(at_once):
    asked = council.evaluation()
    told = outcomes(
        at_once(
            *[lambda: actions.evaluate_topic(evaluation=asked, is_solved=False, at=council.IN_CALL)] * CLERKS
        )
    )
    assert told == ["already_evaluated"] * (CLERKS - 1) + ["done"]
    assert Topic.objects.get(pk=asked.topic_id).reopened == 1


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
