"""How much a page or a save of a large meeting asks the database, and how long outsiders' proof takes."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council import actions
from council.actions.verification import find_minutes_faults
from council.models import AgendaItem, Meeting, Resolution
from tests import make_council as council
from tests.council.desk import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ITEMS, SEATS = 60, 40
AGENDA_PAGE, SAVE, MARK, HANDS = 20, 12, 17, 18
VERSIONS, SECONDS, SHARE = 240, 5, 12


def large_agenda() -> Meeting:
    topics = [council.accepted() for _ in range(3)]
    meeting = topics[0].meeting
    kinds = ["report", "deliberation", "decision"]
    rows = AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, number=number, kind=kinds[number % 3], title_zh=f"议题{number}")
        for number in range(1, ITEMS + 1)
    )
    for number, topic in enumerate(topics):
        rows[number].topics.add(topic)
    return meeting


def large_session() -> Meeting:
    meeting = large_agenda()
    council.seats(SEATS, body=meeting.body)
    by = council.secretary()
    actions.publish_agenda(meeting=meeting, at=council.NOTICED, by=by)
    marks = council.marked(meeting, 30)
    actions.record_attendance(meeting=meeting, marks=marks, at=council.STARTS, by=by)
    meeting = actions.open_session(meeting=meeting, at=council.STARTS, by=by)
    for item in meeting.items.filter(kind="decision"):
        council.resolution(item=item, yes=20, no=5, abstain=5)
    return meeting


def queries(act, **values) -> int:
    with CaptureQueriesContext(connection) as caught:
        act(**values)
    return len([each for each in caught if "SAVEPOINT" not in each["sql"]])


def test_agenda_page_of_sixty_items(client, secretary):
    meeting = large_agenda()
    assert queries(client.get, path=url("meeting_agenda", meeting.pk)) <= AGENDA_PAGE


def test_each_save_of_a_large_session():
    meeting = large_session()
    by = council.secretary()
    common = {"at": council.HALF_PAST, "by": by}
    item = meeting.items.filter(kind="decision").first()
    report = meeting.items.filter(kind="report").first()
    come = [actions.Mark(council.marked(meeting, 31)[30].membership, "present")]
    times = {"opened_at": council.STARTS, "ended_at": None}
    found = {
        "mark": queries(actions.record_attendance, meeting=meeting, marks=come, seen=1, **common),
        "hands": queries(
            actions.record_resolution, item=item, text_zh="好。", yes=10, no=5, abstain=5, seen=1, **common
        ),
        "result": queries(actions.note_item, item=report, **common),
        "late item": queries(
            actions.add_late_item, meeting=meeting, title_zh="临时通报", kind="report", **common
        ),
        "times": queries(actions.set_session_times, meeting=meeting, seen=2, **times, **common),
    }
    assert {name: count for name, count in found.items() if count > SAVE} == {}, found
    assert Resolution.objects.filter(present=31).count() == ITEMS // 3


def test_page_of_a_large_session_and_each_line_that_it_saves(client, clock):
    """The requests as a whole: who asks and what they may, the line as it stood and stands, and the save."""
    meeting = large_session()
    clock.move_to(council.HALF_PAST)
    client.force_login(council.secretary())
    address = url("meeting_session", meeting.pk)
    context = client.get(address).context
    assert (len(context["items"]), len(context["seats"])) == (ITEMS, SEATS)
    seat, item = context["seats"][30].prefix, next(x for x in context["items"] if "yes" in x.fields)
    mark = {f"{seat}-was": context["seats"][30].saved, f"{seat}-status": "present", "part": seat}
    hands = {f"{item.prefix}-{name}": value for name, value in {"text_zh": "好。", "yes": 9}.items()}
    hands |= {f"{item.prefix}-no": 1, f"{item.prefix}-abstain": 1, f"{item.prefix}-was": item.saved}
    found = {
        "page": queries(client.get, path=address),
        "mark": queries(client.post, path=address, data=mark),
        "hands": queries(client.post, path=address, data=hands | {"part": item.prefix}),
    }
    assert Resolution.objects.get(item=item.item).yes == 9
    assert Resolution.objects.filter(present=31).count() == ITEMS // 3
    assert found["page"] <= AGENDA_PAGE, found
    assert (found["mark"] <= MARK, found["hands"] <= HANDS) == (True, True), found


def test_many_versions_are_verified_in_time():
    """A twelfth of them, made by the actions, in a twelfth of the time."""
    last = council.published()
    for _number in range(VERSIONS // SHARE - 1):
        last = council.corrected(last)
    begun = time.perf_counter()
    assert list(find_minutes_faults()) == []
    assert time.perf_counter() - begun <= SECONDS / SHARE
