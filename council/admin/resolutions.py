"""The result of one agenda item: noted, put off, or decided by a count of hands."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from circle.backoffice.confirmation import show_refusal
from circle.backoffice.row_actions import ask_or_perform, record_refusals
from council import actions
from council.admin.pages import answered, page, posted, readable_row, row_of, seen_revision
from council.backoffice.minutes import ANNUL, ResolutionForm
from council.backoffice.roll import datetime_on_meeting_day
from council.models import AgendaItem, AnnulledResolution, Meeting, Resolution, roll_of

READS, WRITES = "council.view_meeting", "council.change_meeting"
WITHOUT_HANDS = {"note": actions.note_item, "defer": actions.defer_item}


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """meeting/<pk>/result/<item>/: the hands for a decision; any item may be noted or put off."""
    rows = Meeting.objects.select_related("body", "place", "community", "rule")
    meeting, may_write = readable_row(request, rows, pk, reads=READS, writes=WRITES)
    found = get_object_or_404(AgendaItem.objects.select_related("resolution"), pk=item, meeting=meeting)
    back = reverse("admin:council_meeting_change", args=[pk])
    if request.POST.get("without") in WITHOUT_HANDS:
        return settle(request, found, request.POST["without"], back)
    resolution = getattr(found, "resolution", None)
    form = ResolutionForm(posted(request), meeting=meeting, resolution=resolution)

    def put_down(said: dict[str, Any]) -> None:
        time = datetime_on_meeting_day(meeting, said.pop("time"))
        actions.record_resolution(
            item=found, at=timezone.now(), by=request.user, voted_at=time, seen=seen_revision(request), **said
        )

    done = answered(request, form, put_down, gettext("The resolution is put down."), back)
    if form.has_error("__all__", "not_entitled"):
        record_refusals(request, meeting, "resolution_recorded", form)
    if form.errors:  # what stands there by now
        resolution = Resolution.objects.filter(item=found).first()
    return done or page(
        request,
        "meeting/result.html",
        str(found),
        status=422 if form.errors else 200,
        meeting=meeting,
        item=found,
        form=form if may_write and found.kind == AgendaItem.Kind.DECISION else None,
        resolution=resolution,
        may_write=may_write,
        annulled=AnnulledResolution.objects.filter(item=found),
        revision=resolution.revision if resolution else 0,
        has_changed=form.has_error("__all__", "changed_meanwhile"),
        roll=roll_of(meeting, timezone.now()),
        back=back,
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


def settle(request: HttpRequest, item: AgendaItem, how: str, back: str) -> HttpResponse:
    try:
        WITHOUT_HANDS[how](item=item, at=timezone.now(), by=request.user)
    except ValidationError as refusal:
        show_refusal(request, refusal)
    else:
        messages.success(request, f"{item}: {item.get_status_display()}")
    return redirect(back)
