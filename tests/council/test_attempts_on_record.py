"""What no meeting may do is refused by code, loses nothing that was typed, and the attempt is on record."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from circle.models import Record
from council import actions
from council.models import Attendance, Membership, Paper, Resolution
from tests import make_council as council
from tests.council.desk import again, code_of, do, save, url
from tests.make_council import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HANDS = {"text_zh": "同意。", "yes": 3, "no": 0, "abstain": 0}


@pytest.fixture
def at_the_desk(client, secretary, clock):
    clock.move_to(council.HALF_PAST)
    client.force_login(secretary)
    return client


def attempts(verb: str) -> list[str]:
    rows = Record.objects.filter(verb=f"{verb}_refused").order_by("pk")
    return [row.details["code"] for row in rows]


def leave(meeting) -> None:
    """So many that no quorum is left."""
    seats = Membership.objects.filter(body=meeting.body).order_by("pk")
    marks = [actions.Mark(seat.pk, "present", left_at=council.minutes_in(10)) for seat in seats[:5]]
    actions.record_attendance(meeting=meeting, marks=marks, at=council.HALF_PAST, by=council.secretary())


def session_line(client, meeting, part: str, **typed) -> dict:
    context = client.get(url("meeting_session", meeting.pk)).context
    lines = (*context["seats"], *context["items"], *context["waivers"])
    [form] = [each for each in lines if each.prefix == part]
    shown = {field.name: field.value() for field in form.visible_fields()}
    sent = {name: "" if value is None else value for name, value in shown.items()} | typed
    return {f"{part}-{name}": value for name, value in sent.items()} | {f"{part}-was": form.saved}


def test_ballot_without_a_quorum(at_the_desk):
    meeting = council.in_session()
    leave(meeting)
    item = meeting.items.get()
    page = save(at_the_desk, url("meeting_result", meeting.pk, item.pk), HANDS)
    assert (page.status_code, page.context["form"].has_error("__all__", "no_quorum")) == (422, True)
    assert "同意。" in page.text
    address = url("meeting_session", meeting.pk)
    sent = session_line(at_the_desk, meeting, f"item-{item.pk}", **HANDS)
    assert at_the_desk.post(address, sent | {"part": f"item-{item.pk}"}).json()["code"] == "no_quorum"
    assert at_the_desk.post(address, sent).context["refusal"].code == "no_quorum"
    assert attempts("resolution_recorded") == ["no_quorum"] * 3
    assert not Resolution.objects.exists()


def test_roll_that_takes_the_quorum_away_from_a_count(at_the_desk):
    meeting = council.in_session()
    council.resolution(item=meeting.items.get(), yes=1, no=0, abstain=0)
    seats = list(Membership.objects.filter(body=meeting.body).order_by("pk")[:3])
    sent = {}
    for seat in seats:
        sent |= session_line(at_the_desk, meeting, f"seat-{seat.pk}", status="absent")
    answer = at_the_desk.post(url("meeting_session", meeting.pk), sent)
    assert (answer.status_code, answer.context["refusal"].code) == (422, "no_quorum")
    assert attempts("roll_recorded") == ["no_quorum"]
    assert Attendance.objects.filter(status="present").count() == 9


def test_ballot_while_a_seat_is_not_represented(at_the_desk):
    body = council.committee(seats_represented=["property"])
    meeting = council.in_session(body=body, members=3, present=3)
    address = url("meeting_result", meeting.pk, meeting.items.get().pk)
    page = save(at_the_desk, address, HANDS)
    assert page.context["form"].has_error("__all__", "not_represented")
    assert attempts("resolution_recorded") == ["not_represented"]


def test_session_that_ends_with_open_items_and_meeting_that_closes_without_minutes(
    at_the_desk, clock, secretary
):
    meeting = council.in_session()
    assert code_of(do(at_the_desk, meeting, "hold", ended_at="19:30")) == "items_open"
    assert attempts("session_ended") == ["items_open"]
    council.resolution(item=meeting.items.get())
    clock.move_to(council.ENDS)
    again(at_the_desk, secretary)
    assert do(at_the_desk, meeting, "hold", ended_at="21:00").status_code == 302
    assert code_of(do(at_the_desk, meeting, "close_meeting")) == "minutes_missing"
    assert attempts("meeting_closed") == ["minutes_missing"]


def test_session_that_opens_without_a_quorum(at_the_desk):
    meeting = council.noticed()
    council.seats(3, body=meeting.body)
    assert code_of(do(at_the_desk, meeting, "open_session", opened_at="19:30")) == "no_quorum"
    assert attempts("session_opened") == ["no_quorum"]


def test_files_that_run_something_or_are_far_too_large(at_the_desk):
    minutes = council.draft()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"):
            archive.writestr(name, b"<x/>")
    address = url("meeting_papers", minutes.meeting_id)
    runs = PDF.replace(b"Catalog", b"Catalog/OpenAction<</S/JavaScript>>")
    for content in (runs, made.getvalue(), b"x" * (30 * 1024 * 1024)):
        sent = {"title_zh": "收费表", "upload": SimpleUploadedFile("a.pdf", content)}
        assert at_the_desk.post(address, sent).status_code == 422
    assert attempts("paper_added") == ["file_macros", "file_macros", "file_too_large"]
    assert not Paper.objects.exists()
    file = SimpleUploadedFile("a.docx", made.getvalue())
    page = at_the_desk.post(url("minutesversion_cut", minutes.pk), {"text": "一段话", "file": file})
    assert (page.status_code, "一段话" in page.text) == (422, True)
    assert attempts("minutes_written") == ["file_macros"]
