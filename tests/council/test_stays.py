"""Who leaves and comes back: presence at each count, and what the minutes say of it."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from council import actions
from council.actions.verification import find_minutes_faults
from council.models import Attendance, Membership, MinutesVersion, Resolution, Sheet, Stay, roll_of
from council.models.differences import roll_sentence
from tests import make_council as council
from tests.council.desk import save, url
from tests.make_council import minutes_in, refused

pytestmark = pytest.mark.django_db
Mark = actions.Mark


def mark(meeting, seat, at=council.ENDS, **values):
    marks = [Mark(seat.pk, "present", **values)]
    return actions.record_attendance(meeting=meeting, marks=marks, at=at, by=council.secretary())


def first_seat(meeting):
    return Membership.objects.filter(body=meeting.body).order_by("pk").first()


def test_scenario_2_quorum_is_lost_and_comes_back_with_the_member():
    """Scenario 2: 16 at the opening, one leaves at 19:10 and is back at 19:20."""
    meeting = council.in_session(members=24, present=16)
    seat, item = first_seat(meeting), meeting.items.get()
    mark(meeting, seat, left_at=minutes_in(10), at=minutes_in(11))
    assert refused(council.resolution, item=item, at=minutes_in(12)) == "no_quorum"
    mark(meeting, seat, left_at=minutes_in(10), returns=[(minutes_in(20), None)], at=minutes_in(21))
    assert refused(council.resolution, item=item, voted_at=minutes_in(12), at=minutes_in(22)) == "no_quorum"
    assert council.resolution(item=item, voted_at=minutes_in(20), at=minutes_in(22)).present == 16
    actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary())
    sheet = council.draft(meeting=meeting).sheet
    said = [(move.at[11:16], move.came, move.left, move.present) for move in sheet.movements]
    assert said == [("19:10", 0, 1, 15), ("19:20", 1, 0, 16)]


def test_presence_is_that_of_the_moment():
    meeting = council.in_session(members=12, present=9)
    stays = [(minutes_in(20), minutes_in(30)), (minutes_in(40), minutes_in(50))]
    mark(meeting, first_seat(meeting), arrived_at=minutes_in(5), left_at=minutes_in(10), returns=stays)
    there = [roll_of(meeting, minutes_in(minute)).present for minute in (0, 5, 10, 20, 30, 45, 50)]
    assert there == [8, 9, 8, 9, 8, 9, 8]


@pytest.mark.parametrize(
    "values",
    [
        {"returns": [(minutes_in(20), None)]},  # never left
        {"left_at": minutes_in(20), "returns": [(minutes_in(20), None)]},
        {"left_at": minutes_in(20), "returns": [(minutes_in(10), None)]},
        {"left_at": minutes_in(20), "returns": [(minutes_in(30), minutes_in(25))]},
        {"left_at": minutes_in(5), "returns": [(minutes_in(9), None), (minutes_in(20), None)]},
        {"left_at": minutes_in(5), "returns": [(minutes_in(9), minutes_in(12)), (minutes_in(11), None)]},
    ],
)
def test_stays_that_cannot_be_are_refused(values):
    meeting = council.in_session()
    assert refused(mark, meeting=meeting, seat=first_seat(meeting), **values) == "roll_times_wrong"
    assert not Stay.objects.exists()


def test_who_was_not_there_has_no_stay():
    meeting = council.in_session()
    marks = [Mark(first_seat(meeting).pk, "excused", returns=[(minutes_in(20), None)])]
    values = {"meeting": meeting, "marks": marks, "at": council.ENDS, "by": council.secretary()}
    assert refused(actions.record_attendance, **values) == "roll_times_wrong"


def test_database_refuses_a_stay_that_ends_before_it_begins_and_two_at_one_time():
    entry = council.in_session().roll.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(attendance=entry, came_at=minutes_in(20), left_at=minutes_in(20))
    Stay.objects.create(attendance=entry, came_at=minutes_in(20))
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(attendance=entry, came_at=minutes_in(20), left_at=minutes_in(30))


def test_seat_put_down_anew_has_the_stays_of_that_mark_only():
    meeting = council.in_session()
    seat, other = Membership.objects.filter(body=meeting.body).order_by("pk")[:2]
    for each in (seat, other):
        mark(meeting, each, left_at=minutes_in(5), returns=[(minutes_in(9), None)])
    mark(meeting, seat)
    assert [row.attendance.membership for row in Stay.objects.all()] == [other]


def test_latecomers_are_in_the_figures_of_the_minutes():
    meeting = council.in_session(members=12, present=9)
    tenth = Membership.objects.filter(body=meeting.body).order_by("pk")[9]
    mark(meeting, tenth, arrived_at=minutes_in(20))
    council.resolution(item=meeting.items.get(), at=minutes_in(30), yes=10, no=0, abstain=0)
    actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary())
    sheet = council.draft(meeting=meeting).sheet
    roll = sheet.roll
    assert (roll.entitled, roll.present, roll.late, roll.absent) == (12, 9, 1, 2)
    assert sheet.points[0].resolution.present == 10
    assert "1" in roll_sentence(roll)
    assert Sheet.read(sheet.text) == sheet


def test_observers_do_not_move_the_figures():
    meeting = council.calling()
    observer = council.seat(body=meeting.body, seat="observer", is_voting=False)
    meeting = council.in_session(meeting=meeting)
    mark(meeting, observer, arrived_at=minutes_in(20))
    council.resolution(item=meeting.items.get(), yes=8, no=0, abstain=0)
    actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary())
    sheet = council.draft(meeting=meeting).sheet
    assert (sheet.movements, sheet.roll.late) == ([], 0)


@pytest.mark.planted
def test_minutes_published_before_stays_were_known_are_verified_as_they_are():
    """Their sheet has no movements, and counted latecomers as absent."""
    meeting = council.in_session(members=12, present=9)
    tenth = Membership.objects.filter(body=meeting.body).order_by("pk")[9]
    mark(meeting, tenth, arrived_at=minutes_in(20))
    council.resolution(item=meeting.items.get())
    actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary())
    minutes = council.draft(meeting=meeting)
    old = minutes.body.replace(' "late": 1,\n', "").replace('"absent": 2', '"absent": 3')
    start, end = old.index(' "movements": ['), old.index(' "place"')
    old = old[:start] + old[end:]
    for line in ('"late"', '"movements"'):
        assert line not in old
    MinutesVersion.objects.filter(pk=minutes.pk).update(body=old)
    assert Sheet.read(old).movements is None
    minutes.refresh_from_db()
    actions.submit_minutes(minutes=minutes, at=council.AFTER, by=council.secretary())
    # a review takes the rows as they stand now, so the old text is put back while it still may be
    actions.return_minutes(minutes=minutes, reason="旧", at=council.AFTER, by=council.chair())
    MinutesVersion.objects.filter(pk=minutes.pk).update(body=old, status="in_review")
    actions.approve_minutes(minutes=minutes, at=council.AFTER, by=council.chair())
    actions.publish_minutes(minutes=minutes, at=council.AFTER, by=council.secretary())
    assert list(find_minutes_faults()) == []
    Attendance.objects.filter(membership=tenth).update(status="excused", arrived_at=None)
    assert any("roll" in fault for fault in find_minutes_faults())


@pytest.mark.planted
def test_raw_change_of_a_stay_is_found_after_publication():
    meeting = council.in_session()
    mark(meeting, first_seat(meeting), left_at=minutes_in(40), returns=[(minutes_in(50), None)])
    council.resolution(item=meeting.items.get())
    actions.end_session(meeting=meeting, at=council.ENDS, by=council.secretary())
    council.published(meeting=meeting)
    assert list(find_minutes_faults()) == []
    Stay.objects.update(came_at=minutes_in(55))
    assert any("movements" in fault for fault in find_minutes_faults())


def test_secretary_puts_down_who_left_and_came_back(client, secretary):
    meeting = council.in_session()
    seat, address = first_seat(meeting), url("meeting_roll", meeting.pk)
    shown = client.get(address).context["lines"]
    sent = {f"{line.form.prefix}-status": line.entry.status for line in shown}
    times = {"left_at": "19:10", "back_at_1": "19:20", "left_again_1": "19:40", "back_at_2": "19:50"}
    sent |= {f"seat-{seat.pk}-{name}": value for name, value in times.items()}
    first = {name: value for name, value in sent.items() if not name.endswith("_2")}
    assert save(client, address, first).status_code == 302
    assert save(client, address, sent).status_code == 302  # each save offers one more
    stays = Stay.objects.filter(attendance__membership=seat).order_by("came_at")
    there = [(minutes_in(20), minutes_in(40)), (minutes_in(50), None)]
    assert [(stay.came_at, stay.left_at) for stay in stays] == there
    [line] = [each for each in client.get(address).context["lines"] if each.entry.membership_id == seat.pk]
    assert line.form["back_at_2"].value() == dt.time(19, 50)
    assert "19:50" in client.get(address).text
    wrong = sent | {f"seat-{seat.pk}-back_at_1": "19:05"}
    page = save(client, address, wrong)
    assert (page.status_code, page.context["refusal"].code) == (422, "roll_times_wrong")


@pytest.mark.parametrize(("items", "members"), [(5, 10), (60, 40)])
def test_one_mark_on_a_long_roll_costs_few_queries(items, members):
    meeting = council.in_session(items=items, members=members, present=members)
    for item in meeting.items.all():
        council.resolution(item=item, yes=members, no=0, abstain=0)
    seat, by = first_seat(meeting), council.secretary()
    late = Mark(seat.pk, "present", left_at=minutes_in(50), returns=[(minutes_in(60), None)])
    again = Mark(seat.pk, "present", left_at=minutes_in(20), returns=[(minutes_in(60), None)])
    for each in (late, again, Mark(seat.pk, "present")):
        if each is again:  # she was not there when the hands were counted
            Resolution.objects.update(yes=members - 1)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actions.record_attendance(meeting=meeting, marks=[each], at=council.ENDS, by=by)
        sql = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(sql) <= 12, "\n".join(line[:90] for line in sql)
