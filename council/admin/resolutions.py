"""The result of one agenda item: noted, put off, or decided by a count of hands."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from circle.audit.log import record_refusal
from circle.backoffice.row_actions import ask_or_perform
from circle.models import User
from council import actions
from council.admin.pages import answered, page, posted, readable_row, row_of, seen_revision
from council.backoffice.minutes import ANNUL
from council.backoffice.refusals import errors_of, record_attempts
from council.backoffice.results import ResolutionForm
from council.backoffice.roll import datetime_on_meeting_day
from council.models import AgendaItem, AnnulledResolution, Meeting, Resolution, roll_of

READS, WRITES = "council.view_meeting", "council.change_meeting"
WITHOUT_HANDS = {
    "note": (actions.note_item, AgendaItem.Status.NOTED.label),
    "defer": (actions.defer_item, AgendaItem.Status.DEFERRED.label),
}


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """meeting/<pk>/result/<item>/: the hands for a decision; any item may be noted or put off."""
    rows = Meeting.objects.select_related("body", "place", "community", "rule")
    meeting, may_write = readable_row(request, rows, pk, reads=READS, writes=WRITES)
    found = get_object_or_404(AgendaItem.objects.select_related("resolution"), pk=item, meeting=meeting)
    found.meeting = meeting
    back = reverse("admin:council_meeting_change", args=[pk])
    resolution = getattr(found, "resolution", None)
    how = request.POST.get("without", "")
    if how in WITHOUT_HANDS:
        form = ResolutionForm(None, meeting=meeting, resolution=resolution)
        refusal = settle(request, found, how)
        return result_page(request, found, form, may_write, refusal, how) if refusal else redirect(back)
    form = ResolutionForm(posted(request), meeting=meeting, resolution=resolution)
    if form.votes_of_nobody:
        refuse_votes_of_nobody(request, meeting)

    def put_down(said: dict[str, Any]) -> None:
        said |= {"seen": seen_revision(request), "seen_result": seen_result(request)}
        said["voted_at"] = datetime_on_meeting_day(meeting, said.pop("time"))
        actions.record_resolution(item=found, at=timezone.now(), by=request.user, **said)

    done = answered(request, form, put_down, gettext("The resolution is put down."), back)
    record_attempts(request, meeting, meeting.community, "resolution_recorded", errors_of(form))
    return done or result_page(request, found, form, may_write)


def refuse_votes_of_nobody(request: HttpRequest, meeting: Meeting) -> None:
    """The form has no field for them: somebody wrote the request by hand."""
    record_refusal(
        verb="resolution_recorded",
        code="not_entitled",
        subject=meeting,
        community=meeting.community,
        at=timezone.now(),
        actor=cast(User, request.user),
    )
    raise PermissionDenied


def result_page(
    request: HttpRequest,
    item: AgendaItem,
    form: ResolutionForm,
    may_write: bool,
    refusal: ValidationError | None = None,
    how: str = "",
) -> HttpResponse:
    """With what stands there by now, where something was refused; `how` is what was chosen without hands."""
    is_refused = bool(form.errors or refusal)
    resolution = getattr(item, "resolution", None)
    if is_refused:
        item.refresh_from_db(fields=["status"])
        resolution = Resolution.objects.filter(item=item).first()
    has_changed = form.has_error("__all__", "changed_meanwhile")
    return page(
        request,
        "meeting/result.html",
        str(item),
        status=422 if is_refused else 200,
        meeting=item.meeting,
        item=item,
        form=form if may_write and item.kind == AgendaItem.Kind.DECISION else None,
        resolution=resolution,
        may_write=may_write,
        annulled=AnnulledResolution.objects.filter(item=item),
        revision=resolution.revision if resolution else 0,
        has_changed=has_changed or (refusal is not None and refusal.code == "changed_meanwhile"),
        refusal=refusal,
        chosen=WITHOUT_HANDS[how][1] if refusal else "",
        roll=roll_of(item.meeting, timezone.now()),
        back=reverse("admin:council_meeting_change", args=[item.meeting_id]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def annul(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """meeting/<pk>/result/<item>/annul/: takes back a count that was put down by mistake."""
    rows = Meeting.objects.select_related("body", "community")
    meeting = row_of(request, rows, pk, ANNUL.permission)
    resolutions = Resolution.objects.select_related("item__meeting")
    resolution = get_object_or_404(resolutions, item=item, item__meeting=meeting)
    return ask_or_perform(
        request, ANNUL, resolution, reverse("admin:council_meeting_result", args=[pk, item])
    )


def settle(request: HttpRequest, item: AgendaItem, how: str) -> ValidationError | None:
    act, _label = WITHOUT_HANDS[how]
    try:
        act(item=item, at=timezone.now(), by=request.user, seen_result=seen_result(request))
    except ValidationError as refusal:
        return refusal
    messages.success(request, f"{item}: {item.get_status_display()}")
    return None


def seen_result(request: HttpRequest) -> str:
    """The status of the item that the form showed; one that does not say so has seen none."""
    return request.POST.get("seen_result", "")
