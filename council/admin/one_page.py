"""The page of a session: roll, quorum now, items and late items; a script saves each line as it is typed."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from circle.models import User
from council import actions
from council.actions.revisions import changed_meanwhile_error
from council.actions.roll import apply_mark
from council.admin.pages import page, posted, readable_row
from council.backoffice.one_page import (
    Line,
    SessionPage,
    gone_lines,
    item_form,
    session_line,
    session_page,
    session_page_again,
    typed_moment,
)
from council.backoffice.refusals import line_gone_error, record_attempts
from council.backoffice.roll import typed_mark
from council.backoffice.session_lines import COUNTS, ItemForm, SeatForm, WaiverForm
from council.backoffice.steps import actions_of
from council.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Resolution,
    Roll,
    count_roll,
    roll_entries,
    rule_of,
)

VERBS = ("open_session", "adjourn_meeting", "hold", "session_times")
READS, WRITES = "council.view_meeting", "council.change_meeting"


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """meeting/<pk>/session/: all that changed at once, or with `part` one line of it as JSON."""
    rows = Meeting.objects.select_related("body", "place", "community", "rule")
    meeting, may_write = readable_row(request, rows, pk, reads=READS, writes=WRITES)
    if request.method == "POST" and "part" in request.POST:
        return save_part(request, meeting, request.POST["part"])
    found = session_page(meeting, roll_entries(meeting), posted(request))
    refusal = save_all(request, found) if request.method == "POST" else None
    if refusal and found.refused:
        record_attempts(request, meeting, meeting.community, found.refused.verb, [refusal])
    if request.method == "POST" and refusal is None:
        messages.success(request, gettext("It is put down."))
        return redirect("admin:council_meeting_session", pk)
    found = session_page_again(found) if refusal else found
    return page(
        request,
        "meeting/session.html",
        gettext("Session: %(meeting)s") % {"meeting": meeting.name},
        status=422 if refusal else 200,
        meeting=meeting,
        seats=found.seats,
        items=found.items,
        waivers=found.waivers,
        kinds=AgendaItem.Kind.choices,
        may_write=may_write,
        is_open=meeting.opened_at is not None,
        roll=roll_now(meeting),
        verbs=actions_of(meeting, timezone.now(), *VERBS) if may_write else [],
        refusal=refusal,
    )


def roll_now(meeting: Meeting) -> Roll:
    at = meeting.ended_at or timezone.now()
    return count_roll(rule_of(meeting), roll_entries(meeting), at)


def save_part(request: HttpRequest, meeting: Meeting, part: str) -> JsonResponse:
    """One seat or one item; what was typed in the others is none of its business."""
    entries = roll_entries(meeting)
    form = session_line(meeting, entries, part, request.POST)
    if form is None:
        gone = line_gone_error()
        return JsonResponse({"refusal": gone.messages[0], "code": gone.code}, status=422)
    refusal = refusal_of(request, meeting, form)
    if refusal or (isinstance(form, SeatForm) and form.entry.pk is None):
        entries = roll_entries(meeting)
    if refusal:
        now = session_line(meeting, entries, part) or form
        record_attempts(request, meeting, meeting.community, form.verb, [refusal])
        return JsonResponse(refused_part(refusal, now), status=422)
    roll = count_roll(rule_of(meeting), entries, meeting.ended_at or timezone.now())
    was = line_as_saved(meeting, entries, form).saved
    return JsonResponse({"done": gettext("Saved"), "roll": roll_words(roll), "was": was})


def line_as_saved(meeting: Meeting, entries: list[Attendance], form: Line) -> Line:
    """What was saved stands in the entry and the item already: they are not read again."""
    if isinstance(form, ItemForm):
        return item_form(form.item, entries)
    return session_line(meeting, entries, form.prefix or "") or form


def refused_part(refusal: ValidationError, now: Line) -> dict[str, str]:
    """Where another clerk changed it: what stands there by now, for the clerk and for their next try."""
    answer = {"refusal": refusal.messages[0], "code": refusal.code or ""}
    if refusal.code == "changed_meanwhile":
        answer |= {"now": " ".join((gettext("Saved by now:"), now.now)), "was": now.saved}
    return answer


def roll_words(roll: Roll) -> str:
    words = {"present": roll.present, "entitled": roll.entitled, "quorum": roll.quorum}
    return gettext("%(present)s of %(entitled)s voting members present, %(quorum)s needed.") % words


def refusal_of(request: HttpRequest, meeting: Meeting, form: Line) -> ValidationError | None:
    if not form.is_valid():
        return next(error for errors in form.errors.as_data().values() for error in errors)
    try:
        save_line(request, meeting, form)
    except ValidationError as refusal:
        return refusal
    return None


@transaction.atomic
def save_all(request: HttpRequest, found: SessionPage) -> ValidationError | None:
    """Every line that changed, or none of them. "rest" marks the seats that have no mark as present."""
    changed = [form for form in found.lines if form.is_touched]
    refusal = line_gone_error() if gone_lines(found, request.POST) else None
    if not refusal and "rest" in request.POST:
        refusal = mark_rest(request, found)
    for form in changed:
        if not refusal:
            refusal = refusal_of(request, found.meeting, form)
            found.refused = form if refusal else None
    if not refusal and "note" in request.POST:
        refusal = note_reports(request, found)
    if not refusal and request.POST.get("late_title", "").strip():
        refusal = add_late_item(request, found.meeting)
    if refusal:
        transaction.set_rollback(True)
    return refusal


def mark_rest(request: HttpRequest, found: SessionPage) -> ValidationError | None:
    """Present are the seats that the page showed without a mark, if they still have none."""
    rest = [form for form in found.seats if form.is_shown and not form["status"].value()]
    marks = [actions.Mark(form.entry.membership_id, "present") for form in rest]
    try:
        for form in rest:
            form.refuse_changed()
        if marks:
            save_marks(request, found.meeting, marks)
    except ValidationError as refusal:
        return refusal
    return None


def save_marks(request: HttpRequest, meeting: Meeting, marks: list[actions.Mark]) -> None:
    """Upon the roll as it was read for this request: nobody has saved another one since."""
    by, seen = cast(User, request.user), meeting.roll_revision
    saved = actions.record_attendance(meeting=meeting, marks=marks, at=timezone.now(), by=by, seen=seen)
    meeting.roll_revision = saved.roll_revision  # the next line of the same request goes upon this one


def note_reports(request: HttpRequest, found: SessionPage) -> ValidationError | None:
    """All that the page showed, is not for decision and has no result yet was heard."""
    by, at = cast(User, request.user), timezone.now()
    for form in found.items:
        is_report = form.is_shown and form.item.kind != AgendaItem.Kind.DECISION
        if is_report and not form["result"].value():
            try:
                form.refuse_changed()
                actions.note_item(item=form.item, at=at, by=by, seen_result=form.item.status)
            except ValidationError as refusal:
                return refusal
    return None


def add_late_item(request: HttpRequest, meeting: Meeting) -> ValidationError | None:
    kind = request.POST.get("late_kind", "")
    try:
        actions.add_late_item(
            meeting=meeting,
            title_zh=request.POST["late_title"],
            kind=kind if kind in AgendaItem.Kind.values else AgendaItem.Kind.REPORT,
            at=timezone.now(),
            by=cast(User, request.user),
        )
    except ValidationError as refusal:
        return refusal
    return None


def save_line(request: HttpRequest, meeting: Meeting, form: Line) -> None:
    if isinstance(form, SeatForm):
        mark = typed_mark(meeting, form.entry, form.cleaned_data)
        save_marks(request, meeting, [mark])
        apply_mark(form.entry, mark)
        return
    if isinstance(form, WaiverForm):
        save_waiver(meeting, form, cast(User, request.user))
    else:
        save_item(meeting, form, cast(User, request.user))


def save_waiver(meeting: Meeting, form: WaiverForm, by: User) -> None:
    """Refuses: changed_meanwhile (another clerk put down other hands or another time), as record_waiver."""
    hands, given_at = form.cleaned_data.get("in_favour"), typed_moment(meeting, form, "given_at")
    if form.waiver or not hands:
        return
    saved = actions.record_waiver(
        meeting=meeting, item=form.item, in_favour=hands, given_at=given_at, at=timezone.now(), by=by
    )
    if saved.in_favour != hands or given_at not in (None, saved.given_at):
        raise changed_meanwhile_error()


def save_item(meeting: Meeting, form: ItemForm, by: User) -> None:
    said, at = form.cleaned_data, timezone.now()
    if form.has_hands and form.is_counted_here:
        form.item.resolution = actions.record_resolution(
            item=form.item,
            text_zh=said["text_zh"],
            text_en=form.resolution.text_en if form.resolution else "",
            voted_at=typed_moment(meeting, form, "time"),
            at=at,
            by=by,
            seen=form.resolution.revision if form.resolution else 0,
            seen_result=form.item.status,
            method=said["method"] or Resolution.Method.HANDS,
            invalid=said["invalid"] or 0,
            counted_by=said["counted_by"],
            watched_by=said["watched_by"],
            **{name: said[name] for name in COUNTS},
        )
    elif said.get("result"):
        act = actions.note_item if said["result"] == AgendaItem.Status.NOTED else actions.defer_item
        act(item=form.item, at=at, by=by, seen_result=form.item.status)
