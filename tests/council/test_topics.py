"""Topics: taken in while the call is open, with a receipt; taken up, declined, answered."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle.models import Message, Record
from council import actions
from council.models import Series, Topic
from tests import make
from tests import make_council as council
from tests.make_council import refused

pytestmark = pytest.mark.django_db
INSTANT = dt.timedelta(microseconds=1)


def last_told() -> tuple[str, dict]:
    message = Message.objects.order_by("pk").last()
    return message.event, message.values


# Received ---------------------------------------------------------------------------------------------------


def test_topic_gets_the_next_receipt_of_the_year_and_its_person_is_told():
    first, second = council.topic(), council.topic()
    assert [first.receipt, second.receipt] == ["SJ-2026-00001", "SJ-2026-00002"]
    assert (first.status, first.mandate, first.came_at) == ("received", None, council.IN_CALL)
    event, values = last_told()
    assert (event, values["receipt"]) == ("topic_received", second.receipt)
    assert "托育" not in str(values)


def test_receipts_are_one_series_for_all_communities():
    here = council.topic()
    elsewhere = council.calling(body=council.body(community=make.community()))
    assert council.topic(meeting=elsewhere).receipt > here.receipt


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (council.OPENS, True),
        (council.OPENS - INSTANT, False),
        (council.CLOSES - INSTANT, True),
        (council.CLOSES, False),
        (council.CLOSES + INSTANT, False),
    ],
)
def test_call_is_open_from_its_first_instant_and_not_at_its_last(at, is_open):
    meeting = council.calling()
    if is_open:
        assert council.topic(meeting=meeting, at=at).receipt
        return
    assert refused(council.topic, meeting=meeting, at=at) == "call_closed"
    assert not Topic.objects.exists()
    assert not Series.objects.exists()


def test_planned_noticed_and_cancelled_meetings_take_no_topics():
    planned = council.meeting()
    assert refused(council.topic, meeting=planned) == "call_closed"
    noticed = council.noticed(body=council.committee())
    resident = make.resident()
    paper = {"resident": resident, "via": "paper", "by": council.secretary()}
    assert refused(council.topic, meeting=noticed, **paper) == "call_closed"


@pytest.mark.parametrize(
    ("text", "code"),
    [("   ", "text_missing"), ("\u202e\u3000", "text_missing"), ("长" * 1001, "text_too_long")],
)
def test_text_that_cannot_be_kept_is_refused(text, code):
    assert refused(council.topic, text=text) == code


def test_text_is_kept_plain():
    topic = council.topic(text="<script>x</script>路灯\x00不亮\r\n<b>3栋</b>前")
    assert topic.text == "<script>x</script>路灯不亮\n<b>3栋</b>前"


def test_one_person_raises_five_topics_for_a_meeting():
    person = make.own_resident()
    for _ in range(5):
        topic = council.topic(resident=person)
    assert refused(council.topic, resident=person, meeting=topic.meeting) == "too_many"
    assert council.topic(meeting=topic.meeting).receipt


def test_slip_handed_in_in_time_and_typed_later_is_in_time():
    meeting = council.calling()
    slip = {"meeting": meeting, "resident": None, "via": "paper", "by": council.secretary()}
    late = council.CLOSES + dt.timedelta(hours=1)
    topic = council.topic(**slip, at=late, came_at=council.CLOSES - INSTANT)
    assert (topic.came_at, topic.raised_by) == (council.CLOSES - INSTANT, None)
    assert refused(council.topic, **slip, at=late) == "call_closed"
    assert refused(council.topic, **slip, at=council.IN_CALL, came_at=late) == "came_later"


def test_online_nobody_chooses_when_it_came():
    meeting = council.calling()
    code = refused(council.topic, meeting=meeting, at=council.CLOSES, came_at=council.IN_CALL)
    assert code == "call_closed"


# By whom ----------------------------------------------------------------------------------------------------


def test_somebody_with_a_mandate_for_everything_raises_it_in_their_name():
    mandate = make.mandate(scope="all")
    topic = council.topic(meeting=council.calling(), resident=mandate.principal, by=mandate.agent)
    assert (topic.raised_by, topic.mandate) == (mandate.principal, mandate)
    assert Message.objects.get(event="topic_received").user == mandate.agent


def test_strangers_and_mandates_for_bookings_may_not():
    meeting = council.calling()
    bookings = make.mandate(scope="bookings")
    for resident, by in (
        (make.own_resident(), make.resident_login()),
        (bookings.principal, bookings.agent),
        (None, make.resident_login()),
    ):
        assert refused(council.topic, meeting=meeting, resident=resident, by=by) == "not_allowed"


def test_only_staff_of_the_community_type_in_what_came_on_paper():
    meeting = council.calling()
    elsewhere = council.secretary(community=make.community())
    for by in (elsewhere, make.clerk(), make.resident_login(), council.chair()):
        values = {"meeting": meeting, "via": "window", "by": by}
        assert refused(council.topic, **values, resident=None) == "not_allowed"
        assert refused(council.topic, **values, resident=make.resident()) == "not_allowed"


def test_person_of_another_community_is_refused():
    person = make.own_resident(community=make.community())
    meeting = council.calling(body=council.body(community=make.community()))
    assert refused(council.topic, meeting=meeting, resident=person) == "other_community"


def test_residents_send_topics_to_their_council_only():
    meeting = council.calling(body=council.committee())
    assert refused(council.topic, meeting=meeting, resident=make.own_resident()) == "wrong_body"


def test_topics_are_seen_by_their_people_and_the_staff_of_the_community():
    topic = council.topic()
    elsewhere = council.secretary(community=make.community())
    seen = [topic.raised_by.login, council.secretary(), make.director()]
    supervisor = make.post(role="supervisor").user
    unseen = [make.own_resident().login, elsewhere, make.clerk(), council.chair(), supervisor]
    assert [Topic.objects.for_user(user).exists() for user in seen] == [True] * 3
    assert [Topic.objects.for_user(user).exists() for user in unseen] == [False] * 5


# What became of it ------------------------------------------------------------------------------------------


def test_topic_is_taken_up_in_public_words_which_may_be_mended():
    topic = council.accepted()
    assert (topic.status, list(Topic.objects.public())) == ("accepted", [topic])
    by = council.secretary()
    again = actions.accept_topic(topic=topic, public_text_zh="托育费", at=council.AFTER, by=by)
    assert again.public_text_zh == "托育费"
    assert refused(actions.accept_topic, topic=topic, public_text_zh=" ", at=council.AFTER, by=by) == (
        "public_text_missing"
    )
    assert refused(actions.accept_topic, topic=topic, public_text_zh="长" * 201, at=council.AFTER, by=by) == (
        "text_too_long"
    )


@pytest.mark.parametrize(
    ("act", "make_topic", "word", "event"),
    [
        (actions.answer_topic, council.accepted, "answer_zh", "topic_answered"),
        (actions.decline_topic, council.topic, "reason_zh", "topic_declined"),
    ],
)
def test_topic_ends_once_with_words_and_its_person_is_told(act, make_topic, word, event):
    topic = make_topic()
    values = {"topic": topic, "at": council.AFTER, "by": council.secretary()}
    assert refused(act, **values, **{word: " "}) == "answer_missing"
    act(**values, **{word: "已和托育中心商定。"})
    assert (topic.status, topic.answer) == (event.removeprefix("topic_"), "已和托育中心商定。")
    assert last_told()[0] == event
    assert refused(act, **values, **{word: "再答一次"}) == f"already_{topic.status}"
    assert Message.objects.filter(event=event).count() == 1


def test_topic_that_was_not_taken_up_is_not_answered():
    values = {"topic": council.topic(), "answer_zh": "好。", "at": council.AFTER, "by": council.secretary()}
    assert refused(actions.answer_topic, **values) == "not_possible"


def test_unsigned_slip_ends_without_a_message():
    meeting, by = council.calling(), council.secretary()
    topic = council.topic(meeting=meeting, resident=None, via="paper", by=by)
    actions.decline_topic(topic=topic, reason_zh="请找物业。", at=council.IN_CALL, by=by)
    assert not Message.objects.exists()
    assert Record.objects.about(topic).count() == 2


def test_topic_is_handed_on_to_a_later_meeting():
    topic = council.accepted()
    body = topic.meeting.body
    month = dt.timedelta(days=30)
    later = council.meeting(
        body=body,
        starts_at=council.STARTS + month,
        ends_at=council.ENDS + month,
        call_closes_at=council.CLOSES + month,
    )
    values = {"topic": topic, "at": council.AFTER, "by": council.secretary()}
    assert actions.hand_on_topic(meeting=later, **values).meeting == later
    assert (topic.status, refused(actions.hand_on_topic, meeting=later, **values)) == (
        "accepted",
        "wrong_meeting",
    )
    other = council.meeting(body=council.committee())
    assert refused(actions.hand_on_topic, meeting=other, **values) == "wrong_meeting"
    actions.answer_topic(topic=topic, answer_zh="好。", at=council.AFTER, by=council.secretary())
    further = council.calling(part=2, body=body)
    assert refused(actions.hand_on_topic, meeting=further, **values) == "already_answered"


@pytest.mark.parametrize(
    "values",
    [
        {"status": "answered", "public_text_zh": "词"},
        {"status": "declined"},
        {"status": "accepted"},
        {"raised_by": None},
    ],
)
def test_database_keeps_the_promises_of_a_topic(values):
    council.topic()
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.update(**values)


def test_series_goes_on_after_a_failed_transaction_without_a_number_given_twice():
    council.topic()

    def fails() -> None:
        with transaction.atomic():
            council.topic()
            raise ValidationError("x", code="x")

    assert refused(fails) == "x"
    assert council.topic().receipt == "SJ-2026-00002"
