"""Papers of a meeting: PDF or DOCX by what is in the file, whatever its name says."""

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import User
from council.actions.docx_reading import MAX_BYTES, unpack_document
from council.actions.meetings import lock_meeting, not_possible_error
from council.actions.text_checks import checked_title
from council.models import AgendaItem, Meeting, Paper
from council.models.papers import file_path

Status = Meeting.Status
CLOSED_TO_PAPERS = [Status.CANCELLED, Status.ADJOURNED]
# What a reader would run by itself.
ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


@transaction.atomic
def add_paper(
    *,
    meeting: Meeting,
    title_zh: str,
    upload: UploadedFile,
    at: dt.datetime,
    by: User,
    title_en: str = "",
    item: AgendaItem | None = None,
) -> Paper:
    """Put a file with a meeting. The same file a second time is the first one.

    Refuses: file_too_large (over 10 MB), file_type (neither PDF nor DOCX, or damaged), file_macros (anything
    in it that runs), title_missing, id_number_shown, personal_data_shown, other_meeting (the item, or
    it is taken off the agenda), not_possible (called off or adjourned).
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 10 MB."), code="file_too_large")
    content = upload.read()
    kind = kind_of(content)
    title, english = checked_title(meeting.community_id, title_zh, title_en)
    meeting = lock_meeting(meeting)
    if meeting.status in CLOSED_TO_PAPERS:
        raise not_possible_error(meeting)
    if item and not AgendaItem.objects.filter(pk=item.pk, meeting=meeting).exists():
        raise ValidationError(_("This item is of another meeting."), code="other_meeting")
    digest = hashlib.sha256(content).hexdigest()
    known = Paper.objects.filter(meeting=meeting, sha256=digest).first()
    if known:
        return known
    paper = Paper(
        community_id=meeting.community_id,
        meeting=meeting,
        item=item,
        title_zh=title,
        title_en=english,
        kind=kind,
        size=len(content),
        sha256=digest,
        added_at=at,
        added_by=by,
    )
    paper.file.name = file_path(paper, "")
    paper.save(force_insert=True)
    record_paper("paper_added", paper, at, by)
    paper.file.storage.save(paper.file.name, ContentFile(content))  # last: nothing after it can undo the row
    return paper


def kind_of(content: bytes) -> str:
    """Refuses: file_type, file_macros, file_too_large (a small archive of gigabytes)."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        if any(sign in content for sign in ACTIVE):
            raise ValidationError(
                _("The file contains something that runs by itself. Save it without that, then upload it."),
                code="file_macros",
            )
        return Paper.Kind.PDF
    unpack_document(content)
    return Paper.Kind.DOCX


@transaction.atomic
def remove_paper(*, paper: Paper, at: dt.datetime, by: User) -> None:
    """Take a file away that does not belong there; that it was there, and its hash, stay on record.

    Another meeting that has it with an item it took over still has it, unlike with remove_paper_everywhere.
    """
    lock_meeting(paper.meeting)
    found = Paper.objects.filter(pk=paper.pk).first()
    if found is None:
        return
    record_paper("paper_removed", found, at, by)
    found.delete()
    transaction.on_commit(lambda: delete_unused_file(found))


@transaction.atomic
def remove_paper_everywhere(*, paper: Paper, at: dt.datetime, by: User) -> None:
    """Take the same content away from every meeting of the community: it says something about a person.

    The meetings are locked in one order first; a copy that was being handed on meanwhile is found in the end.
    """
    same = Paper.objects.filter(community=paper.community_id, sha256=paper.sha256)
    meetings = Meeting.objects.filter(pk__in=same.values("meeting"))
    for meeting in meetings.order_by("pk"):
        lock_meeting(meeting)
    while found := same.select_related("meeting").order_by("meeting", "pk").first():
        remove_paper(paper=found, at=at, by=by)


def delete_unused_file(paper: Paper) -> None:
    if not Paper.objects.filter(file=paper.file.name).exists():
        paper.file.storage.delete(str(paper.file.name))


def hand_on_papers(
    papers: QuerySet[Paper], meeting: Meeting, item: AgendaItem | None, at: dt.datetime, by: User
) -> None:
    """The same files with a later meeting; one that it has already is put with the item.

    The rows are held until that is written, so that nobody takes the file away meanwhile.
    """
    known = {paper.sha256: paper for paper in Paper.objects.filter(meeting=meeting)}
    for paper in papers.select_for_update(no_key=True).order_by("pk"):
        own = known.get(paper.sha256)
        if own is None:
            paper.pk, paper.meeting, paper.item, paper.added_at, paper.added_by = None, meeting, item, at, by
            paper.save(force_insert=True)
            record_paper("paper_added", paper, at, by)
        elif own.item_id is None and item:
            Paper.objects.filter(pk=own.pk).update(item=item)


def remove_handed_on_papers(meeting: Meeting, at: dt.datetime, by: User) -> None:
    """Of a plan that is taken back: what stands with an earlier meeting as well."""
    others = Paper.objects.exclude(meeting=meeting).values("file")
    for paper in Paper.objects.filter(meeting=meeting, file__in=others):
        remove_paper(paper=paper, at=at, by=by)


def record_paper(verb: str, paper: Paper, at: dt.datetime, by: User) -> None:
    record(
        verb=verb,
        subject=paper.meeting,
        community=paper.community_id,
        at=at,
        actor=by,
        sha256=paper.sha256,
        size=paper.size,
    )
