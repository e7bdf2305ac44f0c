"""Acceptance scenarios by number that need more than one of the other files.

Number 4 is in test_council_races.py, 6 in test_waivers.py, 9 in test_minutes.py, 11 in test_chain.py, 12 in
test_amendments.py, 13 in test_council_pages.py and 21 in test_options.py.
"""

import datetime as dt
import subprocess
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from circle.models import Message, Record
from council import actions
from council.actions.successors import unfinished_items
from council.models import Membership, MinutesVersion, Posting, Resolution, Vote, required_count
from tests import make_council as council
from tests.council.desk import save, url
from tests.make_council import HALF_PAST, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONTH = dt.timedelta(days=28)


def seats_of(meeting) -> list[Membership]:
    return list(Membership.objects.filter(body=meeting.body).order_by("pk"))


@pytest.mark.parametrize(
    ("rule", "yes", "outcome"),
    [
        ({}, 9, "adopted"),
        ({}, 8, "rejected"),
        ({"pass_base": "members"}, 12, "rejected"),
        ({"pass_base": "members"}, 13, "adopted"),
    ],
)
def test_scenario_1_hands_of_sixteen_present(rule, yes, outcome):
    meeting = council.in_session(body=council.body(seats=24, **rule), members=24, present=16)
    found = council.resolution(item=meeting.items.get(), yes=yes, no=16 - yes, abstain=0)
    assert (found.outcome, found.entitled, found.present) == (outcome, 24, 16)


def test_scenario_1_shares_are_whole_numbers():
    assert required_count(7, 2, 3, is_strict=False) == 5
    assert {type(required_count(count, 2, 3, is_strict=True)) for count in range(40)} == {int}


@pytest.mark.parametrize("who", ["observer", "former"])
def test_scenario_3_vote_of_who_has_none_is_refused_and_recorded(client, secretary, clock, who):
    meeting = council.calling()
    observer = council.seat(body=meeting.body, seat="observer", is_voting=False)
    meeting = council.in_session(meeting=meeting, members=12, present=11)
    former = council.seat(body=meeting.body, ends_on=council.STARTS.date() - dt.timedelta(days=1))
    clock.move_to(HALF_PAST)
    client.force_login(secretary)
    seat = observer if who == "observer" else former
    marks = [actions.Mark(observer.pk, "present")]
    actions.record_attendance(meeting=meeting, marks=marks, at=HALF_PAST, by=secretary)
    item = meeting.items.get()
    sent = {"item": item, "method": "recorded", "votes": {seat.pk: "yes"}}
    assert refused(council.resolution, **sent) == "not_entitled"
    address = url("meeting_result", meeting.pk, item.pk)
    votes = {f"vote_{each.pk}": "yes" for each in Membership.objects.exclude(pk__in=[observer.pk, former.pk])}
    by_hand = {"text_zh": "同意。", "method": "recorded", f"vote_{seat.pk}": "yes"} | votes
    assert save(client, address, by_hand).status_code == 403
    assert (Resolution.objects.count(), Vote.objects.count()) == (0, 0)
    assert Record.objects.get(verb="resolution_recorded_refused").details == {"code": "not_entitled"}


def test_scenario_5_nobody_is_linked_to_a_secret_slip(client, secretary, clock):
    meeting = council.in_session(body=council.body(seats=2), members=2, present=2)
    clock.move_to(HALF_PAST)
    client.force_login(secretary)
    address = url("meeting_result", meeting.pk, meeting.items.get().pk)
    assert "大家会知道各人投了什么" in client.get(address).text
    counts, watches = seats_of(meeting)
    sent = {"text_zh": "同意。", "method": "secret", "yes": 2, "no": 0, "abstain": 0, "invalid": 0}
    sent |= {"counted_by": counts.pk, "watched_by": watches.pk, f"vote_{counts.pk}": "yes"}
    assert save(client, address, sent).status_code == 302
    dumped = StringIO()
    call_command("dumpdata", "council.vote", "council.option", stdout=dumped)
    assert (Vote.objects.count(), dumped.getvalue()) == (0, "[]")
    details = Record.objects.get(verb="resolution_recorded").details
    assert set(details) <= {"hands", "number"}


def test_scenario_10_correction_leaves_the_first_version_and_moves_everything_else(client, tmp_path):
    first = council.published(body=council.body())
    before = client.get("/council/2026-11/minutes/1.json").content
    posting = Posting.objects.get()
    actions.put_due_in_force(at=council.AFTER + dt.timedelta(days=8))
    feed = client.get(reverse("council_feed")).content
    begun = council.AFTER + dt.timedelta(days=9)
    by = council.secretary()
    draft = actions.correct_minutes(published=first, reason="票数记错", at=begun, by=by)
    council.resolution(
        item=first.meeting.items.get(), at=begun, voted_at=HALF_PAST, text_zh="同意，改后。", yes=7, no=1
    )
    approved = council.to_approved(council.written(draft))
    second = actions.publish_minutes(minutes=approved, at=begun, by=by)
    assert client.get("/council/2026-11/minutes/1.json").content == before
    old, new = client.get("/council/2026-11/v1/").text, client.get("/council/2026-11/v2/").text
    assert second.get_absolute_url() in old
    assert "<ins>" in new
    assert client.get(reverse("council_feed")).content != feed
    posting.refresh_from_db()
    assert (posting.status, posting.posted_on) == ("posted", begun.date())
    told = Message.objects.filter(event="minutes_corrected").values_list("resident", flat=True)
    assert (len(told), len(set(told))) == (9, 9)
    chain = client.get(reverse("minutes_chain")).content
    (tmp_path / "chain.txt").write_bytes(chain)
    for row in MinutesVersion.objects.all():
        page = client.get(reverse("minutes_chain_file", args=[row.file_name]))
        (tmp_path / row.file_name).write_bytes(page.content)
    done = subprocess.run(["/usr/bin/sha256sum", "-c", "chain.txt"], cwd=tmp_path, check=False)
    assert done.returncode == 0


def next_meeting(after, number: int):
    times = {
        name: getattr(after, name) + number * MONTH
        for name in ("starts_at", "ends_at", "call_opens_at", "call_closes_at")
    }
    return council.meeting(body=after.body, at=council.OPENS, **times)


def test_scenario_16_deferred_item_has_one_successor_and_a_third_deferral_is_flagged(client, secretary):
    body = council.committee(seats=3)
    meeting = council.in_session(body=body, members=3, present=3)
    by = council.secretary()
    for number in (1, 2, 3):
        item = meeting.items.get()
        actions.defer_item(item=item, at=meeting.starts_at + dt.timedelta(minutes=30), by=by)
        actions.end_session(meeting=meeting, at=meeting.ends_at, by=by)
        following = next_meeting(meeting, 1)
        actions.take_over_items(meeting=following, at=meeting.ends_at, by=by)
        assert refused(actions.take_over_items, meeting=following, at=meeting.ends_at, by=by) == (
            "nothing_unfinished"
        )
        assert unfinished_items(following) == []
        successor = following.items.get()
        assert (successor.continues, successor.times_put_off) == (item, number)
        meeting = following
        if number < 3:
            meeting = council.noticed_again(meeting)
    page = client.get(url("meeting_agenda", meeting.pk)).text
    assert "已延后3次" in page
