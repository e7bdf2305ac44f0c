"""Papers of a meeting: what is taken, who reads it when, and that it goes away again."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from circle.models import Record
from council import actions
from council.actions.docx_reading import read_docx
from council.models import Paper
from tests import make_council as council
from tests.council.desk import url
from tests.make_council import PDF, paper, refused

pytestmark = pytest.mark.django_db
DOCUMENT = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'


def docx(types: bytes = b"<Types/>", document: bytes = DOCUMENT, **more: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", document)
        for name, content in more.items():
            archive.writestr(f"word/{name}.bin", content)
    return made.getvalue()


def damaged(name: str, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """One part of it is packed wrongly; the table of contents is whole."""
    made = io.BytesIO()
    parts = {"[Content_Types].xml": b"<Types/>" * 40, "word/document.xml": DOCUMENT * 40}
    with zipfile.ZipFile(made, "w", packing) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
        found = archive.getinfo(name)
    content = bytearray(made.getvalue())
    begin = found.header_offset + 30 + len(name)
    content[begin : begin + found.compress_size] = b"\xff" * found.compress_size
    return bytes(content)


def locked(name: str) -> bytes:
    """One part of it asks for a password."""
    content = bytearray(docx())
    entry = content.rindex(name.encode()) - 46  # in the table of contents
    content[entry + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize("name", ["[Content_Types].xml", "word/document.xml"])
def test_damaged_or_locked_parts_are_refused(name):
    meeting = council.noticed()
    for content in (
        damaged(name),
        damaged(name, zipfile.ZIP_LZMA),
        damaged(name, zipfile.ZIP_BZIP2),
        damaged(name, zipfile.ZIP_STORED),
        locked(name),
    ):
        assert refused(paper, meeting=meeting, content=content) == "file_type"
        with pytest.raises(ValidationError) as found:
            read_docx(SimpleUploadedFile("a.docx", content))
        assert found.value.code == "file_type"


def test_list_of_types_of_gigabytes_is_not_unpacked():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (21 * 1024 * 1024))
        archive.writestr("word/document.xml", DOCUMENT)
    assert refused(paper, content=made.getvalue()) == "file_too_large"


def test_document_in_an_unknown_encoding_is_refused():
    for encoding in (b"nonsense", b"big5"):
        document = b'<?xml version="1.0" encoding="%s"?>' % encoding + DOCUMENT
        with pytest.raises(ValidationError) as found:
            read_docx(SimpleUploadedFile("a.docx", docx(document=document)))
        assert found.value.code == "file_type"


def test_file_is_known_by_what_is_in_it():
    meeting = council.noticed()
    assert paper(meeting=meeting, name="a.docx").kind == "pdf"
    assert paper(meeting=meeting, content=docx(), name="a.pdf").kind == "docx"
    assert paper(meeting=meeting).pk == Paper.objects.get(kind="pdf").pk


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PDF + b" " * (10 * 1024 * 1024), "file_too_large"),
        (b"x" * (30 * 1024 * 1024), "file_too_large"),
        (PDF.replace(b"Catalog", b"Catalog/OpenAction<</S/JavaScript>>"), "file_macros"),
        (docx(vbaProject=b"x"), "file_macros"),
        (docx(types=b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"), "file_macros"),
        (b"%PDF-1.4 cut off", "file_type"),
        (b"MZ\x90", "file_type"),
        (docx()[:-30], "file_type"),
        (b"", "file_type"),
    ],
)
def test_other_files_are_refused_and_nothing_is_stored(content, code):
    assert refused(paper, content=content) == code
    assert not Paper.objects.exists()


def test_paper_needs_a_title_without_persons_and_an_item_of_the_meeting():
    meeting = council.noticed()
    assert refused(paper, meeting=meeting, title_zh=" ") == "title_missing"
    assert refused(paper, meeting=meeting, title_zh="电话13800138000") == "personal_data_shown"
    other = council.item(meeting=council.calling(body=council.committee()))
    assert refused(paper, meeting=meeting, item=other) == "other_meeting"
    cancelled = actions.cancel_meeting(
        meeting=meeting, reason="停电", at=council.NOTICED, by=council.secretary()
    )
    assert refused(paper, meeting=cancelled) == "not_possible"


def test_paper_taken_away_is_gone_and_on_record(django_capture_on_commit_callbacks):
    found = paper()
    name = found.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_paper(paper=found, at=council.NOTICED, by=council.secretary())
    assert not default_storage.exists(name)
    assert Record.objects.get(verb="paper_removed").details["sha256"] == found.sha256
    actions.remove_paper(paper=found, at=council.NOTICED, by=council.secretary())


def test_everybody_reads_it_once_the_agenda_is_public(client):
    meeting = council.calling()
    found = paper(meeting=meeting)
    address = meeting.address("meeting_paper", found.pk)
    assert client.get(address).status_code == 404
    assert "收费表" not in client.get(meeting.get_absolute_url()).text
    council.noticed(meeting=meeting)
    answer = client.get(address)
    assert answer.content == PDF
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert address in client.get(meeting.get_absolute_url()).text


def test_paper_of_a_body_that_is_not_public_is_for_staff_only(client):
    body = council.committee(visibility="decisions")
    meeting = council.noticed(body=body)
    found = paper(meeting=meeting)
    assert client.get(f"/council/committee/{meeting.slug}/papers/{found.pk}/").status_code == 404
    client.force_login(council.secretary())
    answer = client.get(url("meeting_paper_file", meeting.pk, found.pk))
    assert answer.content == PDF


def test_secretary_adds_and_takes_away(client):
    meeting = council.noticed()
    client.force_login(council.secretary())
    address = url("meeting_papers", meeting.pk)
    sent = {"title_zh": "收费表", "upload": SimpleUploadedFile("a.exe", b"MZ")}
    page = client.post(address, sent)
    assert (page.status_code, page.context["form"].has_error("__all__", "file_type")) == (422, True)
    sent["upload"] = SimpleUploadedFile("a.pdf", PDF)
    assert client.post(address, sent | {"item": meeting.items.get().pk}).status_code == 302
    assert "收费表" in client.get(address).text
    for no_number in ("9" * 5000, "9" * 19, "x"):
        assert client.post(address, {"remove": no_number}).status_code == 404
    assert client.post(address, {"remove": Paper.objects.get().pk}).status_code == 302
    assert not Paper.objects.exists()


def test_file_that_is_not_there_is_not_found(client):
    found = paper()
    default_storage.delete(found.file.name)
    assert client.get(found.meeting.address("meeting_paper", found.pk)).status_code == 404


def test_supervisor_reads_papers_and_adds_none(client):
    found = paper()
    client.force_login(council.make.post("supervisor").user)
    address = url("meeting_papers", found.meeting_id)
    assert client.get(address).context["form"] is None
    assert client.post(address, {"remove": found.pk}).status_code == 403


def test_database_has_a_file_once_and_none_too_large():
    found = paper()
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=found.pk).update(size=11 * 1024 * 1024)


def test_papers_of_an_item_that_is_dropped_stay_with_the_meeting(client):
    meeting = council.calling()
    item = council.item(meeting=meeting)
    found = paper(meeting=meeting, item=item)
    actions.drop_item(item=item, at=council.IN_CALL, by=council.secretary())
    found.refresh_from_db()
    assert (found.meeting, found.item) == (meeting, None)
    client.force_login(council.secretary())
    assert "收费表" in client.get(url("meeting_papers", meeting.pk)).text


def test_plan_with_papers_is_not_removed_until_they_are_taken_away():
    meeting = council.meeting()
    found = paper(meeting=meeting, item=council.item(meeting=meeting))
    values = {"meeting": meeting, "at": council.IN_CALL, "by": council.secretary()}
    assert refused(actions.remove_plan, **values) == "has_papers"
    actions.remove_paper(paper=found, at=council.IN_CALL, by=council.secretary())
    actions.remove_plan(**values)
    assert not type(meeting).objects.exists()


# What proposes itself ---------------------------------------------------------------------------------------


def test_next_meeting_is_planned_with_the_last_minutes_first(client):
    minutes = council.published()
    council.action_item(of=minutes.meeting.items.get().resolution.posting)
    client.force_login(council.secretary())
    address = url("meeting_do", minutes.meeting_id, "plan_next")
    assert client.post(address).status_code == 302
    planned = minutes.meeting.body.meetings.latest("pk")
    first, last = planned.items.order_by("number")
    assert (first.minutes_of, first.title_zh) == (minutes.meeting, "通过2026年11月会议纪要")
    assert last.action_items.count() == 1
    values = {"meeting": planned, "at": council.AFTER, "by": council.secretary()}
    assert refused(actions.take_over_items, **values) == "nothing_unfinished"


def test_agenda_page_says_what_proposes_itself_and_takes_it_over_before_the_other_items(client):
    minutes = council.published()
    shift = council.dt.timedelta(days=28)
    times = {name: getattr(minutes.meeting, name) + shift for name in ("starts_at", "ends_at")}
    calls = {"call_opens_at": council.OPENS + shift, "call_closes_at": council.CLOSES + shift}
    planned = council.meeting(body=minutes.meeting.body, **times, **calls)
    council.item(meeting=planned, title_zh="路灯")
    client.force_login(council.secretary())
    page = client.get(url("meeting_agenda", planned.pk))
    assert page.context["has_proposals"]
    assert client.post(url("meeting_do", planned.pk, "take_over_items")).status_code == 302
    titles = list(planned.items.order_by("number").values_list("title_zh", flat=True))
    assert titles == ["通过2026年11月会议纪要", "路灯"]
    assert not client.get(url("meeting_agenda", planned.pk)).context["has_proposals"]


def test_minutes_on_the_agenda_of_a_meeting_that_is_called_off_propose_themselves_again():
    minutes = council.published()
    by = council.secretary()
    first = actions.plan_next_meeting(meeting=minutes.meeting, at=council.AFTER, by=by)
    assert first.items.get().minutes_of == minutes.meeting
    actions.cancel_meeting(meeting=first, reason="停电", at=council.AFTER, by=by)
    again = actions.plan_next_meeting(meeting=first, at=council.AFTER, by=by)
    assert again.items.get().minutes_of == minutes.meeting
    values = {"meeting": again, "at": council.AFTER, "by": by}
    assert refused(actions.take_over_items, **values) == "nothing_unfinished"


# Handed on --------------------------------------------------------------------------------------------------


def put_off(**values) -> Paper:
    """A paper of an item that was put off, in a meeting that is over."""
    meeting = council.in_session()
    found = paper(meeting=meeting, item=meeting.items.get(), **values)
    by = council.secretary()
    actions.defer_item(item=found.item, at=council.HALF_PAST, by=by)
    actions.end_session(meeting=meeting, at=council.ENDS, by=by)
    return found


def test_item_that_goes_on_has_its_papers_with_it(client, django_capture_on_commit_callbacks):
    found = put_off()
    by = council.secretary()
    later = actions.plan_next_meeting(meeting=found.meeting, at=council.AFTER, by=by)
    copy = later.papers.get()
    assert (copy.item, copy.file.name, copy.title) == (later.items.get(), found.file.name, found.title)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_paper(paper=found, at=council.AFTER, by=by)
    client.force_login(by)
    assert client.get(url("meeting_paper_file", later.pk, copy.pk)).content == PDF
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_paper(paper=copy, at=council.AFTER, by=by)
    assert not default_storage.exists(copy.file.name)


def test_paper_about_a_person_goes_from_every_meeting_it_was_handed_on_to(
    client, django_capture_on_commit_callbacks
):
    found = put_off()
    by = council.secretary()
    later = actions.plan_next_meeting(meeting=found.meeting, at=council.AFTER, by=by)
    elsewhere = paper(meeting=council.noticed(body=council.committee()))  # the same content, added anew
    strange = paper(meeting=council.noticed(body=council.body(community=council.make.community())))
    other = paper(meeting=later, content=PDF + b"%%EOF")
    client.force_login(by)
    page = client.get(url("meeting_papers", found.meeting_id))
    assert [line.others for line in page.context["lines"]] == [[elsewhere.meeting, later]]
    one = url("meeting_papers", elsewhere.meeting_id)
    told = client.post(one, {"remove": elsewhere.pk}, follow=True)
    assert (later.name in told.text, Paper.objects.filter(sha256=found.sha256).count()) == (True, 3)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("meeting_papers", found.meeting_id), {"remove_everywhere": found.pk})
    assert set(Paper.objects.all()) == {strange, other}
    assert not default_storage.exists(found.file.name)
    subjects = Record.objects.filter(verb="paper_removed").values_list("subject_id", flat=True)
    assert sorted(subjects) == sorted([found.meeting_id, later.pk, elsewhere.meeting_id])


def test_item_taken_off_and_taken_over_again_has_its_papers_once():
    found = put_off()
    by = council.secretary()
    later = actions.plan_next_meeting(meeting=found.meeting, at=council.AFTER, by=by)
    actions.drop_item(item=later.items.get(), at=council.AFTER, by=by)
    assert later.papers.get().item is None
    actions.take_over_items(meeting=later, at=council.AFTER, by=by)
    assert later.papers.get().item == later.items.get()


def test_adjourned_meeting_hands_on_all_its_papers(client):
    meeting = council.noticed()
    council.seats(3, body=meeting.body)
    of_item = paper(meeting=meeting, item=meeting.items.get())
    whole = paper(meeting=meeting, content=PDF + b"%%EOF")
    week = council.dt.timedelta(days=7)
    times = {"starts_at": council.STARTS + week, "ends_at": council.ENDS + week}
    by = council.secretary()
    successor = actions.adjourn_meeting(meeting=meeting, at=council.HALF_PAST, by=by, **times)
    handed = {row.sha256: row.item for row in successor.papers.all()}
    assert handed == {of_item.sha256: successor.items.get(), whole.sha256: None}
    assert meeting.papers.count() == 2


def test_plan_with_papers_of_an_earlier_meeting_can_be_taken_back():
    found = put_off()
    by = council.secretary()
    later = actions.plan_next_meeting(meeting=found.meeting, at=council.AFTER, by=by)
    own = paper(meeting=later, content=PDF + b"%%EOF")
    assert refused(actions.remove_plan, meeting=later, at=council.AFTER, by=by) == "has_papers"
    actions.remove_paper(paper=own, at=council.AFTER, by=by)
    actions.remove_plan(meeting=later, at=council.AFTER, by=by)
    assert list(Paper.objects.all()) == [found]


def stored_files() -> set[str]:
    return set(default_storage.listdir("council/papers")[1])


def test_paper_for_an_item_that_is_gone_leaves_no_file():
    meeting = council.calling()
    item = council.item(meeting=meeting)
    paper(meeting=meeting)
    before = stored_files()
    stale = type(item).objects.get(pk=item.pk)
    actions.drop_item(item=item, at=council.IN_CALL, by=council.secretary())
    sent = {"meeting": meeting, "item": stale, "content": PDF + b"%%EOF"}
    assert refused(paper, **sent) == "other_meeting"
    assert stored_files() == before
